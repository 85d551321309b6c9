// SPDX-License-Identifier: Apache-2.0

/** Layers as pairs of forward and backward beside their formula, networks of them, and losses. */
package io.cifarengine.nn;
