// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.tensor;

/**
 * A {@code float[]} and its {@link Shape}: row-major, no views, no strides.
 *
 * <p>{@link #data()} is the array itself, not a copy. A tensor has no lock: who shares one between
 * threads orders the accesses.
 */
public final class Tensor {
  private final float[] data;
  private final Shape shape;

  private Tensor(float[] data, Shape shape) {
    this.data = data;
    this.shape = shape;
  }

  /** All zeros. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(new float[shape.size()], shape);
  }

  /** All zeros, with these dimensions. */
  public static Tensor zeros(int... dims) {
    return zeros(Shape.of(dims));
  }

  /**
   * This very array seen under a shape.
   *
   * @throws ShapeException where the array's length is not the shape's size
   */
  public static Tensor wrap(float[] data, Shape shape) {
    if (data.length != shape.size()) {
      throw new ShapeException(
          "wrap: shape "
              + shape
              + " has "
              + shape.size()
              + " elements, the array has "
              + data.length);
    }
    return new Tensor(data, shape);
  }

  /** This very array seen under these dimensions. */
  public static Tensor wrap(float[] data, int... dims) {
    return wrap(data, Shape.of(dims));
  }

  /** The dimensions. */
  public Shape shape() {
    return shape;
  }

  /** The elements themselves, row-major. */
  public float[] data() {
    return data;
  }

  /** The number of elements. */
  public int size() {
    return data.length;
  }

  /** The same elements under another shape of the same size; the array is shared. */
  public Tensor reshape(Shape other) {
    if (other.size() != data.length) {
      throw new ShapeException(
          "reshape: "
              + shape
              + " has "
              + data.length
              + " elements, "
              + other
              + " has "
              + other.size());
    }
    return new Tensor(data, other);
  }

  /** An independent copy. */
  public Tensor copy() {
    return new Tensor(data.clone(), shape);
  }

  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
