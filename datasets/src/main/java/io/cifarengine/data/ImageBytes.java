// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/**
 * Planar images inside an array of records.
 *
 * @param bytes the records
 * @param stride bytes a record
 * @param firstPixel where the pixels begin inside a record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: copying 154 MB to own them is no choice
record ImageBytes(byte[] bytes, int stride, int firstPixel, int channels, int height, int width) {
  /** Where image i begins. */
  int at(int i) {
    return i * stride + firstPixel;
  }

  /** Bytes an image. */
  int size() {
    return channels * height * width;
  }
}
