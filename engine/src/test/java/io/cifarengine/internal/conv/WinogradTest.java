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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification of minimal filtering against the definition of a convolution. */
class WinogradTest {
  /** Roundings of both transforms of an operand: two sums of two or three, one of them scaled, which is exact. */
  private static final int TRANSFORMS = 4;

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

  /** Integers in [-8, 8] become quarters of at most 2^8: sums of fewer than 2^10 products are exact. */
  @ParameterizedTest
  @MethodSource("cases")
  void productsOfIntegersAreTheConvolutionItself(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    float[] x = draw.integers(c.xSize());
    float[] w = draw.integers(c.wSize());
    float[] b = draw.integers(c.filters());
    float[] dy = draw.integers(c.ySize());
    Results r = run(c, x, w, b, dy);
    String what = Draw.replay();
    DirectConvolution.forward(c, x, w, b).assertEqualTo(r.y, "y, " + what);
    DirectConvolution.backwardData(c, dy, w).assertEqualTo(r.dx, "dx, " + what);
    DirectConvolution.backwardWeights(c, x, dy).assertEqualTo(r.dw, "dW, " + what);
    DirectConvolution.backwardBias(c, dy).assertEqualTo(r.db, "db, " + what);
  }

  /**
   * |result - sum| &lt;= gamma_k (the same with absolute values everywhere), k the roundings of the transforms and of a
   * chain. Of operands in [-1, 1] a transformed tile has elements of at most 4, a kernel of at most 9 / 4, and the
   * output nine of their products: 81 for each channel. Of a gradient: 4, 4, and nine quarters of a product at most.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void resultsAreTheConvolutionWithinTheHardBound(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    float[] x = draw.uniform(c.xSize());
    float[] w = draw.uniform(c.wSize());
    float[] b = draw.uniform(c.filters());
    float[] dy = draw.uniform(c.ySize());
    Results r = run(c, x, w, b, dy);
    String what = Draw.replay();
    int tiles = c.n() * c.places() / 4;
    double ofY = bound(c.channels() + 1, 81.0 * c.channels() + 1);
    double ofDx = bound(c.filters() + 1, 81.0 * c.filters());
    double ofDw = bound(tiles, 36.0 * tiles);
    double ofDb = bound(tiles, 4.0 * tiles);
    assertTrue(DirectConvolution.forward(c, x, w, b).largestError(r.y) <= ofY, "y, " + what);
    assertTrue(DirectConvolution.backwardData(c, dy, w).largestError(r.dx) <= ofDx, "dx, " + what);
    assertTrue(
        DirectConvolution.backwardWeights(c, x, dy).largestError(r.dw) <= ofDw, "dW, " + what);
    assertTrue(DirectConvolution.backwardBias(c, dy).largestError(r.db) <= ofDb, "db, " + what);
  }

  private static double bound(int terms, double size) {
    return ExactSums.gamma(terms + 3 * TRANSFORMS) * size;
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
    ConvCase c = new ConvCase(1, 4, 4, 32, 3, 3, 32, 1, ConvCase.SAME);
    assertTrue(Winograd.fits(c.window(), c.filters()));
    for (ConvCase other :
        List.of(
            new ConvCase(1, 4, 4, 16, 3, 3, 32, 1, ConvCase.SAME), // few channels
            new ConvCase(1, 4, 4, 32, 3, 3, 16, 1, ConvCase.SAME),
            new ConvCase(1, 4, 4, 144, 3, 3, 32, 1, ConvCase.SAME), // many
            new ConvCase(1, 4, 4, 32, 3, 3, 144, 1, ConvCase.SAME),
            new ConvCase(1, 4, 4, 40, 3, 3, 32, 1, ConvCase.SAME), // no whole vectors
            new ConvCase(1, 5, 4, 32, 3, 3, 32, 1, ConvCase.SAME), // no whole tiles
            new ConvCase(1, 4, 5, 32, 3, 3, 32, 1, ConvCase.SAME),
            new ConvCase(1, 4, 4, 32, 3, 3, 32, 2, ConvCase.SAME), // a stride
            new ConvCase(1, 4, 4, 32, 5, 5, 32, 1, ConvCase.SAME), // another kernel
            new ConvCase(1, 4, 4, 32, 3, 1, 32, 1, ConvCase.SAME))) {
      assertFalse(Winograd.fits(other.window(), other.filters()), other.toString());
    }
  }

  @Test
  void aChunkIsTheFewestImagesThatHave128Tiles() {
    for (ConvCase c : cases()) {
      int images = Winograd.imagesOfChunk(c.window());
      assertEquals(c.imagesOfChunk(), images, c.toString());
      int tiles = c.places() / 4;
      assertTrue(images * tiles >= 128 && (images - 1) * tiles < 128, c.toString());
    }
  }
}
