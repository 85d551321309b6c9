// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import io.cifarengine.compute.ConvGeometry;
import io.cifarengine.compute.Convolution;
import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The convolutions of the CIFAR-10 study's network with their gradients, for a batch of 50. */
final class Convolutions {
  private static final int BATCH = 50;

  private Convolutions() {}

  static List<KernelCase> all() {
    List<KernelCase> all = new ArrayList<>();
    all.addAll(ofLayer("conv 1", 32, 3, 32));
    all.addAll(ofLayer("conv 2", 16, 32, 64));
    all.addAll(ofLayer("conv 3", 8, 64, 64));
    return all;
  }

  private static List<KernelCase> ofLayer(String name, int side, int channels, int filters) {
    ConvGeometry geometry = ConvGeometry.same(Shape.of(side, side, channels), 3, 3, filters, 1);
    String shape = channels + "->" + filters + " @" + side + "x" + side;
    return List.of(
        of(name + " forward", shape, geometry, () -> forward(geometry)),
        of(name + " dW", shape, geometry, () -> weights(geometry)),
        of(name + " dX", shape, geometry, () -> data(geometry)));
  }

  private static KernelCase of(
      String name, String shape, ConvGeometry geometry, Supplier<Consumer<Engine>> operands) {
    return new KernelCase(name, shape, BATCH * geometry.multiplyAdds(), operands);
  }

  private static Consumer<Engine> forward(ConvGeometry geometry) {
    Tensor x = RandomTensors.uniform(geometry.imageShape().withBatch(BATCH), "x");
    Tensor w = RandomTensors.uniform(geometry.weightShape(), "w");
    Tensor b = Tensor.zeros(geometry.filters());
    Tensor y = Tensor.zeros(geometry.outputShape().withBatch(BATCH));
    return engine -> Convolution.forward(engine, geometry, x, w, b, y); // y = x * W + b
  }

  private static Consumer<Engine> weights(ConvGeometry geometry) {
    Tensor x = RandomTensors.uniform(geometry.imageShape().withBatch(BATCH), "x");
    Tensor dy = RandomTensors.uniform(geometry.outputShape().withBatch(BATCH), "dy");
    Tensor dw = Tensor.zeros(geometry.weightShape());
    Tensor db = Tensor.zeros(geometry.filters());
    return engine ->
        Convolution.backwardWeights(engine, geometry, x, dy, dw, db, Into.OVERWRITE); // dW, db
  }

  private static Consumer<Engine> data(ConvGeometry geometry) {
    Tensor dy = RandomTensors.uniform(geometry.outputShape().withBatch(BATCH), "dy");
    Tensor w = RandomTensors.uniform(geometry.weightShape(), "w");
    Tensor dx = Tensor.zeros(geometry.imageShape().withBatch(BATCH));
    return engine -> Convolution.backwardData(engine, geometry, dy, w, dx); // dx = (dy / dx)' dy
  }
}
