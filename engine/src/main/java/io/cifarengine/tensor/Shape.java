// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.tensor;

import java.util.Arrays;

/**
 * (d0, d1, ..., dr): the dimensions of a row-major array, the last one contiguous. Immutable; prints
 * as {@code [128, 3, 32, 32]}.
 */
public final class Shape {
  private final int[] dims;
  private final int size;

  private Shape(int[] dims, int size) {
    this.dims = dims;
    this.size = size;
  }

  /**
   * The shape with these dimensions, outermost first.
   *
   * @throws ShapeException where a dimension is negative or the product exceeds an {@code int}
   */
  public static Shape of(int... dims) {
    long size = 1;
    for (int d : dims) {
      if (d < 0) {
        throw new ShapeException("shape " + Arrays.toString(dims) + ": " + d + " is negative");
      }
      size *= d;
      if (size > Integer.MAX_VALUE) {
        throw new ShapeException(
            "shape "
                + Arrays.toString(dims)
                + ": more than "
                + Integer.MAX_VALUE
                + " elements do not fit one array");
      }
    }
    return new Shape(dims.clone(), (int) size);
  }

  /** How many dimensions there are. */
  public int rank() {
    return dims.length;
  }

  /** The length along an axis, 0 the outermost. */
  public int dim(int axis) {
    return dims[axis];
  }

  /** d0 d1 ... dr, the number of elements. */
  public int size() {
    return size;
  }

  /** (n, d0, ..., dr): this shape as one example in a batch of n. */
  public Shape withBatch(int n) {
    int[] batched = new int[dims.length + 1];
    batched[0] = n;
    System.arraycopy(dims, 0, batched, 1, dims.length);
    return of(batched);
  }

  /** Whether this is a batch, of any size, of examples of that shape. Makes no shape to compare with. */
  public boolean isBatchOf(Shape example) {
    return dims.length == example.dims.length + 1
        && Arrays.equals(dims, 1, dims.length, example.dims, 0, example.dims.length);
  }

  /** (d1, ..., dr): one example of this batch. */
  public Shape withoutBatch() {
    if (dims.length == 0) {
      throw new ShapeException("shape [] has no batch dimension to take away");
    }
    return of(Arrays.copyOfRange(dims, 1, dims.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
