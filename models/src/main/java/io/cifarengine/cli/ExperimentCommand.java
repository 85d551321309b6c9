// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static java.util.stream.Collectors.joining;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.ExperimentData;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.ExperimentRunner;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.Setting;
import io.cifarengine.report.ExperimentJson;
import io.cifarengine.report.ExperimentTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code experiment list | describe NAME | NAME}. */
final class ExperimentCommand implements Command {
  private static final String LIST = "list";
  private static final String DESCRIBE = "describe";
  private static final int QUICK_EPOCHS = 3;
  private static final int QUICK_LIMIT = 2_000;

  @Override
  public String name() {
    return "experiment";
  }

  @Override
  public String summary() {
    return "repeat a table of the papers: experiment momentum";
  }

  @Override
  public String help() {
    return """
        cifar-engine experiment momentum            the whole table
        cifar-engine experiment momentum --quick    a look in seconds
        cifar-engine experiment momentum --only momentum=0.8,learning_rate=0.001
        cifar-engine experiment list                all experiments
        cifar-engine experiment describe momentum   what it does
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.EPOCHS, Option.QUICK, Option.ONLY, Option.LIMIT, Option.SPLIT, Option.JSON);
  }

  @Override
  public boolean computes(Arguments arguments) {
    String word = arguments.words().get(1);
    return !word.equals(LIST) && !word.equals(DESCRIBE);
  }

  @Override
  public void check(Arguments arguments) {
    List<String> words = arguments.words();
    if (words.size() < 2) {
      arguments.addProblem("experiment: expected a name, list or describe, found nothing");
      return;
    }
    boolean describes = words.get(1).equals(DESCRIBE);
    if (describes && words.size() < 3) {
      arguments.addProblem("experiment describe: expected a name, found nothing");
      return;
    }
    int last = describes ? 2 : 1;
    if (words.size() > last + 1) {
      arguments.addProblem("experiment: unexpected word " + words.get(last + 1));
    }
    if (!computes(arguments) && arguments.has(Option.JSON)) {
      arguments.addProblem("--json: not an option of experiment " + words.get(1));
    }
    if (words.get(1).equals(LIST)) {
      return;
    }
    Optional<Experiment> experiment = Experiments.named(words.get(last));
    if (experiment.isEmpty()) {
      List<String> known = new ArrayList<>(names());
      if (!describes) {
        known.addAll(List.of(LIST, DESCRIBE));
      }
      arguments.addProblem(
          "unknown experiment "
              + words.get(last)
              + Suggestion.of(words.get(last), known)
              + "; there is "
              + String.join(", ", names()));
    } else {
      arguments.text(Option.ONLY).ifPresent(only -> parseOnly(experiment.get(), only, arguments));
    }
  }

  private static List<String> names() {
    return Experiments.all().stream().map(Experiment::name).toList();
  }

  @Override
  public int run(Arguments arguments) throws IOException {
    String word = arguments.words().get(1);
    return switch (word) {
      case LIST -> list();
      case DESCRIBE -> describe(Experiments.named(arguments.words().get(2)).orElseThrow());
      default -> run(Experiments.named(word).orElseThrow(), arguments);
    };
  }

  private static int list() throws IOException {
    for (Experiment experiment : Experiments.all()) {
      Stdout.println(experiment.name() + "  " + experiment.title());
    }
    return ExitCode.DONE;
  }

  private static int describe(Experiment experiment) throws IOException {
    Stdout.println(experiment.name() + ": " + experiment.title());
    Stdout.println(experiment.source());
    Stdout.println("");
    Stdout.println(experiment.description());
    Stdout.println("");
    for (Arm arm : experiment.arms()) {
      Stdout.println("  " + experiment.inWords(arm.settings()));
    }
    Stdout.println("");
    Stdout.println("tolerance: " + experiment.toleranceReason());
    return ExitCode.DONE;
  }

  private static int run(Experiment experiment, Arguments arguments) throws IOException {
    ExperimentOptions options = options(experiment, arguments);
    DataSource source = DataLookup.here().find(arguments.text(Option.DATA));
    Progress.Style style = Progress.Style.of(arguments);
    if (source.synthetic() && !arguments.has(Option.QUIET)) {
      System.err.println("data: " + whySynthetic(arguments) + ": using synthetic images");
    }
    try (Engine engine = EngineChoice.create(arguments)) {
      if (arguments.has(Option.VERBOSE)) {
        explain(source, options, engine);
      }
      ExperimentData data = ExperimentData.load(source, experiment, options);
      Progress progress = new Progress(style, experiment, options.epochs());
      ExperimentResult result =
          new ExperimentRunner(engine, experiment, options, progress).run(data);
      boolean json = arguments.has(Option.JSON);
      Stdout.print(json ? ExperimentJson.of(result) : ExperimentTable.of(result));
      return result.arms().stream().allMatch(arm -> arm.training().diverged())
          ? ExitCode.DIVERGED
          : ExitCode.DONE;
    }
  }

  /** What a run depends on, and what it only runs on. */
  private static void explain(DataSource source, ExperimentOptions options, Engine engine) {
    System.err.println("source: " + source.describe());
    System.err.println(
        "split: "
            + (options.shuffledSplit() ? "shuffled with seed " + options.seed() : "sequential"));
    System.err.println("engine: " + engine + " (" + engine.kernelsReason() + ")");
    System.err.println(
        "memory: " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB for Java at most");
  }

  private static String whySynthetic(Arguments arguments) {
    DataLookup lookup = DataLookup.here();
    return lookup.named(arguments.text(Option.DATA)).isPresent()
        ? "asked for"
        : "no CIFAR-100 in "
            + lookup.defaultFolders().stream().map(Path::toString).collect(joining(" or "));
  }

  private static ExperimentOptions options(Experiment experiment, Arguments arguments) {
    boolean quick = arguments.has(Option.QUICK);
    ExperimentOptions paper = ExperimentOptions.of(experiment);
    return new ExperimentOptions(
        arguments.count(Option.EPOCHS).orElse(quick ? QUICK_EPOCHS : paper.epochs()),
        arguments.count(Option.LIMIT).orElse(quick ? QUICK_LIMIT : paper.limit()),
        !arguments.text(Option.SPLIT).orElse("shuffled").equals("sequential"),
        arguments.seed(paper.seed()),
        arguments
            .text(Option.ONLY)
            .map(only -> parseOnly(experiment, only, arguments))
            .orElse(Map.of()));
  }

  /** {@code momentum=0.8,learning_rate=0.001} as settings; what is wrong becomes a problem. */
  private static Map<Setting, String> parseOnly(
      Experiment experiment, String only, Arguments arguments) {
    Map<Setting, String> wanted = new EnumMap<>(Setting.class);
    List<String> keys = experiment.varied().stream().map(Setting::key).toList();
    for (String pair : only.split(",", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      Optional<Setting> setting =
          experiment.varied().stream().filter(s -> s.key().equals(key)).findFirst();
      if (setting.isEmpty()) {
        arguments.addProblem(
            "--only: unknown setting "
                + (key.isEmpty() ? "(nothing)" : key)
                + Suggestion.of(key, keys)
                + "; "
                + experiment.name()
                + " varies "
                + String.join(", ", keys));
      } else if (equals < 0) {
        arguments.addProblem("--only: expected " + key + "=VALUE, found " + key);
      } else {
        String before = wanted.put(setting.get(), pair.substring(equals + 1));
        if (before != null) {
          arguments.addProblem("--only: " + key + " given twice");
        }
      }
    }
    if (arguments.problems().isEmpty()
        && ExperimentOptions.of(experiment).withOnly(wanted).arms(experiment).isEmpty()) {
      List<String> arms =
          experiment.arms().stream().map(a -> experiment.inWords(a.settings())).toList();
      arguments.addProblem(
          "--only " + only + ": no arm has these settings; there are " + String.join(" | ", arms));
    }
    return wanted;
  }
}
