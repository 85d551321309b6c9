// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorElementaryFunctionsTest {
  private interface Scalar {
    float of(float x);
  }

  private interface Range {
    void of(float[] x, int xAt, float[] y, int yAt, int n);
  }

  private record Twins(String name, Scalar scalar, Range vector) {
    @Override
    public String toString() {
      return name;
    }
  }

  // Lambdas, not method references: those would load the vector class where there is no module.
  static Stream<Twins> twins() {
    return Stream.of(
        new Twins(
            "exp",
            ElementaryFunctions::exp,
            (x, xAt, y, yAt, n) -> VectorElementaryFunctions.exp(x, xAt, y, yAt, n)),
        new Twins(
            "tanh",
            ElementaryFunctions::tanh,
            (x, xAt, y, yAt, n) -> VectorElementaryFunctions.tanh(x, xAt, y, yAt, n)),
        new Twins(
            "sigmoid",
            ElementaryFunctions::sigmoid,
            (x, xAt, y, yAt, n) -> VectorElementaryFunctions.sigmoid(x, xAt, y, yAt, n)));
  }

  @BeforeEach
  void vectorsAreThere() {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "this JVM runs without --add-modules jdk.incubator.vector");
  }

  @ParameterizedTest
  @MethodSource("twins")
  void everyLaneHasTheBitsOfTheScalarTwin(Twins twins) {
    int n = 16 * 1024;
    float[] x = new float[n];
    float[] y = new float[n];
    for (long first = 0; first < 1L << 32; first += 1021L * n) {
      for (int i = 0; i < n; i++) {
        x[i] = Float.intBitsToFloat((int) (first + 1021L * i)); // NaN and all
      }
      twins.vector().of(x, 0, y, 0, n);
      for (int i = 0; i < n; i++) {
        assertBits(twins.scalar().of(x[i]), y[i], x[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void everyLengthAndOffsetWritesItsRangeAndNothingElse(Twins twins) {
    float[] x = new float[80];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 40) * 0.37f;
    }
    for (int n = 0; n <= 64; n++) {
      for (int offset = 0; offset < 3; offset++) {
        float[] y = new float[80];
        Arrays.fill(y, 1234.5f);
        twins.vector().of(x, 5 + offset, y, 7 - offset, n);
        for (int i = 0; i < y.length; i++) {
          int at = i - (7 - offset);
          float expected = at >= 0 && at < n ? twins.scalar().of(x[5 + offset + at]) : 1234.5f;
          assertBits(expected, y[i], i);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void aRangeMayBeReplacedInPlace(Twins twins) {
    float[] x = new float[67];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 33) * 0.51f;
    }
    float[] y = x.clone();
    twins.vector().of(y, 1, y, 1, 65);
    assertBits(x[0], y[0], x[0]);
    assertBits(x[66], y[66], x[66]);
    for (int i = 1; i <= 65; i++) {
      assertBits(twins.scalar().of(x[i]), y[i], x[i]);
    }
  }

  /** Interpreted at first, compiled at last: the compilers must not change a bit. */
  @ParameterizedTest
  @MethodSource("twins")
  void fiveThousandCallsGiveTheSameBits(Twins twins) {
    float[] x = new float[64];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(i * 0x04030201); // through all exponents of both signs
    }
    float[] expected = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = twins.scalar().of(x[i]);
    }
    float[] y = new float[x.length];
    for (int call = 0; call < 5_000; call++) {
      twins.vector().of(x, 0, y, 0, x.length);
      for (int i = 0; i < x.length; i++) {
        assertBits(expected[i], y[i], x[i]);
      }
    }
  }

  private static void assertBits(float expected, float found, float x) {
    if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(found)) {
      assertEquals(
          Integer.toHexString(Float.floatToRawIntBits(expected)),
          Integer.toHexString(Float.floatToRawIntBits(found)),
          "at " + Float.toHexString(x));
    }
  }
}
