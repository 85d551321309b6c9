// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.TestResult;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.files.Json;
import io.cifarengine.files.JsonObject;
import io.cifarengine.files.Safetensors;
import io.cifarengine.files.StoredTensor;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.tensor.Shape;
import io.cifarengine.train.Checkpoint;
import io.cifarengine.train.ConfusionMatrix;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Evaluation;
import io.cifarengine.train.ModelFile;
import io.cifarengine.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one trial: its checkpoint while it trains, its result, its model. Each says which trial,
 * settings, images and numerics it is of, and is refused for any others.
 */
final class TrialFile {
  private static final String TRIAL = "trial";
  private static final String NUMERICS = "numerics";
  private static final String SETTINGS = "settings";
  private static final String DATA = "data_sha256";
  private static final String TAKEN_FROM = "taken_from";
  private static final String CLASS_NAMES = "class_names";
  private static final String TEST_LOSS = "test_loss";
  private static final String CONFUSION = "test.confusion";

  private TrialFile() {}

  /** What a checkpoint of a trial says of itself. */
  static Map<String, String> texts(Trial trial, SplitData data) {
    Map<String, String> texts = identity(trial);
    texts.put(DATA, data.digest());
    return texts;
  }

  private static Map<String, String> identity(Trial trial) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(TRIAL, Integer.toString(trial.number()));
    texts.put(NUMERICS, Integer.toString(Engine.NUMERICS));
    texts.put(SETTINGS, Json.compact(trial.settings().inWords()));
    return texts;
  }

  /** The last checkpoint of a trial that is not finished, where it has one. */
  static Optional<Checkpoint> last(RunDirectory run, Trial trial) throws IOException {
    Path file = run.lastCheckpoint(trial.number());
    return Files.exists(file) ? Optional.of(Checkpoint.read(file)) : Optional.empty();
  }

  /** Refuses a checkpoint that is not of this trial on these images. */
  static void require(Path file, Checkpoint checkpoint, Trial trial, SplitData data)
      throws IOException {
    require(file, checkpoint, texts(trial, data));
  }

  private static void require(Path file, Checkpoint checkpoint, Map<String, String> expected)
      throws IOException {
    Map<String, String> found = found(file, checkpoint);
    for (Map.Entry<String, String> text : expected.entrySet()) {
      requireSame(file, text.getKey(), text.getValue(), found.getOrDefault(text.getKey(), "none"));
    }
  }

  private static void requireSame(Path file, String key, String expected, String found)
      throws UnreadableFileException {
    if (!found.equals(expected)) {
      throw new UnreadableFileException(
          file,
          "its " + key + " is another one (expected " + expected + ", found " + found + ")",
          "Run it with the configuration, the images and the version that it was made with");
    }
  }

  /** What a file says of itself, with all settings that there are now. */
  private static Map<String, String> found(Path file, Checkpoint checkpoint) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>(checkpoint.texts());
    texts.put(SETTINGS, Json.compact(settings(file, checkpoint)));
    return texts;
  }

  /** Writes what a trial came to; the trainer's network holds the weights that count. */
  static void write(Path file, TrialResult result, SplitData data, Trainer trainer)
      throws IOException {
    Map<String, String> texts = texts(result.trial(), data);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    if (result.test().isPresent()) {
      TestResult test = result.test().get();
      texts.put(TEST_LOSS, Double.toHexString(test.loss()));
      texts.put(CLASS_NAMES, Json.compact(test.confusion().classNames()));
      tensors.put(CONFUSION, counts(test.confusion()));
    }
    Checkpoint.saveResult(file, trainer, tensors, texts);
  }

  private static StoredTensor counts(ConfusionMatrix confusion) {
    int n = confusion.classes();
    long[] counts = new long[n * n];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = confusion.count(i / n, i % n);
    }
    return StoredTensor.of(counts, Shape.of(n, n));
  }

  /** The SHA-256 of the images that a finished trial was trained, validated and tested on. */
  static String dataDigest(Path file) throws IOException {
    return Checkpoint.read(file).texts().getOrDefault(DATA, "none");
  }

  /** Reads what a trial came to. */
  static Finished read(Path file, Trial trial) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(file);
    require(file, checkpoint, identity(trial));
    return new Finished(
        file,
        new TrialResult(trial, checkpoint.result(), test(file, checkpoint)),
        checkpoint.texts().getOrDefault(DATA, "none"),
        Optional.ofNullable(checkpoint.texts().get(TAKEN_FROM)));
  }

  /**
   * A finished trial.
   *
   * @param data SHA-256 of the images that it was trained, validated and tested on
   * @param takenFrom the run that it was taken over from; empty where it was trained
   */
  record Finished(Path file, TrialResult result, String data, Optional<String> takenFrom) {
    /** Refuses other images than its own. */
    void requireImages(SplitData images) throws UnreadableFileException {
      requireSame(file, DATA, images.digest(), data);
    }
  }

  /** Reads what there is of a trial, whatever settings, images and numerics it is of. */
  static TrialRecord record(
      Path file, Checkpoint checkpoint, Trial trial, TrialRecord.Progress progress)
      throws IOException {
    return new TrialRecord(
        trial,
        progress,
        Optional.of(checkpoint.result()),
        test(file, checkpoint),
        settings(file, checkpoint),
        checkpoint.texts().getOrDefault(DATA, "none"),
        checkpoint.texts().getOrDefault(NUMERICS, "none"));
  }

  /** Its settings as they are written; one that came with a later version has its default. */
  private static Map<String, String> settings(Path file, Checkpoint checkpoint) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(Settings.defaults().inWords());
    String text = checkpoint.texts().getOrDefault(SETTINGS, "{}");
    JsonObject json = JsonObject.read(file + ": " + SETTINGS, text);
    for (String key : json.keys()) {
      settings.put(key, json.text(key));
    }
    return settings;
  }

  /**
   * What the file of another run's trial holds, where it is of the same settings, images and numerics
   * and was tested; else empty. The network gets the weights that count.
   *
   * @throws UnreadableFileException where the file is missing, damaged or no trial's
   */
  static Optional<TakenFile> taken(Path file, Trial trial, SplitData data, Network network)
      throws IOException {
    Checkpoint checkpoint = Checkpoint.read(file);
    Map<String, String> same = texts(trial, data);
    same.remove(TRIAL);
    if (!found(file, checkpoint).entrySet().containsAll(same.entrySet())) {
      return Optional.empty();
    }
    TrialResult result = new TrialResult(trial, checkpoint.result(), test(file, checkpoint));
    Optional<EpochReport> chosen = result.training().chosen();
    if (result.test().isEmpty() || chosen.isEmpty()) {
      return Optional.empty();
    }
    checkpoint.restoreWeights(network);
    return WeightDigest.of(network).equals(chosen.get().digest())
        ? Optional.of(new TakenFile(checkpoint, result))
        : Optional.empty();
  }

  /** What was read of a trial of another run. */
  record TakenFile(Checkpoint checkpoint, TrialResult result) {
    /** Writes it as this run's trial, which says where it is from. */
    void write(Path file, String from) throws IOException {
      Map<String, String> texts = new LinkedHashMap<>(checkpoint.texts());
      texts.put(TRIAL, Integer.toString(result.trial().number()));
      texts.put(TAKEN_FROM, from);
      new Safetensors(checkpoint.tensors(), texts).write(file);
    }
  }

  private static Optional<TestResult> test(Path file, Checkpoint checkpoint) throws IOException {
    StoredTensor stored = checkpoint.tensors().get(CONFUSION);
    String loss = checkpoint.texts().get(TEST_LOSS);
    String names = checkpoint.texts().get(CLASS_NAMES);
    if (stored == null || loss == null || names == null) {
      return Optional.empty();
    }
    List<String> classes =
        JsonObject.read(file.toString(), "{\"" + CLASS_NAMES + "\":" + names + "}")
            .texts(CLASS_NAMES);
    try {
      ConfusionMatrix confusion = ConfusionMatrix.of(classes, stored.longs());
      return Optional.of(
          new TestResult(
              new Evaluation(Double.parseDouble(loss), confusion.accuracy(), confusion.examples()),
              confusion));
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw new UnreadableFileException(
          file, "its test result is damaged: " + e.getMessage(), "Train this trial again");
    }
  }

  /** Writes the model alone, for whoever wants to use it. */
  static void writeModel(Path file, TrialResult result, SplitData data, Network network)
      throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("dataset", result.trial().settings().value(Setting.DATASET).toString());
    texts.put(SETTINGS, Json.compact(result.trial().settings().inWords()));
    texts.put(DATA, data.digest());
    ModelFile.of(network, data.train().classNames(), data.train().normalization(), texts)
        .save(file);
  }
}
