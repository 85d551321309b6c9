// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import java.util.List;

/** Examples (x, label), numbered from 0. Immutable, so it may be shared between threads. */
public interface Dataset {
  /** How many examples there are. */
  int size();

  /** The names of the classes; a label is an index into this list. */
  List<String> classNames();

  /** The shape of one example. */
  Shape exampleShape();

  /** The class of an example. */
  int label(int index);

  /** A new reader of the examples as floats, which it computes with this engine's kernels. */
  ExampleReader reader(Engine engine);

  /** How many classes there are. */
  default int classes() {
    return classNames().size();
  }
}
