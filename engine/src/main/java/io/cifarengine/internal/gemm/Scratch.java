// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.GemmKernel;

/** What one participant of a product must not share: a kernel with its scratch, and a packed block of A. */
final class Scratch {
  final GemmKernel kernel;
  final Packing packing = new Packing();
  final float[] packedA;

  Scratch(GemmKernel kernel) {
    this.kernel = kernel;
    // A block of A has a panel or two more than full ones where its last rows are tiles of 8.
    packedA =
        new float
            [Arena.FIRST
                + (Blocking.MC / Packing.MR + 3) * (Packing.MR * Blocking.KC + GemmKernel.SLACK)];
  }
}
