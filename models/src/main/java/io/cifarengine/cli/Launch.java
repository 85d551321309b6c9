// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static java.util.stream.Collectors.joining;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ConfigException;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.EveryExperiment;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.StoppedException;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.Verdict;
import io.cifarengine.files.UnwritableFileException;
import io.cifarengine.report.OutcomeJson;
import io.cifarengine.report.OutcomeText;
import io.cifarengine.run.AllSession;
import io.cifarengine.run.RunDirectory;
import io.cifarengine.run.RunPlan;
import io.cifarengine.run.RunSession;
import io.cifarengine.run.Runs;
import io.cifarengine.speed.Host;
import io.cifarengine.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Begins and continues runs for the commands that do: from arguments to the answer and its exit code. */
final class Launch {
  private static final double SAVE_SECONDS = 15;
  private static final String RUNS = "runs";

  private final Arguments arguments;
  private final Engine engine;
  private final StopSignal stop;

  private Launch(Arguments arguments, Engine engine, StopSignal stop) {
    this.arguments = arguments;
    this.engine = engine;
    this.stop = stop;
  }

  /** What a launch does once there is an engine. */
  @FunctionalInterface
  interface Work {
    int run(Launch launch) throws IOException, ConfigException, StoppedException;
  }

  /** Works with an engine, ready to be stopped by signals. */
  static int with(Arguments arguments, Work work) throws IOException {
    StopSignal stop = new StopSignal();
    try (Engine engine = EngineChoice.create(arguments);
        ActiveRun active = ActiveRun.begin(stop)) {
      try {
        return work.run(new Launch(arguments, engine, stop));
      } catch (UnwritableFileException e) {
        active.failed(ExitCode.ENVIRONMENT);
        throw e;
      }
    } catch (ConfigException e) {
      throw new UsageException(e);
    } catch (StoppedException e) {
      return ExitCode.INTERRUPTED;
    }
  }

  /** The folder of all runs. */
  static Runs runs(Arguments arguments) {
    return new Runs(arguments.folder(Option.RUNS, RUNS));
  }

  /** Begins a run; that of all experiments goes on where an earlier one was left. */
  int begin(RunPlan plan) throws IOException, ConfigException, StoppedException {
    ImageSet set = plan.settings().value(Setting.DATASET);
    boolean every = plan.experiment() instanceof EveryExperiment;
    List<ImageSet> sets = every ? List.of(ImageSet.values()) : List.of(set);
    DataSource source = DataLookup.here().find(arguments.text(Option.DATA), sets);
    requireJudgeable(plan, source);
    if (every) {
      String data = DataLookup.written(source);
      Optional<RunDirectory> before = AllSession.unfinished(runs(arguments), plan, data);
      return all(before.isPresent() ? before.get() : create(plan, source), false);
    }
    source.require(set); // images that are not there leave no run behind
    return one(create(plan, source), source, set, false);
  }

  private RunDirectory create(RunPlan plan, DataSource source) throws IOException {
    return RunDirectory.create(
        runs(arguments).root(), plan, environment(DataLookup.written(source)));
  }

  /** Continues a run from where it was left, or shows again what it came to. */
  int resume(RunDirectory run) throws IOException, ConfigException, StoppedException {
    RunPlan plan = run.plan();
    if (plan.experiment() instanceof EveryExperiment) {
      return all(run, true);
    }
    ImageSet set = plan.settings().value(Setting.DATASET);
    return one(run, RunData.of(run, set, arguments), set, true);
  }

  private int one(RunDirectory run, DataSource source, ImageSet set, boolean resumed)
      throws IOException, ConfigException, StoppedException {
    Outcome outcome = execute(run, source, set, resumed);
    boolean json = arguments.has(Option.JSON);
    Stdout.print(json ? OutcomeJson.of(outcome) : OutcomeText.of(outcome));
    return code(List.of(outcome));
  }

  private Outcome execute(RunDirectory run, DataSource source, ImageSet set, boolean resumed)
      throws IOException, ConfigException, StoppedException {
    Progress progress = new Progress(Progress.Style.of(arguments));
    say("run: " + run.folder());
    if (source.synthetic()) {
      say("data: " + whySynthetic(set, resumed) + ": using synthetic images");
    }
    if (arguments.has(Option.VERBOSE)) {
      explain(source, set, run);
    }
    Duration saveEvery =
        Duration.ofNanos((long) (arguments.seconds(Option.SAVE_EVERY, SAVE_SECONDS) * 1e9));
    try {
      return new RunSession(engine, source, stop, saveEvery).execute(run, progress);
    } catch (StoppedException e) {
      say("stopped and saved; go on with: cifar-engine resume " + run.folder());
      throw e;
    }
  }

