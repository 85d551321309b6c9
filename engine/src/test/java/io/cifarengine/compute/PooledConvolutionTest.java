// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.ConvCase;
import io.cifarengine.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One pass gives the bits of a convolution and a pooling one after the other. */
class PooledConvolutionTest {
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

  private record Case(ConvCase sizes, PoolGeometry pooling) {
    @Override
    public String toString() {
      return sizes + ", " + pooling;
    }
  }

  /** Every convolution with the windows that cover its output. */
  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (ConvCase sizes : ConvCase.all()) {
      Shape image = sizes.geometry().outputShape();
      int height = image.dim(0);
      int width = image.dim(1);
      for (int side : new int[] {1, 2, 3}) {
        if (height % side == 0 && width % side == 0) {
          cases.add(new Case(sizes, PoolGeometry.of(image, side, side, side)));
        }
      }
      cases.add(new Case(sizes, PoolGeometry.of(image, height, width, Math.max(height, width))));
    }
    return cases;
  }

  private static Tensor tensor(Shape shape, float[] data) {
    Tensor tensor = nan(shape);
    System.arraycopy(data, 0, tensor.data(), 0, data.length);
    return tensor;
  }

  private static Tensor nan(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    Arrays.fill(tensor.data(), Float.NaN);
    return tensor;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bitsAreThoseOfOneAfterTheOther(Case c) {
    check(c, ConvolutionProblem.uniform(c.sizes, Draw.ofCase(c.sizes.hashCode())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void specialValuesToo(Case c) {
    check(c, ConvolutionProblem.withSpecials(c.sizes, Draw.ofCase(c.sizes.hashCode()), 3));
  }

  private static void check(Case c, ConvolutionProblem p) {
    ConvGeometry convolution = p.geometry;
    PoolGeometry pooling = c.pooling;
    assertTrue(PooledConvolution.fits(convolution, pooling));
    int n = c.sizes.n();
    Shape pooled = pooling.outputShape().withBatch(n);
    Tensor x = tensor(convolution.imageShape().withBatch(n), p.x);
    Tensor w = tensor(convolution.weightShape(), p.w);
    Tensor b = tensor(Shape.of(convolution.filters()), p.b);
    Tensor dy = tensor(pooled, Arrays.copyOf(p.dy, pooled.size()));

    Engine plain = ENGINES.get(1);
    Tensor between = nan(convolution.outputShape().withBatch(n));
    Tensor y = nan(pooled);
    Tensor dBetween = nan(between.shape());
    Convolution.forward(plain, convolution, x, w, b, between);
    Pooling.maxForward(plain, pooling, between, y);
    Pooling.maxBackward(plain, pooling, between, y, dy, dBetween);
    Tensor dx = nan(x.shape());
    Convolution.backwardData(plain, convolution, dBetween, w, dx);
    for (Into into : Into.values()) {
      Tensor dw = tensor(w.shape(), p.w);
      Tensor db = tensor(b.shape(), p.b);
      Convolution.backwardWeights(plain, convolution, x, dBetween, dw, db, into);
      for (Engine engine : ENGINES) {
        String what = " on " + engine + "; " + Draw.replay();
        Tensor ourY = nan(pooled);
        Tensor winners = nan(pooled);
        PooledConvolution.forward(engine, convolution, pooling, x, w, b, ourY, winners);
        Bits.assertSame(y.data(), ourY.data(), "y" + what);
        Tensor ourDw = tensor(w.shape(), p.w);
        Tensor ourDb = tensor(b.shape(), p.b);
        PooledConvolution.backwardWeights(
            engine, convolution, pooling, x, dy, winners, ourDw, ourDb, into);
        Bits.assertSame(dw.data(), ourDw.data(), "dW" + what);
        Bits.assertSame(db.data(), ourDb.data(), "db" + what);
        Tensor ourDx = nan(x.shape());
        PooledConvolution.backwardData(engine, convolution, pooling, dy, winners, w, ourDx);
        Bits.assertSame(dx.data(), ourDx.data(), "dX" + what);
      }
    }
  }

  @Test
  void windowsThatLeaveAPixelOutOrShareOneDoNotFit() {
    ConvGeometry convolution = ConvGeometry.same(Shape.of(7, 6, 2), 3, 3, 4, 1);
    Shape image = convolution.outputShape();
    assertFalse(PooledConvolution.fits(convolution, PoolGeometry.of(image, 2, 2, 2)));
    assertFalse(PooledConvolution.fits(convolution, PoolGeometry.of(image, 3, 3, 2)));
    assertFalse(PooledConvolution.fits(convolution, PoolGeometry.of(image, 1, 1, 2)));
    assertFalse(PooledConvolution.fits(convolution, PoolGeometry.of(Shape.of(7, 6, 2), 1, 1, 1)));
    assertTrue(PooledConvolution.fits(convolution, PoolGeometry.of(image, 1, 1, 1)));
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    ConvGeometry convolution = ConvGeometry.same(Shape.of(7, 6, 2), 3, 3, 4, 1);
    PoolGeometry pooling = PoolGeometry.of(convolution.outputShape(), 2, 2, 2);
    Tensor x = Tensor.zeros(1, 7, 6, 2);
    Tensor w = Tensor.zeros(3, 3, 2, 4);
    Tensor b = Tensor.zeros(4);
    Tensor y = Tensor.zeros(1, 3, 3, 4);
    Engine engine = ENGINES.get(1);
    String expected =
        ": expected a pooling that covers [7, 6, 4] with windows side by side, found pooling of [7, 6, 4],"
            + " stride 2, to [3, 3, 4]";
    assertEquals(
        "pooled convolution forward" + expected,
        assertThrows(
                ShapeException.class,
                () -> PooledConvolution.forward(engine, convolution, pooling, x, w, b, y, y))
            .getMessage());
    assertEquals(
        "pooled convolution backwardWeights" + expected,
        assertThrows(
                ShapeException.class,
                () ->
                    PooledConvolution.backwardWeights(
                        engine, convolution, pooling, x, y, y, w, b, Into.OVERWRITE))
            .getMessage());
    assertEquals(
        "pooled convolution backwardData" + expected,
        assertThrows(
                ShapeException.class,
                () -> PooledConvolution.backwardData(engine, convolution, pooling, y, y, w, x))
            .getMessage());
  }

  @Test
  void operandsThatShareMemoryOrDifferInShapeAreRefused() {
    ConvGeometry convolution = ConvGeometry.same(Shape.of(4, 4, 1), 3, 3, 2, 1);
    PoolGeometry pooling = PoolGeometry.of(convolution.outputShape(), 2, 2, 2);
    Tensor x = Tensor.zeros(1, 4, 4, 1);
    Tensor w = Tensor.zeros(3, 3, 1, 2);
    Tensor b = Tensor.zeros(2);
    Tensor y = Tensor.zeros(1, 2, 2, 2);
    Engine engine = ENGINES.get(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> PooledConvolution.forward(engine, convolution, pooling, x, w, b, y, y));
    assertThrows(
        ShapeException.class,
        () ->
            PooledConvolution.forward(
                engine, convolution, pooling, x, w, b, y, Tensor.zeros(1, 2, 2, 3)));
    assertThrows(
        ShapeException.class,
        () ->
            PooledConvolution.backwardWeights(
                engine,
                convolution,
                pooling,
                x,
                y,
                Tensor.zeros(2, 2, 2, 2),
                w,
                b,
                Into.ACCUMULATE));
  }

  @Test
  void theGradientOfAnInputIsNotWrittenOverWhatItComesFrom() {
    ConvGeometry convolution = ConvGeometry.same(Shape.of(4, 4, 2), 3, 3, 2, 1);
    PoolGeometry pooling = PoolGeometry.of(convolution.outputShape(), 1, 1, 1);
    Tensor w = Tensor.zeros(3, 3, 2, 2);
    Tensor dy = Tensor.zeros(1, 4, 4, 2);
    Tensor winners = Tensor.zeros(1, 4, 4, 2);
    Engine engine = ENGINES.get(1);
    for (Tensor shared : List.of(dy, winners)) {
      assertEquals(
          "pooled convolution backwardData: dx must not share its array with an input",
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      PooledConvolution.backwardData(
                          engine, convolution, pooling, dy, winners, w, shared))
              .getMessage());
    }
  }
}
