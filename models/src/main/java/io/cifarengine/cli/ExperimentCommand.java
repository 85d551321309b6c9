// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.Setting;
import io.cifarengine.config.SplitOrder;
import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.ComparisonExperiment;
import io.cifarengine.experiment.EveryExperiment;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.GridExperiment;
import io.cifarengine.experiment.TableExperiment;
import io.cifarengine.run.RunPlan;
import io.cifarengine.text.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
        cifar-engine experiment linear --check      exit 4 outside tolerance
        cifar-engine experiment nn-sgd --seeds 3    mean and deviation
        cifar-engine experiment comparison          all of CIFAR-10; takes over what is trained
        cifar-engine experiment all                 both papers; goes on where it was stopped
        cifar-engine experiment list                all experiments
        cifar-engine experiment describe momentum   what it does
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.QUICK,
        Option.CHECK,
        Option.SEEDS,
        Option.EPOCHS,
        Option.ONLY,
        Option.FRESH,
        Option.LIMIT,
        Option.SPLIT,
        Option.SEED,
        Option.SAVE_EVERY,
        Option.JSON);
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
    if (!computes(arguments)) {
      options().stream()
          .filter(arguments::has)
          .map(option -> option.flag() + ": not an option of experiment " + words.get(1))
          .forEach(arguments::addProblem);
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
      arguments.text(Option.ONLY).ifPresent(only -> checkOnly(experiment.get(), only, arguments));
      if (experiment.get() instanceof TableExperiment) {
        Stream.of(Option.SEEDS, Option.EPOCHS)
            .filter(arguments::has)
            .map(o -> o.flag() + ": " + experiment.get().name() + " trains nothing; leave it out")
            .forEach(arguments::addProblem);
      }
      if (arguments.has(Option.FRESH) && !takesOver(experiment.get())) {
        arguments.addProblem(
            "--fresh: " + experiment.get().name() + " trains afresh anyway; leave it out");
      }
    }
  }

  private static boolean takesOver(Experiment experiment) {
    return experiment instanceof ComparisonExperiment || experiment instanceof EveryExperiment;
  }

  private static void checkOnly(Experiment experiment, String only, Arguments arguments) {
    if (experiment instanceof GridExperiment grid && !grid.varied().isEmpty()) {
      parseOnly(grid, only, arguments);
    } else {
      arguments.addProblem("--only: " + experiment.name() + " has no arms to choose from");
    }
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    Experiments.all().forEach(experiment -> names.add(experiment.name()));
    names.add(EveryExperiment.NAME);
    return names;
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
    for (String name : names()) {
      String title = Experiments.named(name).orElseThrow().title();
      Stdout.println(String.format(Locale.ROOT, "%-15s %s", name, title));
    }
    return ExitCode.DONE;
  }

  private static int describe(Experiment experiment) throws IOException {
    Stdout.println(experiment.name() + ": " + experiment.title());
    Stdout.println(experiment.source());
    Stdout.println("");
    Stdout.println(experiment.description());
    Stdout.println("");
    if (experiment instanceof GridExperiment grid) {
      for (Arm arm : grid.arms()) {
        Stdout.println("  " + grid.inWords(arm.settings()) + (arm.tested() ? "  (tested)" : ""));
      }
      Stdout.println("");
      Stdout.println("settings of the first:");
      for (Map.Entry<String, String> setting : grid.settings().inWords().entrySet()) {
        Stdout.println("  " + setting.getKey() + ": " + setting.getValue());
      }
      Stdout.println("");
      Stdout.println("tolerance: " + grid.toleranceReason());
    } else if (experiment instanceof ComparisonExperiment comparison) {
      for (GridExperiment member : comparison.members()) {
        Stdout.println("  " + member.name() + ": " + member.title());
      }
      Stdout.println("");
      Stdout.println("settings and tolerance of each: experiment describe NAME");
    }
    return ExitCode.DONE;
  }

  private static int run(Experiment experiment, Arguments arguments) throws IOException {
    RunPlan plan = RunPlan.of(experiment, options(experiment, arguments));
    return Launch.with(arguments, launch -> launch.begin(plan));
  }

  private static ExperimentOptions options(Experiment experiment, Arguments arguments) {
    boolean quick = arguments.has(Option.QUICK);
    ExperimentOptions paper = ExperimentOptions.none();
    Map<Setting<?>, String> only =
        experiment instanceof GridExperiment grid && arguments.has(Option.ONLY)
            ? parseOnly(grid, arguments.text(Option.ONLY).orElseThrow(), arguments)
            : Map.of();
    return new ExperimentOptions(
        orQuick(arguments.count(Option.EPOCHS), quick, QUICK_EPOCHS),
        orQuick(arguments.count(Option.LIMIT), quick, QUICK_LIMIT),
        arguments.text(Option.SPLIT).map(w -> SplitOrder.valueOf(w.toUpperCase(Locale.ROOT))),
        arguments.seed(paper.seed()),
        arguments.count(Option.SEEDS).orElse(paper.seeds()),
        only,
        arguments.has(Option.FRESH));
  }

  private static OptionalInt orQuick(OptionalInt given, boolean quick, int value) {
    return given.isPresent() || !quick ? given : OptionalInt.of(value);
  }

  /** {@code momentum=0.8,learning_rate=0.001} as settings; what is wrong becomes a problem. */
  private static Map<Setting<?>, String> parseOnly(
      GridExperiment experiment, String only, Arguments arguments) {
    Map<Setting<?>, String> wanted = new LinkedHashMap<>();
    List<String> keys = experiment.varied().stream().map(Setting::key).toList();
    for (String pair : only.split(",", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      Optional<Setting<?>> setting =
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
        && ExperimentOptions.none().withOnly(wanted).arms(experiment).isEmpty()) {
      List<String> arms =
          experiment.arms().stream().map(a -> experiment.inWords(a.settings())).toList();
      arguments.addProblem(
          "--only " + only + ": no arm has these settings; there are " + String.join(" | ", arms));
    }
    return wanted;
  }
}
