// SPDX-License-Identifier: Apache-2.0

/** The matrix product: loops, packing and block sizes, after BLIS. */
package io.cifarengine.internal.gemm;
