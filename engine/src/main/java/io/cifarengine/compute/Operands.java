// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;

/** The checks of this package and their messages: the operation, both shapes, the two numbers. */
final class Operands {
  private Operands() {}

  static void requireMatrix(String operation, String name, Tensor t) {
    if (t.shape().rank() != 2) {
      throw new ShapeException(
          operation + ": expected a matrix " + name + ", found " + name + " " + t.shape());
    }
  }

  static void requireEqual(
      String operation,
      String what,
      String aName,
      Tensor a,
      int aAxis,
      String bName,
      Tensor b,
      int bAxis) {
    int aDim = a.shape().dim(aAxis);
    int bDim = b.shape().dim(bAxis);
    if (aDim != bDim) {
      throw new ShapeException(
          operation
              + ": "
              + what
              + " differ: "
              + aName
              + " "
              + a.shape()
              + " has "
              + aDim
              + ", "
              + bName
              + " "
              + b.shape()
              + " has "
              + bDim);
    }
  }

  static void requireSize(String operation, String name, Tensor t, int size) {
    if (t.size() != size) {
      throw new ShapeException(
          operation
              + ": expected "
              + size
              + " elements in "
              + name
              + ", found "
              + name
              + " "
              + t.shape()
              + " with "
              + t.size());
    }
  }

  static void requireSameShape(String operation, String aName, Tensor a, String bName, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw new ShapeException(
          operation
              + ": shapes differ: "
              + aName
              + " "
              + a.shape()
              + ", "
              + bName
              + " "
              + b.shape());
    }
  }

  static void requireDistinct(String operation, String outName, Tensor out, Tensor in) {
    if (out.data() == in.data() && out.size() > 0) {
      throw new IllegalArgumentException(
          operation + ": " + outName + " must not share its array with an input");
    }
  }

  // Overloads rather than a variable number, whose array a training step would allocate.

  static void requireDistinct(
      String operation, String outName, Tensor out, Tensor in1, Tensor in2) {
    requireDistinct(operation, outName, out, in1);
    requireDistinct(operation, outName, out, in2);
  }

  static void requireDistinct(
      String operation, String outName, Tensor out, Tensor in1, Tensor in2, Tensor in3) {
    requireDistinct(operation, outName, out, in1, in2);
    requireDistinct(operation, outName, out, in3);
  }

  /** Compares without making a shape, which a training step must not. */
  static void requireBatch(String operation, String name, Tensor batch, Shape example) {
    Shape shape = batch.shape();
    if (!shape.isBatchOf(example)) {
      throw new ShapeException(
          operation
              + ": expected "
              + name
              + " of examples "
              + example
              + ", found "
              + name
              + " "
              + shape);
    }
  }

  static void requireShape(String operation, String name, Tensor t, Shape shape) {
    if (!t.shape().equals(shape)) {
      throw new ShapeException(
          operation + ": expected " + name + " " + shape + ", found " + name + " " + t.shape());
    }
  }

  /** Checks both batches, and returns how many examples each has. */
  static int requireBatches(
      String operation,
      String inName,
      Tensor in,
      Shape input,
      String outName,
      Tensor out,
      Shape output) {
    requireBatch(operation, inName, in, input);
    requireBatch(operation, outName, out, output);
    requireEqual(operation, "batches", inName, in, 0, outName, out, 0);
    return in.shape().dim(0);
  }
}
