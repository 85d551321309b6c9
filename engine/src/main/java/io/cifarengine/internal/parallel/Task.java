// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.parallel;

/** Work cut into numbered parts that may run in any order, on any thread. */
public interface Task {
  /**
   * Runs one part.
   *
   * @param part which part, from 0
   * @param participant which scratch memory is this thread's own, from 0 to threads - 1
   */
  void run(int part, int participant);
}
