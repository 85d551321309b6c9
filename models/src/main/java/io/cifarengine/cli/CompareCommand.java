// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.ConfigException;
import io.cifarengine.run.RunComparison;
import io.cifarengine.run.RunDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code compare RUN...}. */
final class CompareCommand implements Command {
  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String summary() {
    return "the trials of runs beside each other: compare 7f3a 91c0";
  }

  @Override
  public String help() {
    return """
        cifar-engine compare momentum activation    the latest run of each
        cifar-engine compare 7f3a 91c0 22d5 --json

        A row a trial, with the settings in which they differ; then which have equal weights, bit
        for bit. best % and last % are validation accuracies: after the epoch of the lowest
        validation loss, and after the last one.
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.JSON);
  }

  @Override
  public void check(Arguments arguments) {
    int runs = arguments.words().size() - 1;
    if (runs < 2) {
      arguments.addProblem("compare: expected two runs or more, found " + runs);
    }
  }

  @Override
  public int run(Arguments arguments) throws IOException, ConfigException {
    List<RunDirectory> runs = new ArrayList<>();
    for (String word : arguments.words().subList(1, arguments.words().size())) {
      runs.add(RunWord.find(word, arguments));
    }
    RunComparison comparison = RunComparison.of(runs);
    Stdout.print(
        arguments.has(Option.JSON) ? CompareText.json(comparison) : CompareText.of(comparison));
    return ExitCode.DONE;
  }
}
