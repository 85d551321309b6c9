// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;
import java.util.Locale;

/** The hidden layers' activation, as settings name it. */
public enum ActivationFunction {
  /** tanh x. */
  TANH {
    @Override
    public LayerFactory layer() {
      return Layers.tanh();
    }
  },
  /** max(x, 0). */
  RELU {
    @Override
    public LayerFactory layer() {
      return Layers.relu();
    }
  },
  /** 1 / (1 + e^-x). */
  SIGMOID {
    @Override
    public LayerFactory layer() {
      return Layers.sigmoid();
    }
  };

  /** The layer to build a network with. */
  public abstract LayerFactory layer();

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
