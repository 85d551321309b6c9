// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.run.NoSuchRunException;
import io.cifarengine.run.RunDirectory;
import java.io.IOException;

/** The word by which a command names a run. */
final class RunWord {
  private RunWord() {}

  /** Notes where the command has not exactly one. */
  static void check(String command, Arguments arguments) {
    int words = arguments.words().size();
    if (words < 2) {
      arguments.addProblem(command + ": expected a run, found nothing");
    } else if (words > 2) {
      arguments.addProblem(command + ": unexpected word " + arguments.words().get(2));
    }
  }

  /** The run that the word means. */
  static RunDirectory find(String word, Arguments arguments) throws IOException {
    try {
      return Launch.runs(arguments).find(word);
    } catch (NoSuchRunException e) {
      throw new UsageException(e);
    }
  }
}
