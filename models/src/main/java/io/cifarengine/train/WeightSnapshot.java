// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A copy of all weights of one network, to come back to. */
final class WeightSnapshot {
  private final List<Parameter> parameters;
  private final List<Tensor> copies;

  WeightSnapshot(Network network) {
    parameters = network.parameters();
    copies = parameters.stream().map(p -> Tensor.zeros(p.value().shape())).toList();
    take();
  }

  /** Remembers the weights as they are now. */
  void take() {
    for (int i = 0; i < copies.size(); i++) {
      copy(parameters.get(i).value(), copies.get(i));
    }
  }

  /** Puts the remembered weights back. */
  void restore() {
    for (int i = 0; i < copies.size(); i++) {
      copy(copies.get(i), parameters.get(i).value());
    }
  }

  /** What is remembered, by the names of the parameters: the tensors themselves. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < copies.size(); i++) {
      named.put(parameters.get(i).name(), copies.get(i));
    }
    return named;
  }

  private static void copy(Tensor from, Tensor to) {
    System.arraycopy(from.data(), 0, to.data(), 0, from.size());
  }
}
