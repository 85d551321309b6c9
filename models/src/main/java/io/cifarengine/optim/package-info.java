// SPDX-License-Identifier: Apache-2.0

/** How gradients change weights. */
package io.cifarengine.optim;
