// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import java.util.List;

/**
 * How fast a training is.
 *
 * @param experiment whose training it is
 * @param network in short
 * @param batch images an update; 0 for all there are
 * @param images of an update as it was measured
 * @param multiplyAdds for one image, forward and backward
 * @param seconds of an update, for each number of threads
 */
public record ModelSpeed(
    String experiment,
    String network,
    int batch,
    int images,
    long multiplyAdds,
    List<Double> seconds) {
  /** Copies the times. */
  public ModelSpeed {
    seconds = List.copyOf(seconds);
  }

  /** Images a second with the i-th number of threads. */
  public double imagesPerSecond(int i) {
    return images / seconds.get(i);
  }

  /** Floating-point operations a second, two to a multiply-add, with the i-th number of threads. */
  public double flopsPerSecond(int i) {
    return 2.0 * multiplyAdds * imagesPerSecond(i);
  }
}
