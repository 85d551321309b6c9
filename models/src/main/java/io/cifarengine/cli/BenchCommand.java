// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.compute.Engine;
import io.cifarengine.files.Json;
import io.cifarengine.report.SpeedJson;
import io.cifarengine.report.SpeedText;
import io.cifarengine.speed.Effort;
import io.cifarengine.speed.SpeedReport;
import io.cifarengine.speed.SpeedTest;
import java.io.IOException;
import java.util.List;

/** {@code bench}. */
final class BenchCommand implements Command {
  private final Effort quick;
  private final Effort steady;

  BenchCommand() {
    this(Effort.QUICK, Effort.STEADY);
  }

  /** With other times, for tests. */
  BenchCommand(Effort quick, Effort steady) {
    this.quick = quick;
    this.steady = steady;
  }

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String summary() {
    return "how fast it is here, beside what the machine can do: bench --quick";
  }

  @Override
  public String help() {
    return """
        cifar-engine bench --quick                  in about a minute
        cifar-engine bench                          steadier numbers, in about four
        cifar-engine bench --quick --threads 4 --json
        cifar-engine bench --quick --simd 256

        Measures with one thread and with all: what the cores can do at most, the speed of memory,
        products (m x n x k) and convolutions, the studies' trainings on rendered images, and where
        the time of a training step goes. Each number is the median of several runs, the limits are
        the best. The peak is that of the chosen kernels: with --simd scalar, one lane an
        instruction, which a compiler's own vectors can exceed.
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.QUICK, Option.JSON);
  }

  @Override
  public boolean computes(Arguments arguments) {
    return true;
  }

  @Override
  public int run(Arguments arguments) throws IOException {
    SpeedReport report;
    BenchProgress progress = new BenchProgress(Progress.Style.of(arguments));
    try (Engine all = EngineChoice.create(arguments);
        Engine one = Engine.withThreads(1)) {
      List<Engine> engines = all.threads() == 1 ? List.of(one) : List.of(one, all);
      Effort effort = arguments.has(Option.QUICK) ? quick : steady;
      report = new SpeedTest(engines, effort, progress).run();
    } finally {
      progress.end();
    }
    Stdout.print(
        arguments.has(Option.JSON) ? Json.document(SpeedJson.of(report)) : SpeedText.of(report));
    return ExitCode.DONE;
  }
}
