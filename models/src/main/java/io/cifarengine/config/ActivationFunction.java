// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;

/** The hidden layers' activation. */
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
    return Words.of(this);
  }
}
