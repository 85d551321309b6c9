// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;

/** What a {@link Normalization} does with the pixels of images. */
interface PixelRule {
  /** Throws where images of this planar shape cannot be read so. */
  default void requireFits(Shape planar) {}

  /** A new reader of images that fit, channel after channel, as they are stored. */
  PixelReader reader(Engine engine, ImageBytes images, ChannelSums sums);
}
