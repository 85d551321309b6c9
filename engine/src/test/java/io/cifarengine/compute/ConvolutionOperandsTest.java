// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The messages a caller gets who passes the wrong operands to a convolution or a pooling. */
class ConvolutionOperandsTest {
  private static final Engine ENGINE = Engine.scalar(1);

  /** x [n, 6, 5, 2], w [3, 3, 2, 4], b [4], y [n, 4, 3, 4]. */
  private static final ConvGeometry CONV = ConvGeometry.valid(Shape.of(6, 5, 2), 3, 3, 4, 1);

  /** x [n, 6, 5, 2], y [n, 3, 2, 2]. */
  private static final PoolGeometry POOL = PoolGeometry.of(Shape.of(6, 5, 2), 2, 2, 2);

  private static Tensor t(int... dims) {
    return Tensor.zeros(dims);
  }

  private static void assertShapes(String message, Executable call) {
    assertEquals(message, assertThrows(ShapeException.class, call).getMessage());
  }

  private static void assertShared(String message, Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertEquals(IllegalArgumentException.class, e.getClass());
    assertEquals(message, e.getMessage());
  }

  private static void forward(Tensor x, Tensor w, Tensor b, Tensor y) {
    Convolution.forward(ENGINE, CONV, x, w, b, y);
  }

  private static void backwardWeights(Tensor x, Tensor dy, Tensor dw, Tensor db) {
    Convolution.backwardWeights(ENGINE, CONV, x, dy, dw, db, Into.ACCUMULATE);
  }

  @Test
  void forwardNamesTheShapesThatDiffer() {
    assertShapes(
        "convolution forward: expected w [3, 3, 2, 4], found w [3, 3, 4, 2]",
        () -> forward(t(7, 6, 5, 2), t(3, 3, 4, 2), t(4), t(7, 4, 3, 4)));
    assertShapes(
        "convolution forward: expected 4 elements in b, found b [2] with 2",
        () -> forward(t(7, 6, 5, 2), t(3, 3, 2, 4), t(2), t(7, 4, 3, 4)));
    assertShapes(
        "convolution forward: expected x of examples [6, 5, 2], found x [7, 2, 6, 5]",
        () -> forward(t(7, 2, 6, 5), t(3, 3, 2, 4), t(4), t(7, 4, 3, 4)));
    assertShapes(
        "convolution forward: expected x of examples [6, 5, 2], found x [6, 5, 2]",
        () -> forward(t(6, 5, 2), t(3, 3, 2, 4), t(4), t(7, 4, 3, 4)));
    assertShapes(
        "convolution forward: expected y of examples [4, 3, 4], found y [7, 4, 3, 5]",
        () -> forward(t(7, 6, 5, 2), t(3, 3, 2, 4), t(4), t(7, 4, 3, 5)));
    assertShapes(
        "convolution forward: batches differ: x [7, 6, 5, 2] has 7, y [8, 4, 3, 4] has 8",
        () -> forward(t(7, 6, 5, 2), t(3, 3, 2, 4), t(4), t(8, 4, 3, 4)));
  }

  @Test
  void backwardDataNamesTheShapesThatDiffer() {
    assertShapes(
        "convolution backwardData: expected w [3, 3, 2, 4], found w [18, 4]",
        () -> Convolution.backwardData(ENGINE, CONV, t(7, 4, 3, 4), t(18, 4), t(7, 6, 5, 2)));
    assertShapes(
        "convolution backwardData: expected dx of examples [6, 5, 2], found dx [7, 5, 6, 2]",
        () -> Convolution.backwardData(ENGINE, CONV, t(7, 4, 3, 4), t(3, 3, 2, 4), t(7, 5, 6, 2)));
    assertShapes(
        "convolution backwardData: expected dy of examples [4, 3, 4], found dy [7, 48]",
        () -> Convolution.backwardData(ENGINE, CONV, t(7, 48), t(3, 3, 2, 4), t(7, 6, 5, 2)));
    assertShapes(
        "convolution backwardData: batches differ: dx [7, 6, 5, 2] has 7, dy [1, 4, 3, 4] has 1",
        () -> Convolution.backwardData(ENGINE, CONV, t(1, 4, 3, 4), t(3, 3, 2, 4), t(7, 6, 5, 2)));
  }

  @Test
  void backwardWeightsNamesTheShapesThatDiffer() {
    assertShapes(
        "convolution backwardWeights: expected x of examples [6, 5, 2], found x [7, 60]",
        () -> backwardWeights(t(7, 60), t(7, 4, 3, 4), t(3, 3, 2, 4), t(4)));
    assertShapes(
        "convolution backwardWeights: expected dy of examples [4, 3, 4], found dy [7, 6, 5, 2]",
        () -> backwardWeights(t(7, 6, 5, 2), t(7, 6, 5, 2), t(3, 3, 2, 4), t(4)));
    assertShapes(
        "convolution backwardWeights: batches differ: x [7, 6, 5, 2] has 7, dy [6, 4, 3, 4] has 6",
        () -> backwardWeights(t(7, 6, 5, 2), t(6, 4, 3, 4), t(3, 3, 2, 4), t(4)));
    assertShapes(
        "convolution backwardWeights: expected dw [3, 3, 2, 4], found dw [3, 3, 2, 5]",
        () -> backwardWeights(t(7, 6, 5, 2), t(7, 4, 3, 4), t(3, 3, 2, 5), t(4)));
    assertShapes(
        "convolution backwardWeights: expected 4 elements in db, found db [5] with 5",
        () -> backwardWeights(t(7, 6, 5, 2), t(7, 4, 3, 4), t(3, 3, 2, 4), t(5)));
  }

