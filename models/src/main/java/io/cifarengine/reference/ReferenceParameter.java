// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.nn.Parameter;
import io.cifarengine.tensor.Shape;

/**
 * A parameter as a matrix of doubles, row-major, and d loss / d value beside it. The last dimension of
 * the shape counts the columns, so a bias is one row.
 */
public final class ReferenceParameter {
  private final String name;
  private final int columns;
  private final double[] value;
  private final double[] gradient;

  private ReferenceParameter(String name, int columns, double[] value) {
    this.name = name;
    this.columns = columns;
    this.value = value;
    gradient = new double[value.length];
  }

  /** value = the float value, exactly: a copy that later training does not touch. */
  public static ReferenceParameter copyOf(Parameter parameter) {
    Shape shape = parameter.value().shape();
    return new ReferenceParameter(
        parameter.name(), shape.dim(shape.rank() - 1), Doubles.of(parameter.value()));
  }

  /** The name that the network gave it, such as {@code 1.weight}. */
  public String name() {
    return name;
  }

  /** How many rows there are. */
  public int rows() {
    return columns == 0 ? 0 : value.length / columns;
  }

  /** How many columns there are. */
  public int columns() {
    return columns;
  }

  /** The elements themselves, row-major: whoever changes them changes the layer. */
  public double[] value() {
    return value;
  }

  /** d loss / d value, row-major; {@code backward} assigns it. */
  public double[] gradient() {
    return gradient;
  }

  /**
   * i = row columns + column.
   *
   * @throws IndexOutOfBoundsException where there is no such element
   */
  public int index(int row, int column) {
    if (row < 0 || row >= rows() || column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException(
          name
              + ": no element ("
              + row
              + ", "
              + column
              + ") in a matrix of "
              + rows()
              + " rows and "
              + columns
              + " columns");
    }
    return row * columns + column;
  }
}
