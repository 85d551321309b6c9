// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import java.util.List;

/**
 * How fast a product or a convolution is.
 *
 * @param name by its use
 * @param shape in short
 * @param multiplyAdds of one call
 * @param seconds of one call, for each number of threads
 */
public record KernelSpeed(String name, String shape, long multiplyAdds, List<Double> seconds) {
  /** Copies the times. */
  public KernelSpeed {
    seconds = List.copyOf(seconds);
  }

  /** Floating-point operations a second, two to a multiply-add, with the i-th number of threads. */
  public double flopsPerSecond(int i) {
    return 2.0 * multiplyAdds / seconds.get(i);
  }
}
