// SPDX-License-Identifier: Apache-2.0

/** How fast it is: the machine's limits, products, convolutions and training steps, measured. */
package io.cifarengine.speed;
