// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The messages a caller gets who passes the wrong operands. */
class OperandsTest {
  private static final Engine ENGINE = Engine.scalar(1);

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

  @Test
  void abNamesTheNumbersThatDiffer() {
    assertShapes(
        "ab: inner dimensions differ: a [2, 3] has 3, b [4, 5] has 4",
        () -> MatMul.ab(ENGINE, t(2, 3), t(4, 5), t(2, 5)));
    assertShapes(
        "ab: rows differ: c [7, 5] has 7, a [2, 3] has 2",
        () -> MatMul.ab(ENGINE, t(2, 3), t(3, 5), t(7, 5)));
    assertShapes(
        "ab: columns differ: c [2, 6] has 6, b [3, 5] has 5",
        () -> MatMul.ab(ENGINE, t(2, 3), t(3, 5), t(2, 6), Into.ACCUMULATE));
  }

  @Test
  void everyOperandMustBeAMatrix() {
    assertShapes(
        "ab: expected a matrix a, found a [2, 3, 1]",
        () -> MatMul.ab(ENGINE, t(2, 3, 1), t(3, 5), t(2, 5)));
    assertShapes(
        "abT: expected a matrix b, found b [3]", () -> MatMul.abT(ENGINE, t(2, 3), t(3), t(2, 5)));
    assertShapes(
        "aTb: expected a matrix c, found c []", () -> MatMul.aTb(ENGINE, t(2, 3), t(2, 5), t()));
  }

  @Test
  void abPlusRowNamesTheRowToo() {
    assertShapes(
        "abPlusRow: inner dimensions differ: a [2, 3] has 3, b [4, 5] has 4",
        () -> MatMul.abPlusRow(ENGINE, t(2, 3), t(4, 5), t(5), t(2, 5)));
    assertShapes(
        "abPlusRow: expected 5 elements in row, found row [4] with 4",
        () -> MatMul.abPlusRow(ENGINE, t(2, 3), t(3, 5), t(4), t(2, 5)));
    assertDoesNotThrow(() -> MatMul.abPlusRow(ENGINE, t(2, 3), t(3, 5), t(1, 5), t(2, 5)));
  }

  @Test
  void abTNamesTheNumbersThatDiffer() {
    assertShapes(
        "abT: inner dimensions differ: a [128, 3072] has 3072, b [512, 784] has 784",
        () -> MatMul.abT(ENGINE, t(128, 3072), t(512, 784), t(128, 512)));
    assertShapes(
        "abT: rows differ: c [9, 5] has 9, a [2, 3] has 2",
        () -> MatMul.abT(ENGINE, t(2, 3), t(5, 3), t(9, 5)));
    assertShapes(
        "abT: columns of c and rows of b differ: c [2, 6] has 6, b [5, 3] has 5",
        () -> MatMul.abT(ENGINE, t(2, 3), t(5, 3), t(2, 6)));
  }

  @Test
  void aTbNamesTheNumbersThatDiffer() {
    assertShapes(
        "aTb: inner dimensions differ: a [3, 2] has 3, b [4, 5] has 4",
        () -> MatMul.aTb(ENGINE, t(3, 2), t(4, 5), t(2, 5)));
    assertShapes(
        "aTb: rows of c and columns of a differ: c [8, 5] has 8, a [3, 2] has 2",
        () -> MatMul.aTb(ENGINE, t(3, 2), t(3, 5), t(8, 5)));
    assertShapes(
        "aTb: columns differ: c [2, 6] has 6, b [3, 5] has 5",
        () -> MatMul.aTb(ENGINE, t(3, 2), t(3, 5), t(2, 6)));
  }

  @Test
  void aProductIntoAnInputIsRefused() {
    Tensor x = t(3, 3);
    Tensor view = x.reshape(Shape.of(3, 3));
    assertShared(
        "ab: c must not share its array with an input", () -> MatMul.ab(ENGINE, x, t(3, 3), view));
    assertShared(
        "abT: c must not share its array with an input",
        () -> MatMul.abT(ENGINE, t(3, 3), x, x, Into.ACCUMULATE));
    assertShared(
        "aTb: c must not share its array with an input", () -> MatMul.aTb(ENGINE, x, t(3, 3), x));
    Tensor row = t(1, 3);
    assertShared(
        "abPlusRow: c must not share its array with an input",
        () -> MatMul.abPlusRow(ENGINE, t(1, 3), t(3, 3), row, row));
    Tensor none = t(0, 0);
    assertDoesNotThrow(() -> MatMul.ab(ENGINE, none, none, none));
  }

  @Test
  void elementwiseOperandsHaveOneShape() {
    assertShapes(
        "relu: shapes differ: the output [6], the input [2, 3]",
        () -> Elementwise.relu(ENGINE, t(2, 3), t(6)));
    assertShapes(
        "exp: shapes differ: the output [3, 2], the input [2, 3]",
        () -> Elementwise.exp(ENGINE, t(2, 3), t(3, 2)));
    assertShapes(
        "tanh: shapes differ: the output [4], the input [3]",
        () -> Elementwise.tanh(ENGINE, t(3), t(4)));
    assertShapes(
        "sigmoid: shapes differ: the output [4], the input [3]",
        () -> Elementwise.sigmoid(ENGINE, t(3), t(4)));
    assertShapes(
        "reluBackward: shapes differ: the gradient [4], the input [3]",
        () -> Elementwise.reluBackward(ENGINE, t(3), t(4), t(3)));
    assertShapes(
        "tanhBackward: shapes differ: the output [4], the input [3]",
        () -> Elementwise.tanhBackward(ENGINE, t(3), t(3), t(4)));
    assertShapes(
        "sigmoidBackward: shapes differ: the gradient [4], the input [3]",
        () -> Elementwise.sigmoidBackward(ENGINE, t(3), t(4), t(3)));
    assertShapes(
        "momentumStep: shapes differ: dw [4], w [3]",
        () -> Elementwise.momentumStep(ENGINE, t(3), t(4), t(3), 1, 0, 0));
    assertShapes(
        "momentumStep: shapes differ: v [3, 1], w [3]",
        () -> Elementwise.momentumStep(ENGINE, t(3), t(3), t(3, 1), 1, 0, 0));
  }

  /** w - v after v was stored: with one array for both, a vector and its scalar tail disagree. */
  @Test
  void aVelocityInTheArrayOfTheWeightsIsRefused() {
    Tensor w = t(3);
    assertShared(
        "momentumStep: v must not share its array with an input",
        () -> Elementwise.momentumStep(ENGINE, w, t(3), w, 1, 0, 0));
  }

  @Test
  void rowsTakeMatrices() {
    assertShapes(
        "softmax: expected a matrix x, found x [3]", () -> Rows.softmax(ENGINE, t(3), t(3)));
    assertShapes(
        "softmax: shapes differ: y [3, 2], x [2, 3]", () -> Rows.softmax(ENGINE, t(2, 3), t(3, 2)));
    assertShapes(
        "columnSums: expected a matrix x, found x [2, 3, 4]",
        () -> Rows.columnSums(ENGINE, t(2, 3, 4), t(4), Into.OVERWRITE));
    assertShapes(
        "columnSums: expected 3 elements in s, found s [2] with 2",
        () -> Rows.columnSums(ENGINE, t(2, 3), t(2), Into.OVERWRITE));
    Tensor x = t(1, 3);
    assertShared(
        "columnSums: s must not share its array with an input",
        () -> Rows.columnSums(ENGINE, x, x, Into.OVERWRITE));
  }
}
