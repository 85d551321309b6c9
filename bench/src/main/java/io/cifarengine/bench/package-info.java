// SPDX-License-Identifier: Apache-2.0

/**
 * JMH benchmarks of the hot kernels and of whole training steps, on the shapes of the papers' networks,
 * and the same work measured beside another library.
 */
package io.cifarengine.bench;
