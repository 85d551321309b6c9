// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.experiment.Experiments;
import io.cifarengine.train.TrainMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static Settings read(String... lines) throws ConfigException {
    return Configuration.defaults().text("f.yaml", String.join("\n", lines) + "\n").settings();
  }

  private static String problem(String... lines) {
    return String.valueOf(assertThrows(ConfigException.class, () -> read(lines)).getMessage());
  }

  private static Path example(String name) {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder.resolve("docs").resolve("examples").resolve(name);
      }
    }
    throw new AssertionError("no folder with .mvn above " + here);
  }

  @Test
  void anEmptyFileGivesTheDefaults() throws ConfigException {
    assertEquals(Settings.defaults(), read("# nothing"));
  }

  @Test
  void theCoursesFileIsTheStudysMomentumArm() throws ConfigException {
    Settings settings = Configuration.defaults().file(example("momentum.yaml")).settings();
    Settings arm = Experiments.named("momentum").orElseThrow().settings();
    assertEquals(arm.with(Setting.MOMENTUM, 0.8).with(Setting.LEARNING_RATE, 0.001), settings);
  }

  @Test
  void theCoursesFileWithTwoHiddenLayersIsTheStudysArm() throws ConfigException {
    Settings settings = Configuration.defaults().file(example("hidden-layers.yaml")).settings();
    Settings arm = Experiments.named("hidden-layers").orElseThrow().settings();
    assertEquals(arm.with(Setting.LEARNING_RATE, 0.005), settings);
  }

  @Test
  void theLinearExampleIsTheStudysLinearClassifier() throws ConfigException {
    Settings settings = Configuration.defaults().file(example("linear.yaml")).settings();
    assertEquals(Experiments.named("linear").orElseThrow().settings(), settings);
  }

  @Test
  void convolutionsAreListedOrNone() throws ConfigException {
    assertEquals(List.of(32, 64), read("convolutions: [32, 64]").value(Setting.CONVOLUTIONS));
    assertEquals(
        List.of(1, 2, 3, 4, 5), read("convolutions: [1, 2, 3, 4, 5]").value(Setting.CONVOLUTIONS));
    assertEquals(Settings.defaults(), read("convolutions: []"));
    // A course's file has no word for them, and leaves them alone.
    assertEquals(List.of(), read("layer_specs: [3072, 64, 10]").value(Setting.CONVOLUTIONS));
    assertEquals(
        List.of(8),
        read("convolutions: [8]", "layer_specs: [3072, 64, 10]").value(Setting.CONVOLUTIONS));
  }

  @Test
  void switchesOfTheCourseTurnTheirNumbersOff() throws ConfigException {
    Settings settings =
        read("momentum: False", "momentum_gamma: 0.9", "early_stop: False", "early_stop_epoch: 5");
    assertEquals(0.0, settings.value(Setting.MOMENTUM));
    assertEquals(0, settings.value(Setting.EARLY_STOP));
  }

  @ParameterizedTest
  @CsvSource({
    "'layer_specs: [3072, 64, 10]', CIFAR10, 64",
    "'layer_specs: [3072, 64, 20]', CIFAR100_COARSE, 64",
    "'layer_specs: [3072, 64, 100]', CIFAR100_FINE, 64"
  })
  void layerSpecsChooseTheImagesByTheirClasses(String line, ImageSet set, int width)
      throws ConfigException {
    Settings settings = read(line);
    assertEquals(set, settings.value(Setting.DATASET));
    assertEquals(List.of(width), settings.value(Setting.HIDDEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learning_rat: 1 | f.yaml:1:1: unknown key learning_rat (did you mean learning_rate?)",
        "momentum: 1 | f.yaml:1:1: momentum: expected a number of at least 0 and below 1, found 1",
        "momentum: 0.9999999999999 | momentum: expected a number of at least 0 and below 1",
        "momentum: 0.99999999 | momentum: expected a number of at least 0 and below 1",
        "learning_rate: 3.4028234663852886e38 | learning_rate: expected a number above 0",
        "momentum: nan | momentum: expected a number of at least 0 and below 1, found nan",
        "learning_rate: 1e999 | learning_rate: expected a number above 0, found 1e999",
        "learning_rate: 0 | learning_rate: expected a number above 0, found 0",
        "learning_rate_factor: 1.1 | expected a number above 0 and at most 1, found 1.1",
        "init_deviation: 0 | init_deviation: expected a number above 0, found 0",
        "loss_offset: 1 | loss_offset: expected a number of at least 0 and below 1, found 1",
        "epochs: 0 | epochs: expected a whole number of at least 1, found 0",
        "epochs: 1.5 | epochs: expected a whole number of at least 1, found 1.5",
        "epochs: [1, 2] | epochs: expected a whole number of at least 1, found [1, 2]",
        "activation: tan | activation: expected one of tanh, relu, sigmoid, found tan",
        "hidden: [128, 0] | hidden: expected widths of at least 1",
        "convolutions: [1, 2, 3, 4, 5, 6] | convolutions: expected up to 5 numbers of at least 1, such as [32, 64]; [] for none, found [1, 2, 3, 4, 5, 6]",
        "convolutions: [32, 0] | convolutions: expected up to 5 numbers of at least 1",
        "convolutions: [32, x] | convolutions: expected up to 5 numbers of at least 1",
        "convolutions: [3.5] | convolutions: expected up to 5 numbers of at least 1",
        "l2_in_loss: yes | l2_in_loss: expected true or false, found yes",
        "momentum: True | momentum: true: expected momentum_gamma beside it",
        "layer_specs: [784, 10] | layer_specs: expected [3072, hidden..., classes]",
        "layer_specs: [3072, 7] | layer_specs: expected [3072, hidden..., classes]",
        "layer_specs: 3072 | layer_specs: expected [3072, hidden..., classes]",
        "seed: x | seed: expected a whole number, found x",
        "batch_size: -1 | batch_size: expected a whole number of at least 0, or full, found -1"
      })
  void aWrongValueIsNamedWithItsPlaceAndWhatWasExpected(String line, String expected) {
    String problem = problem(line);
    assertTrue(problem.contains(expected), problem);
    assertTrue(problem.startsWith("f.yaml:1:1: "), problem);
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    String problem = problem("epochs: 0", "momentum: 2", "colour: red");
    assertTrue(problem.contains("f.yaml:1:1: epochs"), problem);
    assertTrue(problem.contains("f.yaml:2:1: momentum"), problem);
    assertTrue(problem.contains("f.yaml:3:1: unknown key colour"), problem);
  }

  @Test
  void classesOfLayerSpecsAndDatasetMustAgree() {
    String problem = problem("layer_specs: [3072, 64, 10]", "dataset: cifar100-fine");
    assertTrue(
        problem.contains("10 classes are of cifar10, and dataset is cifar100-fine"), problem);
  }

  @Test
  void aDatasetAgreesWithLayerSpecsInAnyCase() throws ConfigException {
    Settings settings = read("dataset: CIFAR10", "layer_specs: [3072, 64, 10]");
    assertEquals(ImageSet.CIFAR10, settings.value(Setting.DATASET));
  }

  @Test
  void aDecoupledPenaltyOfOneOrMoreWouldTurnWeightsRound() {
    String problem = problem("l2_penalty: 1", "l2_kind: decoupled");
    assertEquals(
        "f.yaml:1:1: l2_penalty: expected below 1 where l2_kind is decoupled, found 1", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden: [700000] | hidden | 3072 x 700000",
        "hidden: [8, 50000, 50000] | hidden | 50000 x 50000",
        "hidden: [22000000] | hidden | 22000000 x 100",
        "layer_specs: [3072, 700000, 20] | hidden | 3072 x 700000",
        "convolutions: [2147483647, 2147483647] | convolutions | 3 x 3 x 2147483647 x 2147483647",
        "convolutions: [3000000] | convolutions | 32 x 32 x 3000000",
        "convolutions: [2000000] | convolutions | 512000000 x 128"
      })
  void aLayerThatFitsNoArrayIsNamed(String line, String key, String found) {
    String problem = problem(line, line.startsWith("l") ? "" : "dataset: cifar100-fine");
    String expected =
        "f.yaml:1:1: "
            + key
            + ": expected layers of at most 2147483647 numbers, which fit one array, found "
            + found;
    assertTrue(problem.contains(expected), problem);
  }

  @Test
  void theLargestLayersThatFitAnArrayAreTaken() throws ConfigException {
    assertEquals(List.of(699050), read("hidden: [699050]").value(Setting.HIDDEN));
    assertEquals(
        List.of(2000000),
        read("convolutions: [2000000]", "hidden: [4]").value(Setting.CONVOLUTIONS));
  }

  @Test
  void aDecoupledPenaltyIsBelowOneAsAFloatToo() {
    String problem = problem("l2_penalty: 0.99999999", "l2_kind: decoupled");
    assertTrue(problem.contains("l2_penalty: expected below 1"), problem);
  }

  @ParameterizedTest
  @CsvSource({"0.12345678901234567", "0.9999999", "1e-300", "4.9e-324", "-0"})
  void aNumberIsWhatIsWrittenOfIt(String written) throws ConfigException {
    Settings settings = read("l2_penalty: " + written);
    String printed = Configuration.print(settings, Map.of());
    assertEquals(settings, Configuration.defaults().text("p.yaml", printed).settings());
  }

  @Test
  void aLaterOriginIsAboveAnEarlierOne() throws ConfigException {
    Configuration configuration =
        Configuration.defaults()
            .text("f.yaml", "epochs: 7\nmomentum: 0.5\n")
            .option(Setting.EPOCHS, "8", "--epochs")
            .set("epochs=9");
    assertEquals(9, configuration.settings().value(Setting.EPOCHS));
    assertEquals("--set", configuration.origin(Setting.EPOCHS));
    assertEquals("f.yaml:2:1", configuration.origin(Setting.MOMENTUM));
    assertEquals("default", configuration.origin(Setting.LOSS));
  }

  @Test
  void whatIsPrintedReadsBackEqual() throws ConfigException {
    Settings settings =
        Settings.defaults()
            .with(Setting.CONVOLUTIONS, List.of(32, 64))
            .with(Setting.HIDDEN, List.of())
            .with(Setting.BATCH_SIZE, 0)
            .with(Setting.LIMIT, 300)
            .with(Setting.EARLY_STOP, 0)
            .with(Setting.SEED, -3L)
            .with(Setting.L2_IN_LOSS, true)
            .with(Setting.INIT_DEVIATION, 1e-5)
            .with(Setting.TRAIN_METRICS, TrainMetrics.DURING_EPOCH);
    String printed = Configuration.print(settings, Map.of("epochs", "here"));
    assertEquals(settings, Configuration.defaults().text("p.yaml", printed).settings());
    assertTrue(printed.contains("# here"), printed);
    assertEquals(Setting.all().size(), printed.lines().count());
  }

  @Test
  void theNameOfAFileDoesNotBreakWhatIsPrinted() throws ConfigException {
    Configuration given =
        Configuration.defaults().text("a\nepochs: 3\r\u2028\u001b.yaml", "seed: 7");
    assertEquals(
        given.settings(), Configuration.defaults().text("p.yaml", given.print()).settings());
    assertTrue(given.print().contains("# a epochs: 3   .yaml:1:1\n"), given.print());
  }

  @Test
  void everyDefaultIsAValueThatCanBeWritten() {
    for (Setting<?> setting : Setting.all()) {
      String written = setting.inWords(Settings.defaults());
      assertTrue(setting.matches(Settings.defaults(), written), setting + ": " + written);
    }
  }

  @Test
  void setNeedsAnEqualsSignAndAKnownKey() {
    Configuration configuration = Configuration.defaults().set("epochs").set("epoch=3");
    String problem =
        String.valueOf(assertThrows(ConfigException.class, configuration::settings).getMessage());
    assertTrue(problem.contains("--set: expected KEY=VALUE, found epochs"), problem);
    assertTrue(problem.contains("unknown key epoch (did you mean epochs?)"), problem);
  }

  @Test
  void aFileThatIsMissingOrNoTextIsNamed(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("none.yaml");
    ConfigException failure =
        assertThrows(
            ConfigException.class, () -> Configuration.defaults().file(missing).settings());
    assertTrue(String.valueOf(failure.getMessage()).contains("none.yaml: cannot be read: no such"));
    Path binary = folder.resolve("binary.yaml");
    Files.write(binary, new byte[] {(byte) 0xC3, 0x28});
    ConfigException problem =
        assertThrows(ConfigException.class, () -> Configuration.defaults().file(binary).settings());
    assertTrue(String.valueOf(problem.getMessage()).contains("not UTF-8"));
  }

  @Test
  void aFileThatMayNotBeReadSaysSo(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), "epochs: 3\n");
    assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads all files");
    assertEquals(
        List.of(file + ": cannot be read: permission denied"),
        Configuration.defaults().file(file).problems());
  }
}