  /** Sizes that agree whatever is shared: x, y and w of 9 elements, or one place of one filter. */
  @Test
  void aResultOfAConvolutionInTheArrayOfAnInputIsRefused() {
    ConvGeometry nine = ConvGeometry.same(Shape.of(3, 3, 1), 3, 3, 1, 1);
    Shape batch = Shape.of(1, 3, 3, 1);
    Shape weight = Shape.of(3, 3, 1, 1);
    Tensor shared = t(1, 3, 3, 1);
    Tensor asWeight = shared.reshape(weight);
    Tensor x = Tensor.zeros(batch);
    Tensor w = Tensor.zeros(weight);
    String y = "convolution forward: y must not share its array with an input";
    assertShared(y, () -> Convolution.forward(ENGINE, nine, shared, w, t(1), shared));
    assertShared(y, () -> Convolution.forward(ENGINE, nine, x, asWeight, t(1), shared));
    String dx = "convolution backwardData: dx must not share its array with an input";
    assertShared(dx, () -> Convolution.backwardData(ENGINE, nine, shared, w, shared));
    assertShared(dx, () -> Convolution.backwardData(ENGINE, nine, x, asWeight, shared));
    String dw = "convolution backwardWeights: dw must not share its array with an input";
    Into into = Into.OVERWRITE;
    assertShared(
        dw, () -> Convolution.backwardWeights(ENGINE, nine, shared, x, asWeight, t(1), into));
    assertShared(
        dw, () -> Convolution.backwardWeights(ENGINE, nine, x, shared, asWeight, t(1), into));

    ConvGeometry one = ConvGeometry.valid(Shape.of(1, 1, 1), 1, 1, 1, 1);
    Tensor number = t(1, 1, 1, 1);
    Tensor other = t(1, 1, 1, 1);
    assertShared(y, () -> Convolution.forward(ENGINE, one, other, t(1, 1, 1, 1), number, number));
    String db = "convolution backwardWeights: db must not share its array with an input";
    Tensor third = t(1, 1, 1, 1);
    assertShared(
        db, () -> Convolution.backwardWeights(ENGINE, one, number, other, third, number, into));
    assertShared(
        db, () -> Convolution.backwardWeights(ENGINE, one, other, number, third, number, into));
    assertShared(
        db, () -> Convolution.backwardWeights(ENGINE, one, other, third, number, number, into));
  }

  @Test
  void poolingNamesTheShapesThatDiffer() {
    assertShapes(
        "max pooling forward: expected x of examples [6, 5, 2], found x [7, 6, 6, 2]",
        () -> Pooling.maxForward(ENGINE, POOL, t(7, 6, 6, 2), t(7, 3, 2, 2)));
    assertShapes(
        "max pooling forward: expected y of examples [3, 2, 2], found y [7, 3, 3, 2]",
        () -> Pooling.maxForward(ENGINE, POOL, t(7, 6, 5, 2), t(7, 3, 3, 2)));
    assertShapes(
        "max pooling forward: batches differ: x [7, 6, 5, 2] has 7, y [8, 3, 2, 2] has 8",
        () -> Pooling.maxForward(ENGINE, POOL, t(7, 6, 5, 2), t(8, 3, 2, 2)));
    assertShapes(
        "max pooling backward: expected x of examples [6, 5, 2], found x [60]",
        () -> maxBackward(t(60), t(7, 3, 2, 2), t(7, 3, 2, 2), t(7, 6, 5, 2)));
    assertShapes(
        "max pooling backward: expected dy of examples [3, 2, 2], found dy [7, 12]",
        () -> maxBackward(t(7, 6, 5, 2), t(7, 3, 2, 2), t(7, 12), t(7, 6, 5, 2)));
    assertShapes(
        "max pooling backward: batches differ: x [7, 6, 5, 2] has 7, dy [6, 3, 2, 2] has 6",
        () -> maxBackward(t(7, 6, 5, 2), t(7, 3, 2, 2), t(6, 3, 2, 2), t(7, 6, 5, 2)));
    assertShapes(
        "max pooling backward: shapes differ: y [7, 12], dy [7, 3, 2, 2]",
        () -> maxBackward(t(7, 6, 5, 2), t(7, 12), t(7, 3, 2, 2), t(7, 6, 5, 2)));
    assertShapes(
        "max pooling backward: shapes differ: dx [7, 60], x [7, 6, 5, 2]",
        () -> maxBackward(t(7, 6, 5, 2), t(7, 3, 2, 2), t(7, 3, 2, 2), t(7, 60)));
  }

  private static void maxBackward(Tensor x, Tensor y, Tensor dy, Tensor dx) {
    Pooling.maxBackward(ENGINE, POOL, x, y, dy, dx);
  }

  @Test
  void aResultOfAPoolingInTheArrayOfAnInputIsRefused() {
    PoolGeometry copy = PoolGeometry.of(Shape.of(2, 2, 1), 1, 1, 1);
    Tensor shared = t(1, 2, 2, 1);
    Tensor x = t(1, 2, 2, 1);
    Tensor y = t(1, 2, 2, 1);
    assertShared(
        "max pooling forward: y must not share its array with an input",
        () -> Pooling.maxForward(ENGINE, copy, shared, shared));
    String dx = "max pooling backward: dx must not share its array with an input";
    assertShared(dx, () -> Pooling.maxBackward(ENGINE, copy, shared, x, y, shared));
    assertShared(dx, () -> Pooling.maxBackward(ENGINE, copy, x, shared, y, shared));
    assertShared(dx, () -> Pooling.maxBackward(ENGINE, copy, x, y, shared, shared));
  }
}
