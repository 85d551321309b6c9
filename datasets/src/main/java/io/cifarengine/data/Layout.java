// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.tensor.Shape;

/** In which order the values of an image stand. */
public enum Layout {
  /** (channels, height, width), as CIFAR stores them: for perceptrons. */
  PLANAR {
    @Override
    public Shape shape(int channels, int height, int width) {
      return Shape.of(channels, height, width);
    }
  },
  /** (height, width, channels): for convolutions. */
  NHWC {
    @Override
    public Shape shape(int channels, int height, int width) {
      return Shape.of(height, width, channels);
    }
  };

  /** The shape of one image. */
  public abstract Shape shape(int channels, int height, int width);
}
