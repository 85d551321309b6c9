// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.ConfigException;
import io.cifarengine.config.Configuration;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.run.RunPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code train -c FILE}. */
final class TrainCommand implements Command {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "train a network by the settings of a file: train -c settings.yaml";
  }

  @Override
  public String help() {
    StringBuilder out =
        new StringBuilder(
            """
            cifar-engine train -c settings.yaml
            cifar-engine train -c settings.yaml --set learning_rate=0.003 --set hidden=[120,120]
            cifar-engine train -c settings.yaml --print-config   every setting and its origin

            settings, with their defaults:
            """);
    for (Setting<?> setting : Setting.all()) {
      String standard = setting.inWords(Settings.defaults());
      String line = setting.key() + ": " + standard;
      out.append("  ").append(line).append(" ".repeat(Math.max(1, 34 - line.length())));
      out.append(setting.description()).append('\n');
    }
    return out.toString();
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.CONFIG,
        Option.SET,
        Option.PRINT_CONFIG,
        Option.EPOCHS,
        Option.LIMIT,
        Option.SEED,
        Option.SAVE_EVERY,
        Option.JSON);
  }

  @Override
  public boolean computes(Arguments arguments) {
    return !arguments.has(Option.PRINT_CONFIG);
  }

  @Override
  public void check(Arguments arguments) {
    Command.super.check(arguments);
    if (arguments.has(Option.PRINT_CONFIG) && arguments.has(Option.JSON)) {
      arguments.addProblem("--json: not an option of train --print-config");
    }
    if (!arguments.has(Option.CONFIG) && !arguments.has(Option.SET)) {
      arguments.addProblem("train: expected --config FILE or --set KEY=VALUE, found neither");
    } else {
      configuration(arguments).problems().stream()
          .filter(problem -> !problem.startsWith("--") || problem.startsWith(Option.SET.flag()))
          .forEach(arguments::addProblem); // those of other options were found already
    }
  }

  @Override
  public int run(Arguments arguments) throws IOException {
    Configuration configuration = configuration(arguments);
    RunPlan plan;
    try {
      plan = RunPlan.training(configuration);
    } catch (ConfigException e) {
      throw new UsageException(e);
    }
    if (arguments.has(Option.PRINT_CONFIG)) {
      Stdout.print(configuration.print());
      return ExitCode.DONE;
    }
    return Launch.with(arguments, launch -> launch.begin(plan));
  }

  /** Settings of a file and of the options above it. */
  static Configuration configuration(Arguments arguments) {
    Configuration configuration = Configuration.defaults();
    if (arguments.has(Option.CONFIG)) {
      Path file = arguments.folder(Option.CONFIG, "");
      configuration.file(file);
    }
    option(configuration, arguments, Option.SEED, Setting.SEED);
    option(configuration, arguments, Option.EPOCHS, Setting.EPOCHS);
    option(configuration, arguments, Option.LIMIT, Setting.LIMIT);
    arguments.assignments().forEach(configuration::set);
    return configuration;
  }

  private static void option(
      Configuration configuration, Arguments arguments, Option option, Setting<?> setting) {
    arguments.text(option).ifPresent(value -> configuration.option(setting, value, option.flag()));
  }
}
