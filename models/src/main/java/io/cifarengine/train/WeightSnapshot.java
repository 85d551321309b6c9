// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import java.util.List;

/** A copy of all weights of one network, to come back to. */
final class WeightSnapshot {
  private final List<Parameter> parameters;
  private final List<float[]> copies;

  WeightSnapshot(Network network) {
    parameters = network.parameters();
    copies = parameters.stream().map(p -> p.value().data().clone()).toList();
  }

  /** Remembers the weights as they are now. */
  void take() {
    for (int i = 0; i < copies.size(); i++) {
      float[] now = parameters.get(i).value().data();
      System.arraycopy(now, 0, copies.get(i), 0, now.length);
    }
  }

  /** Puts the remembered weights back. */
  void restore() {
    for (int i = 0; i < copies.size(); i++) {
      float[] now = parameters.get(i).value().data();
      System.arraycopy(copies.get(i), 0, now, 0, now.length);
    }
  }
}
