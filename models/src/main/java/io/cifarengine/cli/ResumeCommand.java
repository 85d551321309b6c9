// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.io.IOException;
import java.util.List;

/** {@code resume RUN}. */
final class ResumeCommand implements Command {
  @Override
  public String name() {
    return "resume";
  }

  @Override
  public String summary() {
    return "continue a run that was stopped or killed, bit for bit: resume momentum";
  }

  @Override
  public String help() {
    return """
        cifar-engine resume momentum                the latest run of momentum
        cifar-engine resume momentum/2026-11-21T19-03-12Z-7f3a
        cifar-engine resume 7f3a                    the run whose name ends so
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.SAVE_EVERY, Option.JSON);
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
  public int run(Arguments arguments) throws IOException {
    return Launch.with(
        arguments, launch -> launch.resume(RunWord.find(arguments.words().get(1), arguments)));
  }
}
