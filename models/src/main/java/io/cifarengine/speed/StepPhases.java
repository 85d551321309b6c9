// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import java.util.List;

/**
 * Where the time of a training step goes, in seconds.
 *
 * @param model the experiment whose training it is
 * @param threads how many took part
 * @param images of the step
 * @param layers first to last
 * @param gather the images become floats
 * @param loss the loss and its gradient
 * @param check whether all gradients are finite
 * @param update the optimizer's step
 */
public record StepPhases(
    String model,
    int threads,
    int images,
    List<LayerTimes> layers,
    double gather,
    double loss,
    double check,
    double update) {
  /**
   * The time of one layer, in seconds; 0 where there is nothing to compute.
   *
   * @param layer as it was written, such as {@code linear(128)}
   * @param forward y = f(x)
   * @param parameterGradients dW and db
   * @param inputGradient dX
   */
  public record LayerTimes(
      String layer, double forward, double parameterGradients, double inputGradient) {
    /** All three. */
    public double total() {
      return forward + parameterGradients + inputGradient;
    }
  }

  /** Copies the layers. */
  public StepPhases {
    layers = List.copyOf(layers);
  }

  /** The whole step. */
  public double total() {
    return layers.stream().mapToDouble(LayerTimes::total).sum() + gather + loss + check + update;
  }
}
