// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Tensor;

/** Random tensors and labels for tests, each a function of its seed. */
public final class Draws {
  private Draws() {}

  /** Normal with mean 0 and this deviation. */
  public static Tensor normal(long seed, double deviation, int... dims) {
    Tensor t = Tensor.zeros(dims);
    fill(t, Randoms.seeded(seed), deviation);
    return t;
  }

  /** Uniform in 0 .. classes - 1. */
  public static int[] labels(long seed, int n, int classes) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = Randoms.seeded(seed).stream("labels").below(classes, i);
    }
    return labels;
  }

  /** Makes every weight and bias normal, so that no gradient is small by a common start. */
  public static Network scatter(Network network, long seed, double deviation) {
    Randoms randoms = Randoms.seeded(seed).stream("weights");
    for (int i = 0; i < network.parameters().size(); i++) {
      Parameter parameter = network.parameters().get(i);
      fill(parameter.value(), randoms.stream(i), deviation);
    }
    return network;
  }

  private static void fill(Tensor t, Randoms randoms, double deviation) {
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = (float) (deviation * randoms.gaussian(i));
    }
  }
}
