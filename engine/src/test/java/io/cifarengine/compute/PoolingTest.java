// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.testing.Bits;
import io.cifarengine.testing.DirectPooling;
import io.cifarengine.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolingTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  /** Of 1, 2, 3, 5 threads, on the chosen kernels and on the scalar ones. */
  private static final List<Engine> ENGINES = engines();

  private static List<Engine> engines() {
    List<Engine> engines = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3, 5}) {
      engines.add(Engine.withThreads(threads));
      engines.add(Engine.scalar(threads));
    }
    return engines;
  }

  @AfterAll
  static void close() {
    ENGINES.forEach(Engine::close);
  }

  static List<DirectPooling> cases() {
    return DirectPooling.all();
  }

  private static void check(DirectPooling sizes, float[] x, float[] dy) {
    float[] xBefore = x.clone();
    float[] dyBefore = dy.clone();
    float[] y = sizes.max(x);
    float[] dx = sizes.maxBackward(x, dy);
    for (Engine engine : ENGINES) {
      PoolingProblem problem = new PoolingProblem(sizes, x);
      String what = " on " + engine + "; " + Draw.replay();
      Bits.assertSame(y, problem.max(engine), "y" + what);
      Bits.assertSame(dx, problem.maxBackward(engine, y, dy), "dx" + what);
    }
    Bits.assertSame(xBefore, x, "x after all");
    Bits.assertSame(dyBefore, dy, "dy after all");
  }

  /** Without -0, which a disjoint window hands on and a sum does not. */
  private static float[] gradients(float[] dy) {
    for (int i = 0; i < dy.length; i++) {
      dy[i] += 0f;
    }
    return dy;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyEngineGivesTheLargestOfEachWindowAndItsGradient(DirectPooling sizes) {
    Draw draw = Draw.ofCase(sizes.hashCode());
    check(sizes, draw.uniform(sizes.xSize()), draw.uniform(sizes.ySize()));
  }

  /** Seventeen values on windows of up to 25. */
  @ParameterizedTest
  @MethodSource("cases")
  void theFirstOfEqualValuesTakesTheGradient(DirectPooling sizes) {
    Draw draw = Draw.ofCase(sizes.hashCode());
    check(sizes, draw.integers(sizes.xSize()), draw.uniform(sizes.ySize()));
    check(sizes, new float[sizes.xSize()], draw.uniform(sizes.ySize()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void specialValuesFollowTheDefinition(DirectPooling sizes) {
    Draw draw = Draw.ofCase(sizes.hashCode());
    for (int every : new int[] {1, 5, 40}) {
      float[] dy = gradients(draw.withSpecials(sizes.ySize(), 7));
      check(sizes, draw.withSpecials(sizes.xSize(), every), dy);
    }
  }

  @Test
  void aNaNAnywhereInAWindowIsItsResultAndTakesItsGradient() {
    for (int channels : new int[] {1, 16, 33}) {
      DirectPooling sizes = new DirectPooling(1, 3, 3, channels, 3, 3, 3);
      for (int tap = 0; tap < 9; tap++) {
        for (int second = tap; second < 9; second++) {
          float[] x = new Draw(1).uniform(9 * channels);
          x[0] = INF; // larger than all but NaN
          float[] dy = new Draw(2).uniform(channels);
          float[] y = sizes.max(x);
          float[] dx = sizes.maxBackward(x, dy);
          int channel = channels - 1;
          x[tap * channels + channel] = NAN;
          x[second * channels + channel] = NAN;
          y[channel] = NAN;
          for (int t = 0; t < 9; t++) {
            dx[t * channels + channel] = t == tap ? dy[channel] : 0;
          }
          for (Engine engine : ENGINES) {
            PoolingProblem problem = new PoolingProblem(sizes, x);
            String what = "NaN at " + tap + " and " + second + " on " + engine;
            Bits.assertSame(y, problem.max(engine), what);
            Bits.assertSame(dx, problem.maxBackward(engine, y, dy), what);
          }
        }
      }
    }
  }

  @Test
  void plusZeroIsTheResultButTheFirstZeroTakesTheGradient() {
    DirectPooling sizes = new DirectPooling(4, 2, 2, 1, 2, 2, 2);
    float[] x = {-0f, 0f, -1, -2, -3, -0f, -0f, 0f, -0f, -0f, -0f, -0f, 0f, -0f, -INF, -INF};
    float[] y = {0, 0, -0f, 0};
    float[] dy = {1, 2, 3, 4};
    float[] dx = {1, 0, 0, 0, 0, 2, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0};
    assertPooling(sizes, x, y, dy, dx);
  }

  @Test
  void infinitiesAreValuesLikeOthers() {
    DirectPooling sizes = new DirectPooling(3, 1, 3, 1, 1, 3, 1);
    float[] x = {-INF, -INF, -INF, 1, INF, INF, -INF, -7, -INF};
    assertPooling(
        sizes,
        x,
        new float[] {-INF, INF, -7},
        new float[] {INF, 2, -INF},
        new float[] {INF, 0, 0, 0, 2, 0, 0, -INF, 0});
  }

  /** (2^24 + 1) - 2^24 is 0 in float, and 2^24 - 2^24 + 1 is 1. */
  @Test
  void gradientsOfOverlappingWindowsAddInTheOrderOfTheWindows() {
    DirectPooling sizes = new DirectPooling(1, 3, 3, 1, 2, 2, 1);
    float[] x = {0, 0, 0, 0, 1, 0, 0, 0, 0}; // the middle is in all four windows
    float[] y = {1, 1, 1, 1};
    float big = 0x1p24f;
    assertPooling(
        sizes, x, y, new float[] {big, 1, -big, 0}, new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0});
    assertPooling(
        sizes, x, y, new float[] {big, -big, 1, 0}, new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
  }

  @Test
  void whatNoWindowCoversHasNoGradient() {
    DirectPooling border = new DirectPooling(1, 3, 3, 1, 2, 2, 2);
    float[] x = {1, 2, 9, 3, 4, 9, 9, 9, 9};
    assertPooling(
        border, x, new float[] {4}, new float[] {5}, new float[] {0, 0, 0, 0, 5, 0, 0, 0, 0});
    DirectPooling apart = new DirectPooling(1, 1, 3, 1, 1, 1, 2);
    assertPooling(
        apart,
        new float[] {1, 9, 2},
        new float[] {1, 2},
        new float[] {5, 6},
        new float[] {5, 0, 6});
  }

  private static void assertPooling(
      DirectPooling sizes, float[] x, float[] y, float[] dy, float[] dx) {
    for (Engine engine : ENGINES) {
      PoolingProblem problem = new PoolingProblem(sizes, x);
      Bits.assertSame(y, problem.max(engine), "y on " + engine);
      Bits.assertSame(dx, problem.maxBackward(engine, y, dy), "dx on " + engine);
    }
  }

  @Test
  void anImageOfABatchHasTheBitsOfTheImageAlone() {
    DirectPooling batch = new DirectPooling(50, 7, 7, 19, 3, 3, 2);
    DirectPooling one = new DirectPooling(1, 7, 7, 19, 3, 3, 2);
    float[] x = Draw.ofCase(0).uniform(batch.xSize());
    float[] dy = Draw.ofCase(1).uniform(batch.ySize());
    for (Engine engine : ENGINES) {
      PoolingProblem all = new PoolingProblem(batch, x);
      float[] y = all.max(engine);
      float[] dx = all.maxBackward(engine, y, dy);
      for (int i = 0; i < batch.n(); i++) {
        PoolingProblem alone = new PoolingProblem(one, slice(x, i, one.xSize()));
        float[] oneY = alone.max(engine);
        float[] oneDx = alone.maxBackward(engine, oneY, slice(dy, i, one.ySize()));
        Bits.assertSame(slice(y, i, one.ySize()), oneY, "y of image " + i + " on " + engine);
        Bits.assertSame(slice(dx, i, one.xSize()), oneDx, "dx of image " + i + " on " + engine);
      }
    }
  }

  private static float[] slice(float[] all, int i, int size) {
    return Arrays.copyOfRange(all, i * size, (i + 1) * size);
  }

  @Test
  void aBatchOfNoImagesIsPooledToNothing() {
    DirectPooling none = new DirectPooling(0, 4, 4, 3, 2, 2, 2);
    assertPooling(none, new float[0], new float[0], new float[0], new float[0]);
  }
}
