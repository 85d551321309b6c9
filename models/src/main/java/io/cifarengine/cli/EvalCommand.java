// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ConfigException;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.run.ModelTest;
import io.cifarengine.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code eval RUN | FILE}. */
final class EvalCommand implements Command {
  private static final String SUFFIX = ".safetensors";

  @Override
  public String name() {
    return "eval";
  }

  @Override
  public String summary() {
    return "test a run's network again, class by class: eval momentum";
  }

  @Override
  public String help() {
    return """
        cifar-engine eval momentum                  the latest run of momentum
        cifar-engine eval 7f3a --json
        cifar-engine eval model.safetensors         on all test images of its dataset

        Of a run it says whether accuracy and loss are the recorded ones, bit for bit: exit 4 where
        they are not, though the images are the same.
        """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.JSON);
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
    String word = arguments.words().get(1);
    Optional<Path> file = file(word);
    ModelTest test;
    if (file.isPresent()) {
      try (Engine engine = EngineChoice.create(arguments)) {
        ModelTest.Loaded loaded = ModelTest.Loaded.of(engine, file.get());
        DataSource source = DataLookup.here().find(arguments.text(Option.DATA), loaded.dataset());
        test = ModelTest.alone(loaded, source);
      }
    } else {
      RunDirectory run = RunWord.find(word, arguments);
      Path model = ModelTest.model(run);
      try (Engine engine = EngineChoice.create(arguments)) {
        ModelTest.Loaded loaded = ModelTest.Loaded.of(engine, model);
        DataSource source = RunData.of(run, loaded.dataset(), arguments);
        test = ModelTest.ofRun(loaded, run, source);
      }
    }
    Stdout.print(arguments.has(Option.JSON) ? EvalText.json(test) : EvalText.of(test));
    return test.isEqual().orElse(true) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  /** The file that a word names: one that is there, or that is called like a model. */
  private static Optional<Path> file(String word) {
    try {
      Path path = Path.of(word);
      return Files.isRegularFile(path) || word.endsWith(SUFFIX)
          ? Optional.of(path)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
