// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

/**
 * Which element of a source a window shows at each place of an output.
 *
 * <pre>
 * patch(oy, ox)[ky, kx, c] = source[y / spacing, x / spacing, c]
 *     with y = oy stride - top + ky,  x = ox stride - left + kx
 *     and 0 where y or x is outside the source, or no multiple of the spacing
 * </pre>
 *
 * A convolution looks at its input with spacing 1. Its gradient with respect to the input looks at
 * the gradient of the output with stride 1 and a spacing of the convolution's stride: there the
 * outputs of a convolution with stride lie apart, with zeros between them.
 *
 * @param height rows of the source
 * @param width columns of the source
 * @param channels values of the source at each place
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param stride from one place of the output to the next, in places of the spread source
 * @param spacing from one place of the source to the next
 * @param top rows above the source at which the first window begins; negative where it begins inside
 * @param left columns before the source at which the first window begins
 * @param outHeight rows of the output
 * @param outWidth columns of the output
 */
public record Window(
    int height,
    int width,
    int channels,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int spacing,
    int top,
    int left,
    int outHeight,
    int outWidth) {

  /** Floats of a patch: kernelHeight kernelWidth channels. */
  public int patch() {
    return kernelHeight * rowOfPatch();
  }

  /** Floats of one row of a patch. */
  int rowOfPatch() {
    return kernelWidth * channels;
  }

  /** Floats of the source of one image. */
  int sourceSize() {
    return height * width * channels;
  }

  /** Places of the output of one image. */
  public int places() {
    return outHeight * outWidth;
  }
}
