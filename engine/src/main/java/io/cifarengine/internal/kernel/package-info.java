// SPDX-License-Identifier: Apache-2.0

/**
 * What the machine does: no checks, no threads, no allocation. Every {@code Vector} kernel has a
 * {@code Scalar} twin that is its specification, bit for bit. The only package that may name {@code
 * jdk.incubator.vector}.
 */
package io.cifarengine.internal.kernel;
