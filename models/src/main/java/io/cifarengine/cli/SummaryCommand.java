// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.ConfigException;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.Training;
import io.cifarengine.files.Json;
import io.cifarengine.nn.NetworkSummary;
import io.cifarengine.report.SummaryJson;
import io.cifarengine.report.SummaryText;
import io.cifarengine.text.Suggestion;
import io.cifarengine.train.Evaluation;
import io.cifarengine.train.TrainingPlan;
import java.io.IOException;
import java.util.List;

/** {@code summary EXPERIMENT | -c FILE}. */
final class SummaryCommand implements Command {
  @Override
  public String name() {
    return "summary";
  }

  @Override
  public String summary() {
    return "layers, parameters, multiply-adds and memory of a network: summary momentum";
  }

  @Override
  public String help() {
    return """
        cifar-engine summary momentum               the network that its paper tests
        cifar-engine summary momentum --batch 500
        cifar-engine summary -c settings.yaml --set hidden=[120,120]

        Trains nothing and reads no images. Full batches stream through in blocks of 500.
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.CONFIG, Option.SET, Option.BATCH, Option.JSON);
  }

  @Override
  public void check(Arguments arguments) {
    List<String> words = arguments.words();
    boolean settings = arguments.has(Option.CONFIG) || arguments.has(Option.SET);
    if (words.size() > 2) {
      arguments.addProblem("summary: unexpected word " + words.get(2));
    } else if (words.size() == 2 && settings) {
      arguments.addProblem("summary: expected an experiment or settings, found both");
    } else if (words.size() == 2) {
      checkExperiment(words.get(1), arguments);
    } else if (!settings) {
      arguments.addProblem(
          "summary: expected an experiment, --config FILE or --set KEY=VALUE, found nothing");
    }
  }

  private static void checkExperiment(String word, Arguments arguments) {
    if (Experiments.named(word).isEmpty()) {
      List<String> names =
          Experiments.all().stream()
              .map(Experiment::name)
              .filter(name -> Experiments.tested(name).isPresent())
              .toList();
      arguments.addProblem(
          "unknown experiment "
              + word
              + Suggestion.of(word, names)
              + "; there is "
              + String.join(", ", names));
    } else if (Experiments.tested(word).isEmpty()) {
      arguments.addProblem("summary: " + word + " trains no network of its own");
    }
  }

  @Override
  public int run(Arguments arguments) throws IOException, ConfigException {
    Settings settings = settings(arguments);
    int own = settings.value(Setting.BATCH_SIZE);
    int batch =
        arguments
            .count(Option.BATCH)
            .orElse(own == TrainingPlan.FULL_BATCH ? Evaluation.BATCH_SIZE : own);
    NetworkSummary summary = Training.summary(settings);
    Stdout.print(
        arguments.has(Option.JSON)
            ? Json.document(SummaryJson.of(summary, batch))
            : SummaryText.of(summary, batch));
    return ExitCode.DONE;
  }

  private static Settings settings(Arguments arguments) throws IOException, ConfigException {
    if (arguments.words().size() < 2) {
      return TrainCommand.configuration(arguments).settings();
    }
    return Experiments.tested(arguments.words().get(1)).orElseThrow();
  }
}
