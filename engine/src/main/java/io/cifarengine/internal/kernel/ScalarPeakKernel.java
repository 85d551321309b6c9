// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * 16 chains of single floats: one lane an instruction. A JIT compiler that makes vectors of the loops of
 * the other scalar kernels can lift those above this rate.
 */
final class ScalarPeakKernel implements PeakKernel {
  private static final int CHAINS = 16;

  @Override
  public int chains() {
    return CHAINS;
  }

  @Override
  public void run(int passes, float x, float y, float[] acc) {
    float c0 = acc[0];
    float c1 = acc[1];
    float c2 = acc[2];
    float c3 = acc[3];
    float c4 = acc[4];
    float c5 = acc[5];
    float c6 = acc[6];
    float c7 = acc[7];
    float c8 = acc[8];
    float c9 = acc[9];
    float c10 = acc[10];
    float c11 = acc[11];
    float c12 = acc[12];
    float c13 = acc[13];
    float c14 = acc[14];
    float c15 = acc[15];
    for (int p = 0; p < passes; p++) {
      c0 = Fma.fma(x, y, c0);
      c1 = Fma.fma(x, y, c1);
      c2 = Fma.fma(x, y, c2);
      c3 = Fma.fma(x, y, c3);
      c4 = Fma.fma(x, y, c4);
      c5 = Fma.fma(x, y, c5);
      c6 = Fma.fma(x, y, c6);
      c7 = Fma.fma(x, y, c7);
      c8 = Fma.fma(x, y, c8);
      c9 = Fma.fma(x, y, c9);
      c10 = Fma.fma(x, y, c10);
      c11 = Fma.fma(x, y, c11);
      c12 = Fma.fma(x, y, c12);
      c13 = Fma.fma(x, y, c13);
      c14 = Fma.fma(x, y, c14);
      c15 = Fma.fma(x, y, c15);
    }
    acc[0] = c0;
    acc[1] = c1;
    acc[2] = c2;
    acc[3] = c3;
    acc[4] = c4;
    acc[5] = c5;
    acc[6] = c6;
    acc[7] = c7;
    acc[8] = c8;
    acc[9] = c9;
    acc[10] = c10;
    acc[11] = c11;
    acc[12] = c12;
    acc[13] = c13;
    acc[14] = c14;
    acc[15] = c15;
  }
}
