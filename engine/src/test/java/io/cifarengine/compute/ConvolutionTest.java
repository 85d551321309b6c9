// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.ConvolutionProblem.Results;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.ConvCase;
import io.cifarengine.testing.DirectConvolution;
import io.cifarengine.testing.Draw;
import io.cifarengine.testing.ExactSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {
  private static final int[] THREADS = {1, 2, 3, 5};

  /** Of 1, 2, 3, 5 threads: first on the chosen kernels, then on the scalar ones. */
  private static final List<Engine> ENGINES = engines();

  /** What the specification multiplies with. */
  private static final Engine PLAIN = ENGINES.get(4);

  private static final Engine CHOSEN = ENGINES.get(1);

  private static List<Engine> engines() {
    List<Engine> engines = new ArrayList<>();
    for (int threads : THREADS) {
      engines.add(Engine.withThreads(threads));
    }
    for (int threads : THREADS) {
      engines.add(Engine.scalar(threads));
    }
    return engines;
  }

  @AfterAll
  static void close() {
    ENGINES.forEach(Engine::close);
  }

  static List<ConvCase> cases() {
    return ConvCase.all();
  }

  /** Those whose elements are one chain each, or a sum of chains. */
  static List<ConvCase> chains() {
    return ConvCase.all().stream().filter(c -> !c.minimal()).toList();
  }

  /** Those with several chunks of images. */
  static List<ConvCase> batches() {
    return ConvCase.all().stream().filter(c -> c.n() > c.imagesOfChunk()).toList();
  }

  /** Of more chunks than are computed before they are added: 60 of one image, and 32 of 96 images. */
  static List<ConvCase> largeBatches() {
    return List.of(
        new ConvCase(60, 26, 26, 100, 3, 3, 100, 1, ConvCase.SAME),
        new ConvCase(31 * 96 + 5, 4, 4, 64, 3, 3, 64, 1, ConvCase.SAME));
  }

  private static String on(Engine engine) {
    return "on " + engine + "; " + Draw.replay();
  }

  /** The larger cases are shared out among the threads, the others run alone. */
  @ParameterizedTest
  @MethodSource("cases")
  void everyEngineGivesTheBitsOfTheSpecification(ConvCase c) {
    ConvolutionProblem problem = ConvolutionProblem.uniform(c, Draw.ofCase(c.hashCode()));
    Results expected = problem.specified(PLAIN);
    for (Engine engine : ENGINES) {
      expected.assertSame(problem.run(engine), on(engine));
    }
    ConvolutionProblem again = ConvolutionProblem.uniform(c, Draw.ofCase(c.hashCode()));
    Bits.assertSame(again.x, problem.x, "x after all");
    Bits.assertSame(again.w, problem.w, "W after all");
    Bits.assertSame(again.b, problem.b, "b after all");
    Bits.assertSame(again.dy, problem.dy, "dy after all");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void specialValuesSpreadAsInTheSpecification(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    for (int every : new int[] {3, 4 * c.patch()}) {
      ConvolutionProblem problem = ConvolutionProblem.withSpecials(c, draw, every);
      Results expected = problem.specified(PLAIN);
      expected.assertSame(problem.run(CHOSEN), on(CHOSEN));
      expected.assertSame(problem.run(PLAIN), on(PLAIN));
    }
  }

  @ParameterizedTest
  @MethodSource("largeBatches")
  void aLargeBatchTakesRoundsWithTheSameBits(ConvCase c) {
    ConvolutionProblem problem = ConvolutionProblem.uniform(c, Draw.ofCase(c.hashCode()));
    Results expected = new Results(c);
    problem.specifyWeights(PLAIN, expected.dw, expected.db);
    for (Engine engine : List.of(ENGINES.get(0), ENGINES.get(2), PLAIN)) {
      Results actual = new Results(c);
      problem.backwardWeights(engine, actual.dw, actual.db, Into.OVERWRITE);
      Bits.assertSame(expected.dw, actual.dw, "dW, " + on(engine));
      Bits.assertSame(expected.db, actual.db, "db, " + on(engine));
    }
  }

  /** There is one place then, as with a stride of the image's size. */
  @Test
  void aStrideFarPastTheImageGivesTheBitsOfOneAsLarge() {
    ConvCase asLarge = new ConvCase(128, 32, 32, 3, 3, 3, 300, 32, 0);
    Results expected =
        ConvolutionProblem.uniform(asLarge, Draw.ofCase(asLarge.hashCode())).run(PLAIN);
    for (int stride : new int[] {4_223_174, 999_999_999}) {
      ConvCase past = new ConvCase(128, 32, 32, 3, 3, 3, 300, stride, 0);
      ConvolutionProblem problem =
          ConvolutionProblem.uniform(past, Draw.ofCase(asLarge.hashCode()));
      for (Engine engine : ENGINES) {
        expected.assertSame(problem.run(engine), "stride " + stride + ", " + on(engine));
      }
    }
  }

  /** |result - sum| &lt;= gamma_k (sum of the absolute terms), k the roundings of its chain. */
  @ParameterizedTest
  @MethodSource("chains")
  void everyResultIsTheDefinitionWithinTheHardBound(ConvCase c) {
    ConvolutionProblem p = ConvolutionProblem.uniform(c, Draw.ofCase(c.hashCode()));
    Results r = p.run(CHOSEN);
    String what = on(CHOSEN);
    DirectConvolution.forward(c, p.x, p.w, p.b).assertNear(r.y, c.patch(), "y " + what);
    DirectConvolution.backwardData(c, p.dy, p.w).assertNear(r.dx, c.gradientPatch(), "dx " + what);
    DirectConvolution.backwardWeights(c, p.x, p.dy)
        .assertNear(r.dw, c.weightRoundings(), "dW " + what);
    DirectConvolution.backwardBias(c, p.dy).assertNear(r.db, c.weightRoundings(), "db " + what);
  }

  /** Integers in [-8, 8]: every sum of fewer than 2^18 products is exact, in any order. */
  @ParameterizedTest
  @MethodSource("chains")
  void convolutionsOfIntegersAreExact(ConvCase c) {
    assertTrue(c.n() * c.places() < 1 << 18 && c.patch() < 1 << 18 && c.gradientPatch() < 1 << 18);
    ConvolutionProblem p = ConvolutionProblem.ofIntegers(c, Draw.ofCase(c.hashCode()));
    Results r = p.run(CHOSEN);
    String what = on(CHOSEN);
    DirectConvolution.forward(c, p.x, p.w, p.b).assertEqualTo(r.y, "y " + what);
    DirectConvolution.backwardData(c, p.dy, p.w).assertEqualTo(r.dx, "dx " + what);
    DirectConvolution.backwardWeights(c, p.x, p.dy).assertEqualTo(r.dw, "dW " + what);
    DirectConvolution.backwardBias(c, p.dy).assertEqualTo(r.db, "db " + what);
    r.assertSame(p.run(PLAIN), on(PLAIN));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static void assertClose(double expected, double actual, double allowed, String what) {
    double error = Math.abs(expected - actual);
    assertTrue(error <= allowed, () -> what + ": off by " + error + ", allowed " + allowed);
  }

  /** How far double arithmetic moves a sum over all the products of a convolution, relative to its size. */
  private static double roundingsOfDouble(ConvolutionProblem p) {
    return (p.sizes.n() * (double) p.geometry.multiplyAdds() + p.dy.length) * 0x1p-53;
  }

  /**
   * y is linear in x, in W and in b, so that the derivative of {@code <r, y>} in a direction is {@code <r,
   * conv(direction)>} itself: no step, no truncation, only the roundings of the gradient.
   */
  @ParameterizedTest
  @MethodSource("chains")
  void aGradientTimesADirectionIsTheDirectionalDerivative(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    ConvolutionProblem p = ConvolutionProblem.uniform(c, draw);
    Results gradients = p.run(CHOSEN);
    float[] r = p.dy;
    float[] noBias = new float[c.filters()];
    double slack = 2 * roundingsOfDouble(p);

    float[] alongX = draw.uniform(c.xSize());
    ExactSums y = DirectConvolution.forward(c, alongX, p.w, noBias);
    double allowed = (ExactSums.gamma(c.gradientPatch()) + slack) * y.sizeOfDot(r);
    assertClose(y.dot(r), dot(gradients.dx, alongX), allowed, "along x " + on(CHOSEN));

    float[] alongW = draw.uniform(c.wSize());
    y = DirectConvolution.forward(c, p.x, alongW, noBias);
    allowed = (ExactSums.gamma(c.weightRoundings()) + slack) * y.sizeOfDot(r);
    assertClose(y.dot(r), dot(gradients.dw, alongW), allowed, "along W " + on(CHOSEN));

    float[] alongB = draw.uniform(c.filters());
    y = DirectConvolution.forward(c, p.x, new float[c.wSize()], alongB);
    allowed = (ExactSums.gamma(c.weightRoundings()) + slack) * y.sizeOfDot(r);
    assertClose(y.dot(r), dot(gradients.db, alongB), allowed, "along b " + on(CHOSEN));
  }

  /** Without a bias, {@code <dy, y> = <dx, x> = <dW, W>}: the engine against itself. */
  @ParameterizedTest
  @MethodSource("chains")
  void forwardAndItsGradientsAreAdjoint(ConvCase c) {
    ConvolutionProblem drawn = ConvolutionProblem.uniform(c, Draw.ofCase(c.hashCode()));
    float[] noBias = new float[c.filters()];
    ConvolutionProblem p = new ConvolutionProblem(c, drawn.x, drawn.w, noBias, drawn.dy);
    Results r = p.run(PLAIN);
    double size = DirectConvolution.forward(c, p.x, p.w, noBias).sizeOfDot(p.dy);
    double ofForward = ExactSums.gamma(c.patch()) + 2 * roundingsOfDouble(p);
    double product = dot(p.dy, r.y);
    assertClose(
        product,
        dot(r.dx, p.x),
        (ofForward + ExactSums.gamma(c.gradientPatch())) * size,
        "<dx, x> " + on(PLAIN));
    assertClose(
        product,
        dot(r.dw, p.w),
        (ofForward + ExactSums.gamma(c.weightRoundings())) * size,
        "<dW, W> " + on(PLAIN));
  }

  @ParameterizedTest
  @MethodSource("batches")
  void anImageOfABatchHasTheBitsOfTheImageAlone(ConvCase c) {
    ConvolutionProblem batch = ConvolutionProblem.uniform(c, Draw.ofCase(c.hashCode()));
    int xSize = batch.geometry.imageShape().size();
    int ySize = batch.geometry.outputShape().size();
    for (Engine engine : List.of(CHOSEN, PLAIN)) {
      Results all = batch.run(engine);
      for (int i = 0; i < c.n(); i++) {
        Results one = batch.ofImages(i, i + 1).run(engine);
        String what = "image " + i + " " + on(engine);
        Bits.assertSame(
            Arrays.copyOfRange(all.y, i * ySize, (i + 1) * ySize), one.y, "y of " + what);
        Bits.assertSame(
            Arrays.copyOfRange(all.dx, i * xSize, (i + 1) * xSize), one.dx, "dx of " + what);
      }
    }
  }

  /** dW + (chunk 0 + chunk 1 ...), since it is the sum that is transformed. */
  @ParameterizedTest
  @MethodSource("io.cifarengine.testing.ConvCase#minimalCases")
  void minimalFilteringAddsTheGradientOfAllImages(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    ConvolutionProblem p = ConvolutionProblem.uniform(c, draw);
    float[] dw = draw.uniform(c.wSize());
    float[] db = draw.uniform(c.filters());
    float[] expectedDw = dw.clone();
    float[] expectedDb = db.clone();
    Results all = p.specified(PLAIN);
    add(all.dw, expectedDw);
    add(all.db, expectedDb);
    for (Engine engine : ENGINES) {
      float[] actualDw = dw.clone();
      float[] actualDb = db.clone();
      p.backwardWeights(engine, actualDw, actualDb, Into.ACCUMULATE);
      Bits.assertSame(expectedDw, actualDw, "dW " + on(engine));
      Bits.assertSame(expectedDb, actualDb, "db " + on(engine));
    }
  }

  /** dW + chunk 0 + chunk 1 ..., each chunk a chain of its own. */
  @ParameterizedTest
  @MethodSource("chains")
  void accumulatedGradientsAddOneChunkOfImagesAfterAnother(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    ConvolutionProblem p = ConvolutionProblem.uniform(c, draw);
    float[] dw = draw.uniform(c.wSize());
    float[] db = draw.uniform(c.filters());
    float[] expectedDw = dw.clone();
    float[] expectedDb = db.clone();
    for (int from = 0; from < c.n(); from += c.imagesOfChunk()) {
      Results chunk = p.ofImages(from, Math.min(c.n(), from + c.imagesOfChunk())).specified(PLAIN);
      add(chunk.dw, expectedDw);
      add(chunk.db, expectedDb);
    }
    for (Engine engine : ENGINES) {
      float[] actualDw = dw.clone();
      float[] actualDb = db.clone();
      p.backwardWeights(engine, actualDw, actualDb, Into.ACCUMULATE);
      Bits.assertSame(expectedDw, actualDw, "dW " + on(engine));
      Bits.assertSame(expectedDb, actualDb, "db " + on(engine));
    }
  }

  private static void add(float[] x, float[] sum) {
    for (int i = 0; i < x.length; i++) {
      sum[i] += x[i];
    }
  }

  @Test
  void aConvolutionAfterALargerOneOfNaNSeesNothingOfIt() {
    for (int channels : new int[] {70, 96}) {
      seesNothingOf(new ConvCase(9, 12, 12, channels, 3, 3, channels, 1, 1));
    }
  }

  private static void seesNothingOf(ConvCase large) {
    float[] x = new float[large.xSize()];
    float[] w = new float[large.wSize()];
    float[] b = new float[large.filters()];
    float[] dy = new float[large.ySize()];
    for (float[] operand : List.of(x, w, b, dy)) {
      Arrays.fill(operand, Float.NaN);
    }
    for (Engine engine : List.of(CHOSEN, PLAIN)) {
      new ConvolutionProblem(large, x, w, b, dy).run(engine);
      List<ConvCase> later = new ArrayList<>(cases().subList(0, 20));
      later.addAll(ConvCase.minimalCases());
      for (ConvCase c : later) {
        ConvolutionProblem problem = ConvolutionProblem.uniform(c, Draw.ofCase(c.hashCode()));
        problem.specified(PLAIN).assertSame(problem.run(engine), c + " " + on(engine));
      }
    }
  }

  @Test
  void aPixelThatNoKernelSeesHasNoGradient() {
    ConvCase c = new ConvCase(2, 5, 5, 1, 1, 1, 1, 2, 0);
    ConvolutionProblem p = ConvolutionProblem.uniform(c, new Draw(1));
    for (Engine engine : ENGINES) {
      float[] dx = p.run(engine).dx;
      for (int i = 0; i < dx.length; i++) {
        if (i % 25 / 5 % 2 == 1 || i % 5 % 2 == 1) {
          assertEquals(0, Float.floatToRawIntBits(dx[i]), "pixel " + i + " on " + engine);
        }
      }
    }
  }

  @Test
  void threadsThatShareAnEngineGetTheirOwnResults() throws InterruptedException {
    List<ConvCase> cases = cases().subList(cases().size() - 4, cases().size());
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (ConvCase c : cases) {
      ConvolutionProblem problem = ConvolutionProblem.uniform(c, Draw.ofCase(c.hashCode()));
      Results expected = problem.specified(PLAIN);
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 3; i++) {
                  expected.assertSame(problem.run(CHOSEN), c + " " + on(CHOSEN));
                }
              });
      thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
  }

  /** Where one image is a chunk there is none to assign, and other images were in the scratch. */
  @Test
  void theGradientsOfNoImagesAreZero() {
    for (ConvCase none :
        List.of(
            new ConvCase(0, 8, 8, 3, 3, 3, 5, 1, ConvCase.SAME),
            new ConvCase(0, 32, 32, 3, 3, 3, 5, 1, ConvCase.SAME),
            new ConvCase(0, 8, 8, 32, 3, 3, 32, 1, ConvCase.SAME))) {
      for (Engine engine : ENGINES) {
        ConvolutionProblem.uniform(none.ofImages(3), new Draw(2)).run(engine);
        Results results = ConvolutionProblem.uniform(none, new Draw(1)).run(engine);
        Bits.assertSame(new float[none.wSize()], results.dw, "dW of " + none);
        Bits.assertSame(new float[none.filters()], results.db, "db of " + none);
      }
    }
  }
}
