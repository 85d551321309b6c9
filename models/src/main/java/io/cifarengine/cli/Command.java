// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.util.List;

/** One word of the command line and what it does. */
interface Command {
  /** The word. */
  String name();

  /** Its line in the list of commands. */
  String summary();

  /** Its help: examples first. */
  String help();

  /** The options it takes beside the global ones. */
  default List<Option> options() {
    return List.of();
  }

  /** Whether these arguments make it compute, so that the vector module is worth a second JVM. */
  default boolean computes(Arguments arguments) {
    return false;
  }

  /** Notes what is wrong with its arguments; nothing has run yet. */
  default void check(Arguments arguments) {
    if (arguments.words().size() > 1) {
      arguments.addProblem(name() + ": unexpected word " + arguments.words().get(1));
    }
  }

  /**
   * Does it.
   *
   * @return the exit code
   * @throws Exception what {@link Main} turns into one line and an exit code
   */
  int run(Arguments arguments) throws Exception;
}
