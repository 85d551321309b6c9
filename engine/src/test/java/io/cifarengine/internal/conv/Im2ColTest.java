// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.internal.gemm.Gemm;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Workers;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.ConvCase;
import io.cifarengine.testing.DirectConvolution;
import io.cifarengine.testing.Draw;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification of convolutions against their definition. */
class Im2ColTest {
  private static final Workers WORKERS = new Workers(1);
  private static final Gemm GEMM = new Gemm(WORKERS, KernelSet.scalar("for the test"));

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  static List<ConvCase> cases() {
    return ConvCase.all().stream().filter(c -> !c.minimal()).toList();
  }

  private static float[] forward(ConvCase c, float[] x, float[] w, float[] b) {
    float[] y = new float[c.ySize()];
    Im2Col.product(GEMM, c.window(), c.n(), x, w, c.filters(), b, y);
    return y;
  }

  private static float[] backwardData(ConvCase c, float[] dy, float[] w) {
    float[] dx = new float[c.xSize()];
    float[] turned =
        Im2Col.turned(c.kernelHeight() * c.kernelWidth(), c.channels(), c.filters(), w);
    float[] zeros = new float[c.channels()];
    Im2Col.product(GEMM, c.gradientWindow(), c.n(), dy, turned, c.channels(), zeros, dx);
    return dx;
  }

  /** |result - sum| &lt;= gamma_k (sum of the absolute terms), k the roundings of its chain. */
  @ParameterizedTest
  @MethodSource("cases")
  void productsOfPatchesAreTheConvolutionWithinTheHardBound(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    float[] x = draw.uniform(c.xSize());
    float[] w = draw.uniform(c.wSize());
    float[] b = draw.uniform(c.filters());
    float[] dy = draw.uniform(c.ySize());
    String what = Draw.replay();
    DirectConvolution.forward(c, x, w, b).assertNear(forward(c, x, w, b), c.patch(), "y, " + what);
    DirectConvolution.backwardData(c, dy, w)
        .assertNear(backwardData(c, dy, w), c.gradientPatch(), "dx, " + what);
    float[] dw = new float[c.wSize()];
    float[] db = new float[c.filters()];
    Im2Col.weightGradient(GEMM, c.window(), c.n(), x, dy, c.filters(), dw, db);
    DirectConvolution.backwardWeights(c, x, dy).assertNear(dw, c.weightRoundings(), "dW, " + what);
    DirectConvolution.backwardBias(c, dy).assertNear(db, c.weightRoundings(), "db, " + what);
  }

  /** Integers in [-8, 8]: every sum of fewer than 2^18 products is exact, in any order. */
  @ParameterizedTest
  @MethodSource("cases")
  void productsOfIntegersAreTheConvolutionItself(ConvCase c) {
    Draw draw = Draw.ofCase(c.hashCode());
    float[] x = draw.integers(c.xSize());
    float[] w = draw.integers(c.wSize());
    float[] b = draw.integers(c.filters());
    float[] dy = draw.integers(c.ySize());
    String what = Draw.replay();
    DirectConvolution.forward(c, x, w, b).assertEqualTo(forward(c, x, w, b), "y, " + what);
    DirectConvolution.backwardData(c, dy, w).assertEqualTo(backwardData(c, dy, w), "dx, " + what);
    float[] dw = new float[c.wSize()];
    float[] db = new float[c.filters()];
    Im2Col.weightGradient(GEMM, c.window(), c.n(), x, dy, c.filters(), dw, db);
    DirectConvolution.backwardWeights(c, x, dy).assertEqualTo(dw, "dW, " + what);
    DirectConvolution.backwardBias(c, dy).assertEqualTo(db, "db, " + what);
  }

  @Test
  void aPatchIsAWindowRowByRowWithZerosAround() {
    float[] image = {1, 2, 3, 4, 5, 6}; // 3 x 2 pixels
    Window padded = new Window(3, 2, 1, 2, 2, 2, 1, 1, 0, 2, 1);
    Bits.assertSame(
        new float[] {0, 0, 1, 2, 3, 4, 5, 6}, Im2Col.patches(padded, 1, image), "padding above");
    Window twoChannels = new Window(1, 3, 2, 1, 2, 1, 1, 0, 0, 1, 2);
    Bits.assertSame(
        new float[] {1, 2, 3, 4, 3, 4, 5, 6}, Im2Col.patches(twoChannels, 1, image), "channels");
    Window spread = new Window(1, 3, 2, 1, 2, 1, 2, 0, 1, 1, 4);
    Bits.assertSame(
        new float[] {0, 0, 1, 2, 1, 2, 0, 0, 0, 0, 3, 4, 3, 4, 0, 0},
        Im2Col.patches(spread, 1, image),
        "gaps");
    Window inside = new Window(1, 3, 2, 1, 1, 1, 1, 0, -1, 1, 2);
    Bits.assertSame(
        new float[] {3, 4, 5, 6}, Im2Col.patches(inside, 1, image), "a start inside the image");
  }

  @Test
  void aKernelTurnsByHalfACircleAndSwapsChannelsAndFilters() {
    float[] w = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}; // 2 places, 2 channels, 3 filters
    float[] turned = {7, 10, 8, 11, 9, 12, 1, 4, 2, 5, 3, 6};
    Bits.assertSame(turned, Im2Col.turned(2, 2, 3, w), "turned");
    Bits.assertSame(w, Im2Col.turned(2, 3, 2, turned), "turned twice");
  }

  @Test
  void aChunkIsTheFewestImagesThatHave640Places() {
    for (ConvCase c : cases()) {
      int images = Im2Col.imagesOfChunk(c.window());
      assertEquals(c.imagesOfChunk(), images, c.toString());
      assertTrue(images * c.places() >= 640 && (images - 1) * c.places() < 640, c.toString());
    }
  }
}
