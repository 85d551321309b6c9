// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

/** Is told what is being measured. */
@FunctionalInterface
public interface SpeedListener {
  /** Before number {@code number}, from 1, of {@code count} measurements. */
  void onCase(int number, int count, String what);
}
