// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.speed.Effort;
import io.cifarengine.speed.Stopwatch;
import java.io.IOException;
import java.util.List;

/** A main class: {@code bench} with these arguments, in as little time as it can take. */
final class SmallBench {
  private SmallBench() {}

  public static void main(String[] args) throws IOException {
    Stopwatch none = new Stopwatch(0, 0);
    Effort small = new Effort(none, none, 500);
    System.exit(new BenchCommand(small, small).run(Arguments.parse(List.of(args))));
  }
}
