// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.internal.gemm.Gemm;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Workers;
import io.cifarengine.testing.ConvCase;
import io.cifarengine.testing.DirectConvolution;
import io.cifarengine.testing.Draw;
import io.cifarengine.testing.ExactSums;
import io.cifarengine.testing.MinimalFiltering;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification of minimal filtering against the definition of a convolution. */
class WinogradTest {
  /**
   * Roundings of the transforms: of an image, or a gradient, two for its columns and two for its rows; of a kernel four
   * each, as it is scaled by what is rounded itself; of the result as many.
   */
  private static final int TRANSFORMS = 4 + 8 + 8;

  private static final MinimalFiltering EXACT = new MinimalFiltering(false);
  private static final MinimalFiltering SIZES = new MinimalFiltering(true);

  static List<ConvCase> cases() {
    return ConvCase.minimalCases();
  }

  private static final class Results {
    final float[] y;
    final float[] dx;
    final float[] dw;
    final float[] db;

    Results(ConvCase c) {
      y = new float[c.ySize()];
      dx = new float[c.xSize()];
      dw = new float[c.wSize()];
      db = new float[c.filters()];
    }
  }

  private static Results run(ConvCase c, float[] x, float[] w, float[] b, float[] dy) {
    Results r = new Results(c);
    float[] turned = Im2Col.turned(9, c.channels(), c.filters(), w);
    float[] zeros = new float[c.channels()];
    Winograd.product(c.window(), c.n(), x, w, c.filters(), b, r.y);
    Winograd.product(c.gradientWindow(), c.n(), dy, turned, c.channels(), zeros, r.dx);
    Winograd.weightGradient(c.window(), c.n(), x, dy, c.filters(), r.dw, r.db);
    return r;
  }

  /** So that what errors are measured against is no other than the convolution. */
  @ParameterizedTest
  @MethodSource("cases")
  void theMatricesAreThoseOfTheConvolution(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    float[] x = draw.uniform(c.xSize());
    float[] w = draw.uniform(c.wSize());
    float[] dy = draw.uniform(c.ySize());
    float[] none = new float[c.filters()];
    String what = Draw.replay();
    DirectConvolution.forward(c, x, w, none)
        .assertNear(rounded(EXACT.forward(c, x, w)), 1, SIZES.forward(c, x, w), "y, " + what);
    DirectConvolution.backwardWeights(c, x, dy)
        .assertNear(
            rounded(EXACT.backwardWeights(c, x, dy)),
            1,
            SIZES.backwardWeights(c, x, dy),
            "dW, " + what);
  }

