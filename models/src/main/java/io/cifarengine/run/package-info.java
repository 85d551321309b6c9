// SPDX-License-Identifier: Apache-2.0

/** A run's folder, and who works in it. */
package io.cifarengine.run;
