// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static io.cifarengine.internal.kernel.ElementaryFunctions.BIAS;
import static io.cifarengine.internal.kernel.ElementaryFunctions.EXPONENT_AT;
import static io.cifarengine.internal.kernel.ElementaryFunctions.LN2_HIGH;
import static io.cifarengine.internal.kernel.ElementaryFunctions.LN2_LOW;
import static io.cifarengine.internal.kernel.ElementaryFunctions.LOG2_E;
import static io.cifarengine.internal.kernel.ElementaryFunctions.OVERFLOW;
import static io.cifarengine.internal.kernel.ElementaryFunctions.P0;
import static io.cifarengine.internal.kernel.ElementaryFunctions.P1;
import static io.cifarengine.internal.kernel.ElementaryFunctions.P2;
import static io.cifarengine.internal.kernel.ElementaryFunctions.P3;
import static io.cifarengine.internal.kernel.ElementaryFunctions.P4;
import static io.cifarengine.internal.kernel.ElementaryFunctions.Q0;
import static io.cifarengine.internal.kernel.ElementaryFunctions.Q1;
import static io.cifarengine.internal.kernel.ElementaryFunctions.Q2;
import static io.cifarengine.internal.kernel.ElementaryFunctions.Q3;
import static io.cifarengine.internal.kernel.ElementaryFunctions.Q4;
import static io.cifarengine.internal.kernel.ElementaryFunctions.ROUNDER;
import static io.cifarengine.internal.kernel.ElementaryFunctions.TANH_JUNCTION;
import static io.cifarengine.internal.kernel.ElementaryFunctions.TANH_ONE;
import static io.cifarengine.internal.kernel.ElementaryFunctions.UNDERFLOW;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * y = exp x, tanh x or sigmoid x over a range, some lanes at a time, with the bits of {@link
 * ElementaryFunctions}, where the formulas, their reasons and their errors are told.
 *
 * <p>Line for line the same operations: a select of the scalar form is a compare and a blend here.
 * The reduction stands in each method again, because a method that takes or returns a vector makes
 * the compiler allocate it. Elements behind the last full vector go to the scalar form.
 *
 * <p>x and y may be the same array at the same place, and may not overlap otherwise. Nothing is
 * checked here.
 */
public final class VectorElementaryFunctions {
  private static final VectorSpecies<Float> S = Species.FLOATS;

  private VectorElementaryFunctions() {}

  /** y[yAt + i] = e^x[xAt + i], i = 0 .. n - 1. */
  public static void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector log2e = FloatVector.broadcast(S, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(S, ROUNDER);
    FloatVector minusLn2High = FloatVector.broadcast(S, -LN2_HIGH);
    FloatVector minusLn2Low = FloatVector.broadcast(S, -LN2_LOW);
    FloatVector q0 = FloatVector.broadcast(S, Q0);
    FloatVector q1 = FloatVector.broadcast(S, Q1);
    FloatVector q2 = FloatVector.broadcast(S, Q2);
    FloatVector q3 = FloatVector.broadcast(S, Q3);
    FloatVector q4 = FloatVector.broadcast(S, Q4);
    int i = 0;
    for (; i <= n - S.length(); i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + i);
      FloatVector a = v.blend(-UNDERFLOW, v.compare(LT, -UNDERFLOW));
      a = a.blend(OVERFLOW, a.compare(GT, OVERFLOW));
      FloatVector t = a.fma(log2e, rounder);
      FloatVector k = t.sub(rounder);
      FloatVector high = k.fma(minusLn2High, a);
      FloatVector r = k.fma(minusLn2Low, high);
      FloatVector q = q4.fma(r, q3).fma(r, q2).fma(r, q1).fma(r, q0);
      FloatVector u = high.add(r.mul(r).fma(q, k.mul(minusLn2Low))); // e^r - 1
      IntVector e = t.reinterpretAsInts();
      IntVector half = e.lanewise(ASHR, 1);
      FloatVector first = half.add(BIAS).lanewise(LSHL, EXPONENT_AT).reinterpretAsFloats();
      FloatVector second = e.sub(half).add(BIAS).lanewise(LSHL, EXPONENT_AT).reinterpretAsFloats();
      FloatVector out = u.add(1).mul(first).mul(second);
      out.blend(Float.NaN, v.compare(NE, v)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.exp(x[xAt + i]);
    }
  }

