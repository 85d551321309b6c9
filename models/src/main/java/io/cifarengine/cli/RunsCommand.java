// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.ConfigException;
import io.cifarengine.run.RunDirectory;
import io.cifarengine.run.RunOverview;
import io.cifarengine.run.Runs;
import io.cifarengine.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** {@code runs [list] | show RUN}. */
final class RunsCommand implements Command {
  private static final String LIST = "list";
  private static final String SHOW = "show";

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public String summary() {
    return "the runs there are, and what one came to: runs list";
  }

  @Override
  public String help() {
    return """
        cifar-engine runs                           all runs, the oldest first: runs list
        cifar-engine runs list --all                with the runs inside of runs
        cifar-engine runs show momentum             the latest run of momentum
        cifar-engine runs show 7f3a --json
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.ALL, Option.JSON);
  }

  @Override
  public void check(Arguments arguments) {
    List<String> words = arguments.words();
    String word = word(arguments);
    if (!word.equals(LIST) && !word.equals(SHOW)) {
      arguments.addProblem(
          "runs: expected list or show RUN, found "
              + word
              + Suggestion.of(word, List.of(LIST, SHOW)));
      return;
    }
    int expected = word.equals(SHOW) ? 3 : 2;
    if (word.equals(SHOW) && words.size() < expected) {
      arguments.addProblem("runs show: expected a run, found nothing");
    } else if (words.size() > expected) {
      arguments.addProblem("runs " + word + ": unexpected word " + words.get(expected));
    }
    if (word.equals(SHOW) && arguments.has(Option.ALL)) {
      arguments.addProblem("--all: not an option of runs show");
    }
  }

  /** What is to be done: to list them where it is not said. */
  private static String word(Arguments arguments) {
    return arguments.words().size() < 2 ? LIST : arguments.words().get(1);
  }

  @Override
  public int run(Arguments arguments) throws IOException, ConfigException {
    boolean json = arguments.has(Option.JSON);
    if (word(arguments).equals(SHOW)) {
      RunDirectory run = RunWord.find(arguments.words().get(2), arguments);
      Stdout.print(json ? RunText.json(run) : RunText.of(run));
      return ExitCode.DONE;
    }
    Runs runs = Launch.runs(arguments);
    if (Files.exists(runs.root()) && !Files.isDirectory(runs.root())) {
      throw new UsageException("--runs " + runs.root() + ": expected a folder, found a file");
    }
    List<RunOverview> all = runs.all().stream().map(RunOverview::of).toList();
    Stdout.print(
        json
            ? RunsText.json(runs.root(), all)
            : RunsText.of(runs.root(), all, arguments.has(Option.ALL)));
    return ExitCode.DONE;
  }
}