  private static float[] rounded(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  /** |result - sum| &lt;= gamma_k (the same with absolute values everywhere), k the roundings on the longest way. */
  @ParameterizedTest
  @MethodSource("cases")
  void resultsAreTheConvolutionWithinTheHardBound(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    float[] x = draw.uniform(c.xSize());
    float[] w = draw.uniform(c.wSize());
    float[] b = new float[c.filters()];
    float[] dy = draw.uniform(c.ySize());
    Results r = run(c, x, w, b, dy);
    String what = Draw.replay();
    DirectConvolution.forward(c, x, w, b)
        .assertNear(r.y, c.channels() + TRANSFORMS, SIZES.forward(c, x, w), "y, " + what);
    DirectConvolution.backwardWeights(c, x, dy)
        .assertNear(
            r.dw, c.weightRoundings() + TRANSFORMS, SIZES.backwardWeights(c, x, dy), "dW, " + what);
    DirectConvolution.backwardBias(c, dy).assertNear(r.db, c.weightRoundings(), "db, " + what);
    if (c.top() == 1) { // dx is such a convolution too
      int fromFilters = c.filters();
      int toChannels = c.channels();
      ConvCase ofDx =
          new ConvCase(c.n(), c.height(), c.width(), fromFilters, 3, 3, toChannels, 1, 1);
      float[] turned = Im2Col.turned(9, c.channels(), c.filters(), w);
      DirectConvolution.backwardData(c, dy, w)
          .assertNear(
              r.dx, c.filters() + TRANSFORMS, SIZES.forward(ofDx, dy, turned), "dx, " + what);
    }
  }

  /** As the paper of the method found: not much worse than an ordinary sum. */
  @Test
  void theErrorIsAtMostFourTimesThatOfAChain() {
    ConvCase c = new ConvCase(5, 8, 8, 64, 3, 3, 64, 1, ConvCase.SAME);
    Draw draw = new Draw(1);
    float[] x = draw.uniform(c.xSize());
    float[] w = draw.uniform(c.wSize());
    float[] b = draw.uniform(c.filters());
    float[] dy = draw.uniform(c.ySize());
    Results r = run(c, x, w, b, dy);
    float[] y = new float[c.ySize()];
    float[] dw = new float[c.wSize()];
    float[] db = new float[c.filters()];
    try (Workers workers = new Workers(1)) {
      Gemm gemm = new Gemm(workers, KernelSet.scalar("for the test"));
      Im2Col.product(gemm, c.window(), c.n(), x, w, c.filters(), b, y);
      Im2Col.weightGradient(gemm, c.window(), c.n(), x, dy, c.filters(), dw, db);
    }
    ExactSums exactY = DirectConvolution.forward(c, x, w, b);
    assertTrue(exactY.largestError(r.y) < 4 * exactY.largestError(y), "y");
    ExactSums exactDw = DirectConvolution.backwardWeights(c, x, dy);
    assertTrue(exactDw.largestError(r.dw) < 4 * exactDw.largestError(dw), "dW");
  }

  @Test
  void theShapeAloneDecides() {
    for (ConvCase c : ConvCase.all()) {
      assertEquals(c.minimal(), Winograd.fits(c.window(), c.filters()), c.toString());
      if (c.minimal()) { // dx is computed in the same way
        assertTrue(Winograd.fits(c.gradientWindow(), c.channels()), c.toString());
      }
    }
    ConvCase c = new ConvCase(1, 8, 4, 32, 3, 3, 32, 1, ConvCase.SAME);
    assertTrue(Winograd.fits(c.window(), c.filters()));
    for (ConvCase other :
        List.of(
            new ConvCase(1, 8, 4, 16, 3, 3, 32, 1, ConvCase.SAME), // few channels
            new ConvCase(1, 8, 4, 32, 3, 3, 16, 1, ConvCase.SAME),
            new ConvCase(1, 8, 4, 144, 3, 3, 32, 1, ConvCase.SAME), // many
            new ConvCase(1, 8, 4, 32, 3, 3, 144, 1, ConvCase.SAME),
            new ConvCase(1, 8, 4, 40, 3, 3, 32, 1, ConvCase.SAME), // no whole vectors
            new ConvCase(1, 6, 4, 32, 3, 3, 32, 1, ConvCase.SAME), // no whole tiles
            new ConvCase(1, 8, 7, 32, 3, 3, 32, 1, ConvCase.SAME),
            new ConvCase(1, 6, 6, 32, 3, 3, 32, 1, 0), // of the output alone
            new ConvCase(1, 8, 8, 32, 3, 3, 32, 1, 0), // of the input alone
            new ConvCase(1, 8, 8, 32, 3, 3, 32, 2, ConvCase.SAME), // a stride
            new ConvCase(1, 8, 4, 32, 5, 5, 32, 1, ConvCase.SAME), // another kernel
            new ConvCase(1, 8, 4, 32, 3, 1, 32, 1, ConvCase.SAME))) {
      assertFalse(Winograd.fits(other.window(), other.filters()), other.toString());
    }
  }

  @Test
  void aChunkIsTheFewestImagesThatHave96Tiles() {
    for (ConvCase c : cases()) {
      int images = Winograd.imagesOfChunk(c.window());
      assertEquals(c.imagesOfChunk(), images, c.toString());
      int tiles = c.places() / 16;
      assertTrue(images * tiles >= 96 && (images - 1) * tiles < 96, c.toString());
    }
  }
}