  /** y[yAt + i] = tanh x[xAt + i], i = 0 .. n - 1. */
  public static void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector log2e = FloatVector.broadcast(S, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(S, ROUNDER);
    FloatVector minusLn2High = FloatVector.broadcast(S, -LN2_HIGH);
    FloatVector minusLn2Low = FloatVector.broadcast(S, -LN2_LOW);
    FloatVector q0 = FloatVector.broadcast(S, Q0);
    FloatVector q1 = FloatVector.broadcast(S, Q1);
    FloatVector q2 = FloatVector.broadcast(S, Q2);
    FloatVector q3 = FloatVector.broadcast(S, Q3);
    FloatVector q4 = FloatVector.broadcast(S, Q4);
    FloatVector p0 = FloatVector.broadcast(S, P0);
    FloatVector p1 = FloatVector.broadcast(S, P1);
    FloatVector p2 = FloatVector.broadcast(S, P2);
    FloatVector p3 = FloatVector.broadcast(S, P3);
    FloatVector p4 = FloatVector.broadcast(S, P4);
    FloatVector one = FloatVector.broadcast(S, 1);
    FloatVector two = FloatVector.broadcast(S, 2);
    int i = 0;
    for (; i <= n - S.length(); i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + i);
      IntVector bits = v.reinterpretAsInts();
      IntVector sign = bits.lanewise(LSHR, 31).lanewise(LSHL, 31);
      FloatVector a = bits.sub(sign).reinterpretAsFloats();

      FloatVector z = a.mul(a);
      FloatVector p = p4.fma(z, p3).fma(z, p2).fma(z, p1).fma(z, p0);
      FloatVector small = a.fma(z.mul(p), a); // x + x^3 p(x^2)

      FloatVector b = a.blend(TANH_ONE, a.compare(GT, TANH_ONE));
      b = b.add(b);
      FloatVector t = b.fma(log2e, rounder);
      FloatVector k = t.sub(rounder);
      FloatVector high = k.fma(minusLn2High, b);
      FloatVector r = k.fma(minusLn2Low, high);
      FloatVector q = q4.fma(r, q3).fma(r, q2).fma(r, q1).fma(r, q0);
      FloatVector u = high.add(r.mul(r).fma(q, k.mul(minusLn2Low))); // e^r - 1
      IntVector e = t.reinterpretAsInts();
      FloatVector power = e.add(BIAS).lanewise(LSHL, EXPONENT_AT).reinterpretAsFloats();
      FloatVector d = power.add(power.fma(u, one)); // e^2|x| + 1
      FloatVector large = one.sub(two.div(d));

      FloatVector w = large.blend(small, a.compare(LT, TANH_JUNCTION));
      FloatVector out = w.reinterpretAsInts().add(sign).reinterpretAsFloats();
      out.blend(Float.NaN, v.compare(NE, v)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.tanh(x[xAt + i]);
    }
  }

  /** y[yAt + i] = 1 / (1 + e^-x[xAt + i]), i = 0 .. n - 1. */
  public static void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector log2e = FloatVector.broadcast(S, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(S, ROUNDER);
    FloatVector minusLn2High = FloatVector.broadcast(S, -LN2_HIGH);
    FloatVector minusLn2Low = FloatVector.broadcast(S, -LN2_LOW);
    FloatVector q0 = FloatVector.broadcast(S, Q0);
    FloatVector q1 = FloatVector.broadcast(S, Q1);
    FloatVector q2 = FloatVector.broadcast(S, Q2);
    FloatVector q3 = FloatVector.broadcast(S, Q3);
    FloatVector q4 = FloatVector.broadcast(S, Q4);
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - S.length(); i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + i);
      FloatVector a = zero.sub(v);
      a = a.blend(-UNDERFLOW, a.compare(LT, -UNDERFLOW));
      a = a.blend(UNDERFLOW, a.compare(GT, UNDERFLOW));
      FloatVector t = a.fma(log2e, rounder);
      FloatVector k = t.sub(rounder);
      FloatVector high = k.fma(minusLn2High, a);
      FloatVector r = k.fma(minusLn2Low, high);
      FloatVector q = q4.fma(r, q3).fma(r, q2).fma(r, q1).fma(r, q0);
      FloatVector u = high.add(r.mul(r).fma(q, k.mul(minusLn2Low))); // e^r - 1
      IntVector e = t.reinterpretAsInts();
      IntVector half = e.lanewise(ASHR, 1);
      FloatVector up = half.add(BIAS).lanewise(LSHL, EXPONENT_AT).reinterpretAsFloats();
      FloatVector down = half.sub(e).add(BIAS).lanewise(LSHL, EXPONENT_AT).reinterpretAsFloats();
      VectorMask<Float> less = up.compare(LT, down);
      FloatVector smaller = down.blend(up, less);
      FloatVector larger = up.blend(down, less);
      FloatVector out = down.div(larger.add(up.fma(u, smaller)));
      out.blend(Float.NaN, v.compare(NE, v)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.sigmoid(x[xAt + i]);
    }
  }
}
