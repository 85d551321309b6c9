// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;

/**
 * y = f(x; parameters), and its derivatives. A layer holds its parameters and nothing of a batch, so
 * that many threads may run {@link #forward} at once; inputs and outputs belong to the {@link
 * Network}.
 *
 * <p>Tensors of a batch carry the batch size in front: x (n, input...), y (n, output...). No method
 * allocates.
 */
public interface Layer {
  /** As it was written, such as {@code linear(128)}. */
  String describe();

  /** The shape of one example's output. */
  Shape outputShape();

  /** What it learns, in the order of digests and files: weight, then bias. */
  List<Parameter> parameters();

  /**
   * Whether y is x under another shape: then a network lets both share one array and calls neither
   * {@link #forward} nor {@link #inputGradient}.
   */
  default boolean reshapes() {
    return false;
  }

  /** Multiply-adds that {@link #forward} takes for one example; 0 where it multiplies no matrices. */
  default long multiplyAdds() {
    return 0;
  }

  /** y = f(x). */
  void forward(Engine engine, Tensor x, Tensor y);

  /** dx = (df / dx)' dy, where y = f(x). */
  void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx);

  /** Parameter gradients = (df / d parameters)' dy, assigned or added. */
  void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into);
}
