// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/** Reads examples of one dataset as floats; owns scratch memory, so each thread has its own. */
public interface ExampleReader {
  /** Writes example {@code index} to {@code target} from {@code at} on. */
  void read(int index, float[] target, int at);
}
