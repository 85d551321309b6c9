// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A network in numbers: what each layer gives, learns, computes and keeps.
 *
 * @param input the shape of one example
 * @param rows one for each layer, first to last
 */
public record NetworkSummary(Shape input, List<Row> rows) {
  /**
   * One layer.
   *
   * @param index where it stands, from 0
   * @param layer as it was written, such as {@code linear(128)}
   * @param output the shape of one example's output
   * @param parameters how many numbers it learns
   * @param multiplyAdds what forward takes for one example
   * @param keptOutputs floats an example that its outputs take; none where they share the input's; of a
   *     convolution that is pooled at once, the winners of the windows only
   * @param keptGradients floats an example that d loss / d input takes in training; none where it shares
   *     d loss / d output, where no layer below learns, so that it is not computed, or of a pooling whose
   *     convolution is computed with it
   */
  public record Row(
      int index,
      String layer,
      Shape output,
      long parameters,
      long multiplyAdds,
      long keptOutputs,
      long keptGradients) {}

  /**
   * Bytes that training takes with batches of one size; a last, shorter batch has buffers of its own
   * besides.
   *
   * @param parameters the weights and biases
   * @param gradients d loss / d parameters
   * @param velocity what SGD keeps for momentum: one number a parameter
   * @param batch the examples
   * @param outputs of all layers
   * @param inputGradients d loss / d input of the layers
   * @param lossGradient d loss / d output of the network
   */
  public record TrainingBytes(
      long parameters,
      long gradients,
      long velocity,
      long batch,
      long outputs,
      long inputGradients,
      long lossGradient) {
    /** All of them. */
    public long total() {
      return parameters + gradients + velocity + batch + outputs + inputGradients + lossGradient;
    }
  }

  /** Copies the rows. */
  public NetworkSummary {
    rows = List.copyOf(rows);
  }

  /** The summary of a network. */
  public static NetworkSummary of(Network network) {
    List<Layer> layers = network.layers();
    int firstLearning = Activations.firstLearning(layers);
    List<Row> rows = new ArrayList<>();
    Shape input = network.inputShape();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      boolean own = !layer.reshapes();
      boolean withNext = PooledConv.joins(layers, i); // then it keeps the winners of its windows
      boolean withPrevious = i > 0 && PooledConv.joins(layers, i - 1);
      Shape kept = withNext ? layers.get(i + 1).outputShape() : layer.outputShape();
      rows.add(
          new Row(
              i,
              layer.describe(),
              layer.outputShape(),
              layer.parameters().stream().mapToLong(p -> p.value().size()).sum(),
              layer.multiplyAdds(),
              own ? kept.size() : 0,
              own && !withPrevious && i > firstLearning ? input.size() : 0));
      input = layer.outputShape();
    }
    return new NetworkSummary(network.inputShape(), rows);
  }

  /** How many numbers the network learns. */
  public long parameters() {
    return sum(Row::parameters);
  }

  /** The multiply-adds of a forward pass, for one example. */
  public long multiplyAdds() {
    return sum(Row::multiplyAdds);
  }

  /** The bytes of the parameters. */
  public long parameterBytes() {
    return parameters() * Float.BYTES;
  }

  /**
   * What training takes with batches of this size.
   *
   * @throws IllegalArgumentException where the size is not positive
   */
  public TrainingBytes training(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size: expected at least 1, found " + batchSize);
    }
    long bytes = (long) batchSize * Float.BYTES; // of one float an example
    long outputs = rows.get(rows.size() - 1).output().size();
    return new TrainingBytes(
        parameterBytes(),
        parameterBytes(),
        parameterBytes(),
        bytes * input.size(),
        bytes * sum(Row::keptOutputs),
        bytes * sum(Row::keptGradients),
        bytes * outputs);
  }

  private long sum(ToLongFunction<Row> column) {
    return rows.stream().mapToLong(column).sum();
  }
}
