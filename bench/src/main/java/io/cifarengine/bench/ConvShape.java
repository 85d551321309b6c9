// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.ConvGeometry;
import io.cifarengine.tensor.Shape;

/** The convolutions of the CIFAR-10 study: kernels of 3 x 3 with padding {@code same} on squares of pixels. */
public enum ConvShape {
  /** The first layer. */
  CONV1(32, 3, 32),
  /** The second, behind a pooling. */
  CONV2(16, 32, 64),
  /** The third, behind another. */
  CONV3(8, 64, 64);

  /** Images at once: the study's batch. */
  static final int BATCH = 50;

  final int size;
  final int channels;
  final int filters;

  ConvShape(int size, int channels, int filters) {
    this.size = size;
    this.channels = channels;
    this.filters = filters;
  }

  ConvGeometry geometry() {
    return ConvGeometry.same(Shape.of(size, size, channels), 3, 3, filters, 1);
  }

  /** Two operations a multiply-add of a batch, in units of 10^9. */
  double gigaflop() {
    return 2e-9 * BATCH * size * size * 9 * channels * filters;
  }
}