  private int all(RunDirectory run, boolean resumed)
      throws IOException, ConfigException, StoppedException {
    Map<String, Object> environment = environment(RunData.named(run, arguments));
    AllSession session = new AllSession(environment, member -> member(member, resumed));
    say("all experiments: " + run.folder());
    List<AllSession.Row> rows;
    try {
      rows = session.execute(run);
    } catch (StoppedException e) {
      say("stopped; the same command, or: cifar-engine resume " + run.folder() + ", goes on");
      throw e;
    }
    Stdout.print(arguments.has(Option.JSON) ? AllText.json(rows) : AllText.of(rows));
    boolean complete = rows.stream().allMatch(row -> row.outcome().isPresent());
    int code = code(rows.stream().flatMap(row -> row.outcome().stream()).toList());
    return code == ExitCode.DONE && !complete ? ExitCode.DATA : code;
  }

  private Outcome member(RunDirectory run, boolean resumed)
      throws IOException, ConfigException, StoppedException {
    ImageSet set = run.plan().settings().value(Setting.DATASET);
    Outcome outcome = execute(run, RunData.of(run, set, arguments), set, resumed);
    if (!arguments.has(Option.JSON)) {
      Stdout.print(OutcomeText.of(outcome) + "\n");
    }
    return outcome;
  }

  private int code(List<Outcome> outcomes) {
    if (outcomes.stream().anyMatch(Outcome::failed)) {
      return ExitCode.DIVERGED;
    }
    boolean differs = outcomes.stream().anyMatch(o -> o.verdict().kind() == Verdict.Kind.DIFFERS);
    return arguments.has(Option.CHECK) && differs ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private void requireJudgeable(RunPlan plan, DataSource source) {
    if (!arguments.has(Option.CHECK)) {
      return;
    }
    if (source.synthetic()) {
      throw new UsageException("--check: synthetic images have no paper to check against");
    }
    if (!lastsAsInThePaper(plan) || plan.options().limit().isPresent()) {
      throw new UsageException(
          "--check: the paper's numbers are of its epochs and of all images; leave out --quick,"
              + " --epochs and --limit");
    }
  }

  /** Whether no other number of epochs is asked for than the paper has for each training. */
  private static boolean lastsAsInThePaper(RunPlan plan) {
    if (plan.options().epochs().isEmpty()) {
      return true;
    }
    List<Trial> trials = plan.trials();
    return !trials.isEmpty() && trials.stream().allMatch(Launch::lastsAsInThePaper);
  }

  private static boolean lastsAsInThePaper(Trial trial) {
    int epochs = epochs(trial.settings());
    return trial.arm().filter(arm -> epochs(arm.settings()) == epochs).isPresent();
  }

  private static int epochs(Settings settings) {
    return settings.value(Setting.EPOCHS);
  }

  /** What a run begins on. */
  private Map<String, Object> environment(String data) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", VersionCommand.version());
    map.put("numerics", Engine.NUMERICS);
    map.put("java", Host.java());
    map.put("system", Host.system());
    map.put("cores", Runtime.getRuntime().availableProcessors());
    map.put("memory_mib", Runtime.getRuntime().maxMemory() / (1 << 20));
    map.put("threads", engine.threads());
    map.put("kernels", engine.kernels());
    map.put(RunDirectory.DATA, data);
    return map;
  }

  /** What a run depends on, and what it only runs on. */
  private void explain(DataSource source, ImageSet set, RunDirectory run)
      throws IOException, ConfigException {
    say("source: " + source.describe(set));
    run.plan().settings().inWords().forEach((key, value) -> say("  " + key + ": " + value));
    say("engine: " + engine + " (" + engine.kernelsReason() + ")");
    say("memory: " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB for Java at most");
  }

  private String whySynthetic(ImageSet set, boolean resumed) {
    if (resumed && !arguments.has(Option.DATA)) {
      return "as the run began";
    }
    DataLookup lookup = DataLookup.here();
    return lookup.named(arguments.text(Option.DATA)).isPresent()
        ? "asked for"
        : "no "
            + (set == ImageSet.CIFAR10 ? "CIFAR-10" : "CIFAR-100")
            + " in "
            + lookup.defaultFolders().stream().map(Path::toString).collect(joining(" or "));
  }

  private void say(String line) {
    if (!arguments.has(Option.QUIET)) {
      System.err.println(line);
    }
  }
}
