// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.GemmKernel;

/**
 * How far each loop of {@link Gemm} strides, in elements.
 *
 * @param mc rows of A packed at a time: mc x kc floats stay in L2 while all panels of B pass
 * @param kc depth of a block: a panel of B, kc x NR floats, stays in L1 while the tiles of A pass
 * @param nc columns of B packed at a time
 * @param kGroup depth of B packed at a time, a multiple of kc: kGroup x nc floats are one arena
 */
record Blocking(int mc, int kc, int nc, int kGroup) {
  /** 48 KiB of L1 on current server cores, 32 KiB before: 256 x 32 floats are 32 KiB. */
  private static final int KC = 256;

  /**
   * 240 x 256 floats are 240 KiB of 1 to 2 MiB of L2. The more rows a block has, the more tiles use a
   * panel of B for each time it comes from L3.
   */
  private static final int MC = 240;

  /** All columns of every network in this project in one pass. */
  private static final int NC = 1024;

  /** 16 x 256 x 1024 floats: 16 MiB of packed B at the most. */
  private static final int K_GROUP = 16 * KC;

  Blocking {
    if (kc % 2 != 0 || kGroup % kc != 0) {
      throw new IllegalArgumentException("kc must be even and divide kGroup");
    }
  }

  static Blocking of(GemmKernel kernel) {
    if (kernel.rows() != Packing.MR || NC % kernel.columns() != 0) {
      throw new IllegalArgumentException("packing and nc must fit the tile");
    }
    return new Blocking(MC, KC, NC, K_GROUP);
  }
}
