// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Pixels;

/** y = (x - mean[p]) k at pixel p, a whole image at a time. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CenteringReader(Engine engine, ImageBytes images, float[] mean, float k)
    implements PixelReader {
  @Override
  public void read(int image, float[] target, int to) {
    Pixels.center(engine, images.bytes(), images.at(image), mean, k, target, to);
  }
}
