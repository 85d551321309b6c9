// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

/** pixel = start + (value - low) / (high - low) * (end - start). */
record Axis(double low, double high, double start, double end) {
  double pixel(double value) {
    return start + (value - low) / (high - low) * (end - start);
  }

  boolean covers(double value) {
    return value >= low && value <= high;
  }
}
