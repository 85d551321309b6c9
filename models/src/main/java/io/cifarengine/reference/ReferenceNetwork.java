// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.nn.Layer;
import io.cifarengine.nn.Network;
import io.cifarengine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** y = f_L(... f_2(f_1(x))) in double. For one thread. */
public final class ReferenceNetwork {
  private final List<ReferenceLayer> layers;

  /** The input of each layer, then the output of the last: what the last forward left. */
  private final List<double[]> values = new ArrayList<>();

  private int n;

  private ReferenceNetwork(List<ReferenceLayer> layers) {
    this.layers = List.copyOf(layers);
  }

  /** These layers in a row. */
  public static ReferenceNetwork of(ReferenceLayer... layers) {
    return new ReferenceNetwork(List.of(layers));
  }

  /**
   * The twin of a network with the weights it has now, as copies.
   *
   * @throws IllegalArgumentException where a layer has no twin here
   */
  public static ReferenceNetwork of(Network network) {
    List<ReferenceLayer> twins = new ArrayList<>();
    Shape shape = network.inputShape();
    for (Layer layer : network.layers()) {
      twins.add(ReferenceLayers.twinOf(layer, shape));
      shape = layer.outputShape();
    }
    return new ReferenceNetwork(twins);
  }

  /** All parameters, in the order of the network that this is the twin of. */
  public List<ReferenceParameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public ReferenceParameter parameter(String name) {
    List<ReferenceParameter> all = parameters();
    for (ReferenceParameter parameter : all) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    throw new IllegalArgumentException(
        "no parameter "
            + name
            + " (expected one of "
            + String.join(", ", all.stream().map(ReferenceParameter::name).toList())
            + ")");
  }

  /** y = f(x) for n examples, kept for {@link #backward}. */
  public double[] forward(double[] x, int n) {
    this.n = n;
    values.clear();
    values.add(x);
    for (ReferenceLayer layer : layers) {
      values.add(layer.forward(values.get(values.size() - 1), n));
    }
    return values.get(values.size() - 1);
  }

  /**
   * dx = (df / dx)' dy, given dy = d loss / d y of the last {@link #forward}; assigns the gradient of
   * every parameter.
   *
   * @throws IllegalStateException where no forward ran before
   */
  public double[] backward(double[] dy) {
    if (values.isEmpty()) {
      throw new IllegalStateException("backward before forward");
    }
    double[] d = dy;
    for (int i = layers.size() - 1; i >= 0; i--) {
      d = layers.get(i).backward(values.get(i), values.get(i + 1), d, n);
    }
    return d;
  }
}
