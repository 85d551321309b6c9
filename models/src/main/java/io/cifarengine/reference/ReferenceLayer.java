// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.List;

/**
 * y = f(x; parameters) in double, and its derivatives. A batch is n examples one after another,
 * row-major; a layer holds its parameters and nothing of a batch.
 */
public interface ReferenceLayer {
  /** What it learns, in the order of the engine's layer. */
  List<ReferenceParameter> parameters();

  /** y = f(x) for n examples. */
  double[] forward(double[] x, int n);

  /**
   * dx = (df / dx)' dy, where y = f(x); assigns each parameter's gradient = (df / d parameter)' dy.
   */
  double[] backward(double[] x, double[] y, double[] dy, int n);
}
