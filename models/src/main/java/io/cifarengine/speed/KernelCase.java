// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import io.cifarengine.compute.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One product or convolution as the studies' networks have it.
 *
 * @param name by its use: {@code momentum dW}
 * @param shape {@code m x n x k}, or {@code channels->filters} and the image
 * @param multiplyAdds of one call
 * @param operands makes them, and with them what is called
 */
record KernelCase(
    String name, String shape, long multiplyAdds, Supplier<Consumer<Engine>> operands) {

  /** Products first, then convolutions. */
  static List<KernelCase> all() {
    List<KernelCase> all = new ArrayList<>(Products.all());
    all.addAll(Convolutions.all());
    return all;
  }
}
