// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import java.util.Arrays;

/**
 * What every {@link ElementwiseKernel} keeps: the bits of the formula in the interface's comment,
 * at every offset and length, and not an element outside the range. A plain class, so that a JVM of
 * another vector width can run it too. exp, tanh and sigmoid have tests of their own.
 */
public final class ElementwiseKernelContract {
  private static final int[] LENGTHS = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 13, 15, 16, 17, 23, 31, 32, 33, 37, 53, 64, 67, 97, 1000
  };
  private static final int[] OFFSETS = {0, 1, 3, 16, 19};
  private static final int MARGIN = 32;

  /** f of one element. */
  @FunctionalInterface
  private interface Formula {
    float of(float x, float y);
  }

  /** The same on a range, from arrays x and y to array out. */
  @FunctionalInterface
  private interface Operation {
    void run(float[] x, float[] y, float[] out, int at, int n);
  }

  private ElementwiseKernelContract() {}

  /** Fails where the kernel breaks the contract. */
  public static void check(ElementwiseKernel kernel) {
    checkAdd(kernel);
    for (int rows : new int[] {0, 1, 2, 5, 17}) {
      checkAddRows(kernel, rows);
    }
    check("relu", (x, y) -> x <= 0 ? 0 : x, (x, y, out, at, n) -> kernel.relu(x, at, out, at, n));
    check("tanhBackward", (y, dy) -> dy * Fma.fma(-y, y, 1), kernel::tanhBackward);
    check("sigmoidBackward", (y, dy) -> dy * Fma.fma(-y, y, y), kernel::sigmoidBackward);
    check("reluBackward", (y, dy) -> y > 0 ? dy : 0, kernel::reluBackward);
    float[][] steps = {{0.1f, 0.9f, 5e-4f}, {1, 0, 0}, {0, 1, 1}, {-0f, -0.5f, 1e30f}};
    for (float[] step : steps) {
      checkMomentumStep(kernel, step[0], step[1], step[2]);
    }
    for (float rate : new float[] {1e-6f, 0.1f, 0, -0f, 1, 1e30f}) {
      check(
          "decay by " + rate,
          (w, unused) -> Fma.fma(-rate, w, w),
          (w, unused, out, at, n) -> {
            System.arraycopy(w, at, out, at, n);
            kernel.decay(out, at, n, rate);
          });
    }
    checkAddSquares(kernel);
    checkIsFinite(kernel);
  }

  /** x and y of a length: all pairs of special values first, then values of any size. */
  private static float[][] operands(int length) {
    float[][] pairs = Draw.pairsOfSpecials();
    float[][] operands = new float[2][];
    for (int side = 0; side < 2; side++) {
      float[] x = new Draw(length * 2L + side).withSpecials(length, 5);
      int specials = Math.min(length / 2, pairs[side].length);
      System.arraycopy(pairs[side], 0, x, 0, specials);
      operands[side] = x;
    }
    return operands;
  }

  private static void check(String name, Formula formula, Operation operation) {
    for (int n : LENGTHS) {
      for (int at : OFFSETS) {
        float[][] operands = operands(at + n + MARGIN);
        float[] x = operands[0];
        float[] y = operands[1];
        float[] out = new float[x.length];
        Arrays.fill(out, 77);
        float[] expected = out.clone();
        float[] expectedInX = x.clone();
        float[] expectedInY = y.clone();
        for (int i = at; i < at + n; i++) {
          float f = formula.of(x[i], y[i]);
          expected[i] = f;
          expectedInX[i] = f;
          expectedInY[i] = f;
        }
        String what = name + " on " + n + " from " + at;
        operation.run(x, y, out, at, n);
        Bits.assertSame(expected, out, what);
        float[] inX = x.clone();
        operation.run(inX, y, inX, at, n);
        Bits.assertSame(expectedInX, inX, what + ", into its first input");
        if (!name.equals("relu") && !name.startsWith("decay")) {
          float[] inY = y.clone();
          operation.run(x, inY, inY, at, n);
          Bits.assertSame(expectedInY, inY, what + ", into its second input");
        }
      }
    }
  }

  private static void checkAdd(ElementwiseKernel kernel) {
    for (int n : LENGTHS) {
      for (int at : OFFSETS) {
        int yAt = (at * 7 + n) % MARGIN;
        float[][] operands = operands(MARGIN + n + MARGIN);
        float[] expected = operands[1].clone();
        for (int i = 0; i < n; i++) {
          expected[yAt + i] = expected[yAt + i] + operands[0][at + i];
        }
        kernel.add(operands[0], at, operands[1], yAt, n);
        Bits.assertSame(expected, operands[1], "add on " + n + " from " + at + " to " + yAt);
      }
    }
  }

  private static void checkAddRows(ElementwiseKernel kernel, int rows) {
    for (int n : LENGTHS) {
      for (int gap : new int[] {0, 3}) {
        int step = n + gap;
        float[] x = operands(1 + rows * step + n)[0];
        float[] y = operands(MARGIN + n + MARGIN)[1];
        float[] expected = y.clone();
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < n; j++) {
            expected[3 + j] = expected[3 + j] + x[1 + i * step + j];
          }
        }
        float[] xBefore = x.clone();
        kernel.addRows(rows, x, 1, step, y, 3, n);
        String what = "addRows of " + rows + " rows of " + n + ", " + gap + " apart";
        Bits.assertSame(expected, y, what);
        Bits.assertSame(xBefore, x, what + ": x");
      }
    }
  }

  private static void checkMomentumStep(
      ElementwiseKernel kernel, float rate, float momentum, float decay) {
    for (int n : LENGTHS) {
      for (int at : OFFSETS) {
        float[][] operands = operands(at + n + MARGIN);
        float[] w = operands[0];
        float[] dw = operands[1];
        float[] v = new Draw(n).withSpecials(w.length, 7);
        float[] expectedV = v.clone();
        float[] expectedW = w.clone();
        for (int i = at; i < at + n; i++) {
          expectedV[i] = Fma.fma(momentum, v[i], rate * Fma.fma(decay, w[i], dw[i]));
          expectedW[i] = w[i] - expectedV[i];
        }
        float[] dwBefore = dw.clone();
        kernel.momentumStep(w, dw, v, at, n, rate, momentum, decay);
        String what = "momentumStep on " + n + " from " + at + " with rate " + rate;
        Bits.assertSame(expectedV, v, what + ": v");
        Bits.assertSame(expectedW, w, what + ": w");
        Bits.assertSame(dwBefore, dw, what + ": dw");
      }
    }
  }

  private static void checkAddSquares(ElementwiseKernel kernel) {
    for (int n : LENGTHS) {
      for (int at : OFFSETS) {
        float[] x = n % 2 == 0 ? new Draw(n).uniform(at + n + MARGIN) : operands(at + n)[0];
        float[] lanes = new Draw(at).uniform(16);
        float[] expected = lanes.clone();
        for (int i = 0; i < n; i++) {
          expected[i % 16] = Fma.fma(x[at + i], x[at + i], expected[i % 16]);
        }
        float[] before = x.clone();
        kernel.addSquares(x, at, n, lanes);
        String what = "addSquares on " + n + " from " + at;
        Bits.assertSame(expected, lanes, what);
        Bits.assertSame(before, x, what + ": x");
      }
    }
  }

  /** Every place of a range is looked at, and none outside: there only NaN stands. */
  private static void checkIsFinite(ElementwiseKernel kernel) {
    float[] finite = {0, -0f, Float.MIN_VALUE, -1, Float.MAX_VALUE, -Float.MAX_VALUE};
    float[] others = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int n : LENGTHS) {
      for (int at : OFFSETS) {
        float[] x = new float[at + n + MARGIN];
        Arrays.fill(x, Float.NaN);
        for (int i = 0; i < n; i++) {
          x[at + i] = finite[i % finite.length];
        }
        String what = "isFinite on " + n + " from " + at;
        assertTrue(kernel.isFinite(x, at, n), what);
        for (int i = at; i < at + n; i++) {
          float kept = x[i];
          x[i] = others[i % others.length];
          assertFalse(kernel.isFinite(x, at, n), what + " with " + x[i] + " at " + i);
          x[i] = kept;
        }
      }
    }
  }
}
