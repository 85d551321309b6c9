// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Dataset;
import io.cifarengine.data.ExampleReader;
import io.cifarengine.reference.Draws;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** A dataset of floats in memory. */
final class FloatExamples implements Dataset {
  private final Tensor examples;
  private final int[] labels;
  private final int classes;

  FloatExamples(Tensor examples, int[] labels, int classes) {
    this.examples = examples;
    this.labels = labels;
    this.classes = classes;
  }

  /** Noise with random labels: to be learned by heart or not at all. */
  static FloatExamples noise(long seed, int n, Shape shape, int classes) {
    Tensor x = Draws.normal(seed, 1, n * shape.size()).reshape(shape.withBatch(n));
    return new FloatExamples(x, Draws.labels(seed, n, classes), classes);
  }

  Tensor examples() {
    return examples;
  }

  int[] labels() {
    return labels;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public List<String> classNames() {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  @Override
  public Shape exampleShape() {
    return examples.shape().withoutBatch();
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public ExampleReader reader(Engine engine) {
    int size = exampleShape().size();
    return (index, target, at) -> System.arraycopy(examples.data(), index * size, target, at, size);
  }
}
