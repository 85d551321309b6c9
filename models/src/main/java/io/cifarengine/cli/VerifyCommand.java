// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ConfigException;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.Setting;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.EveryExperiment;
import io.cifarengine.run.RunDirectory;
import io.cifarengine.run.Verification;
import io.cifarengine.run.VerifiedRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** {@code verify RUN}. */
final class VerifyCommand implements Command {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "train a run again and compare every epoch, bit for bit: verify momentum";
  }

  @Override
  public String help() {
    return """
        cifar-engine verify momentum                the latest run of momentum
        cifar-engine verify momentum --epochs 3     the first 3 epochs of each trial
        cifar-engine verify 7f3a --threads 1 --simd scalar
        cifar-engine verify 7f3a --seed 43          another seed: it must differ

        Trains in memory, from the first update, and writes nothing. Exit 0 where every weight is
        equal after every epoch; 4 on any difference, or where there is nothing to compare.
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.EPOCHS, Option.SEED, Option.JSON);
  }

  @Override
  public boolean computes(Arguments arguments) {
    return true;
  }

  @Override
  public void check(Arguments arguments) {
    RunWord.check(name(), arguments);
  }

  @Override
  public int run(Arguments arguments) throws IOException, ConfigException {
    RunDirectory run = RunWord.find(arguments.words().get(1), arguments);
    boolean every = run.plan().experiment() instanceof EveryExperiment;
    List<VerifiedRun> verified = new ArrayList<>();
    try (Engine engine = EngineChoice.create(arguments)) {
      for (RunDirectory one : every ? run.members() : List.of(run)) {
        verified.add(verify(one, engine, arguments));
      }
    }
    Stdout.print(arguments.has(Option.JSON) ? VerifyText.json(verified) : VerifyText.of(verified));
    return VerifyText.isEqual(verified) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private static VerifiedRun verify(RunDirectory run, Engine engine, Arguments arguments)
      throws IOException, ConfigException {
    if (!arguments.has(Option.QUIET)) {
      System.err.println("run: " + run.folder());
    }
    ImageSet set = run.plan().settings().value(Setting.DATASET);
    DataSource source = RunData.of(run, set, arguments);
    OptionalLong seed =
        arguments.has(Option.SEED)
            ? OptionalLong.of(arguments.seed(Setting.SEED.defaultValue()))
            : OptionalLong.empty();
    Progress progress = new Progress(Progress.Style.of(arguments));
    return new Verification(engine, source, progress, arguments.count(Option.EPOCHS), seed)
        .verify(run);
  }
}
