// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

/** Work on a contiguous range of indices; ranges of one call are disjoint and may run in any order. */
@FunctionalInterface
public interface RangeTask {
  /**
   * Does the work for {@code from <= index < to}.
   *
   * @param participant numbers the thread within this call, below {@link Engine#threads()}: which
   *     scratch memory is its own
   */
  void run(int from, int to, int participant);
}
