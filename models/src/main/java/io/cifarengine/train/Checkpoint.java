// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.files.Safetensors;
import io.cifarengine.files.StoredTensor;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a training stands between two updates, or what it came to: a safetensors file with
 *
 * <pre>
 * 1.weight, 1.bias, ...      the weights
 * optimizer.velocity....     what the optimizer holds
 * best.1.weight, ...         the weights of the best epoch so far
 * history.metrics            (epochs, 5): train loss, train accuracy, validation loss,
 *                            validation accuracy, seconds
 * history.digests            (epochs, 32): SHA-256 of the weights after each epoch
 * history.update_losses      the loss of every update
 * </pre>
 *
 * and counters as texts. A training that is put back goes on bit for bit as if it had never stopped.
 */
public final class Checkpoint {
  private static final String OPTIMIZER = "optimizer.";
  private static final String BEST = "best.";
  private static final String METRICS = "history.metrics";
  private static final String DIGESTS = "history.digests";
  private static final String UPDATE_LOSSES = "history.update_losses";
  private static final int COLUMNS = 5;
  private static final int DIGEST_BYTES = 32;

  private static final String OWN = "training.";
  private static final String FIRST_EPOCH = OWN + "first_epoch";
  private static final String PATIENCE = OWN + "patience";
  private static final String TRAIN_EXAMPLES = OWN + "train_examples";
  private static final String VALIDATION_EXAMPLES = OWN + "validation_examples";
  private static final String UPDATES_OF_EPOCH = OWN + "updates_of_epoch";
  private static final String LOSS_SUM = OWN + "loss_sum";
  private static final String CORRECT = OWN + "correct";
  private static final String EXAMPLES = OWN + "examples";
  private static final String EPOCH_NANOS = OWN + "epoch_nanos";
  private static final String DIVERGED = OWN + "diverged";

  private final Path file;
  private final Safetensors content;

  private Checkpoint(Path file, Safetensors content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Writes everything that decides how a training goes on.
   *
   * @param texts what the caller wants to know again, under keys that do not begin with "training."
   * @throws IllegalArgumentException where the training is not {@linkplain Trainer#isFinite finite}
   */
  public static void save(Path file, Trainer trainer, Map<String, String> texts)
      throws IOException {
    Map<String, StoredTensor> tensors = weights(trainer);
    trainer
        .optimizer()
        .state()
        .forEach((name, tensor) -> tensors.put(OPTIMIZER + name, StoredTensor.of(tensor)));
    trainer
        .best()
        .tensors()
        .forEach((name, tensor) -> tensors.put(BEST + name, StoredTensor.of(tensor)));
    write(file, trainer, tensors, texts);
  }

  /**
   * Writes the weights as they are and what was measured: what is left of a training that is over.
   *
   * @param tensors what the caller wants to know again, behind the weights
   */
  public static void saveResult(
      Path file, Trainer trainer, Map<String, StoredTensor> tensors, Map<String, String> texts)
      throws IOException {
    boolean finite = trainer.network().weightsAreFinite();
    Map<String, StoredTensor> all = finite ? weights(trainer) : new LinkedHashMap<>();
    all.putAll(tensors);
    write(file, trainer, all, texts);
  }

  private static Map<String, StoredTensor> weights(Trainer trainer) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : trainer.network().parameters()) {
      tensors.put(parameter.name(), StoredTensor.of(parameter.value()));
    }
    return tensors;
  }

  private static void write(
      Path file, Trainer trainer, Map<String, StoredTensor> tensors, Map<String, String> texts)
      throws IOException {
    TrainingProgress progress = trainer.progress();
    int epochs = progress.reports.size();
    double[] metrics = new double[epochs * COLUMNS];
    byte[] digests = new byte[epochs * DIGEST_BYTES];
    for (int i = 0; i < epochs; i++) {
      EpochReport report = progress.reports.get(i);
      int at = i * COLUMNS;
      metrics[at] = report.train().loss();
      metrics[at + 1] = report.train().accuracy();
      metrics[at + 2] = report.validation().loss();
      metrics[at + 3] = report.validation().accuracy();
      metrics[at + 4] = report.seconds();
      byte[] digest = HexFormat.of().parseHex(report.digest());
      System.arraycopy(digest, 0, digests, i * DIGEST_BYTES, DIGEST_BYTES);
    }
    tensors.put(METRICS, StoredTensor.of(metrics, Shape.of(epochs, COLUMNS)));
    tensors.put(DIGESTS, StoredTensor.of(digests, Shape.of(epochs, DIGEST_BYTES)));
    double[] losses = Arrays.copyOf(progress.losses, progress.updates);
    tensors.put(UPDATE_LOSSES, StoredTensor.of(losses, Shape.of(losses.length)));

    Map<String, String> all = new LinkedHashMap<>(texts);
    all.put(FIRST_EPOCH, Integer.toString(trainer.plan().firstEpoch()));
    all.put(PATIENCE, Integer.toString(trainer.plan().patience()));
    all.put(TRAIN_EXAMPLES, Integer.toString(trainer.trainExamples()));
    all.put(VALIDATION_EXAMPLES, Integer.toString(trainer.validationExamples()));
    all.put(UPDATES_OF_EPOCH, Integer.toString(progress.updatesOfEpoch));
    all.put(LOSS_SUM, Double.toHexString(progress.lossSum));
    all.put(CORRECT, Integer.toString(progress.correct));
    all.put(EXAMPLES, Integer.toString(progress.examples));
    all.put(EPOCH_NANOS, Long.toString(progress.epochNanos));
    all.put(DIVERGED, Boolean.toString(progress.diverged));
    new Safetensors(tensors, all).write(file);
  }

  /**
   * Reads what {@link #save} or {@link #saveResult} wrote.
   *
   * @throws UnreadableFileException where the file is missing, damaged or no checkpoint
   */
  public static Checkpoint read(Path file) throws IOException {
    Checkpoint checkpoint = new Checkpoint(file, Safetensors.read(file));
    checkpoint.tensor(METRICS, StoredTensor.Type.F64);
    checkpoint.tensor(DIGESTS, StoredTensor.Type.U8);
    checkpoint.tensor(UPDATE_LOSSES, StoredTensor.Type.F64);
    checkpoint.text(UPDATES_OF_EPOCH);
    return checkpoint;
  }

  /** What its writer wanted to know again, and the counters. */
  public Map<String, String> texts() {
    return content.metadata();
  }

  /** The tensors of the file. */
  public Map<String, StoredTensor> tensors() {
    return content.tensors();
  }

  /** What the training had come to. */
  public TrainingResult result() throws IOException {
    List<EpochReport> reports = reports();
    EarlyStopping stopping = new EarlyStopping((int) number(PATIENCE, Integer.MAX_VALUE));
    EarlyStopping replayed = replay(stopping, reports);
    double[] losses = tensor(UPDATE_LOSSES, StoredTensor.Type.F64).doubles();
    return new TrainingResult(
        reports,
        replayed.bestEpoch(),
        replayed.stoppedEpoch(),
        flag(DIVERGED),
        Arrays.stream(losses).boxed().toList());
  }

  /** Early stopping has no state but what the validation losses say. */
  static EarlyStopping replay(EarlyStopping stopping, List<EpochReport> reports) {
    for (EpochReport report : reports) {
      boolean unused = stopping.isBest(report.epoch(), report.validation().loss());
    }
    return stopping;
  }

  /**
   * Puts a trainer where this was saved.
   *
   * @throws UnreadableFileException where it is of another model, plan or number of examples; the
   *     trainer is unchanged then
   */
  public void restore(Trainer trainer) throws IOException {
    requireSame(FIRST_EPOCH, trainer.plan().firstEpoch());
    requireSame(PATIENCE, trainer.plan().patience());
    requireSame(TRAIN_EXAMPLES, trainer.trainExamples());
    requireSame(VALIDATION_EXAMPLES, trainer.validationExamples());
    Map<String, Tensor> targets = new LinkedHashMap<>();
    for (Parameter parameter : trainer.network().parameters()) {
      targets.put(parameter.name(), parameter.value());
    }
    trainer.optimizer().state().forEach((name, tensor) -> targets.put(OPTIMIZER + name, tensor));
    trainer.best().tensors().forEach((name, tensor) -> targets.put(BEST + name, tensor));
    List<Map.Entry<StoredTensor, Tensor>> copies = new ArrayList<>();
    for (Map.Entry<String, Tensor> target : targets.entrySet()) {
      StoredTensor stored = tensor(target.getKey(), StoredTensor.Type.F32);
      if (!stored.shape().equals(target.getValue().shape())) {
        throw wrong(target.getKey(), target.getValue().shape(), stored.shape());
      }
      copies.add(Map.entry(stored, target.getValue()));
    }
    List<EpochReport> reports = reports();
    int updatesPerEpoch = trainer.updatesPerEpoch();
    if (reports.size() > trainer.plan().epochs()) {
      throw wrong(METRICS, "at most " + trainer.plan().epochs() + " epochs", reports.size());
    }
    int updatesOfEpoch = (int) number(UPDATES_OF_EPOCH, updatesPerEpoch);
    double[] losses = tensor(UPDATE_LOSSES, StoredTensor.Type.F64).doubles();
    long updates = (long) reports.size() * updatesPerEpoch + updatesOfEpoch;
    long most = (long) trainer.plan().epochs() * updatesPerEpoch;
    if (updates > most) {
      throw wrong(UPDATE_LOSSES, "at most " + most + " updates", updates);
    }
    if (losses.length != updates) {
      throw wrong(UPDATE_LOSSES, "the losses of " + updates + " updates", losses.length);
    }
    double lossSum = finiteNumber(LOSS_SUM);
    int correct = (int) number(CORRECT, trainer.trainExamples());
    int examples = (int) number(EXAMPLES, trainer.trainExamples());
    long epochNanos = number(EPOCH_NANOS, Long.MAX_VALUE);
    boolean diverged = flag(DIVERGED);

    // Nothing can fail from here on.
    for (Map.Entry<StoredTensor, Tensor> copy : copies) {
      float[] from = copy.getKey().tensor().data();
      System.arraycopy(from, 0, copy.getValue().data(), 0, from.length);
    }
    TrainingProgress progress = trainer.progress();
    progress.reports.clear();
    progress.reports.addAll(reports);
    progress.losses = losses;
    progress.updates = losses.length;
    progress.updatesOfEpoch = updatesOfEpoch;
    progress.lossSum = lossSum;
    progress.correct = correct;
    progress.examples = examples;
    progress.epochNanos = epochNanos;
    progress.diverged = diverged;
    trainer.resume();
  }

  /**
   * Puts the weights alone into a network of the same layers.
   *
   * @throws UnreadableFileException where they are of other layers; the network is unchanged then
   */
  public void restoreWeights(Network network) throws IOException {
    List<StoredTensor> weights = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      StoredTensor stored = tensor(parameter.name(), StoredTensor.Type.F32);
      if (!stored.shape().equals(parameter.value().shape())) {
        throw wrong(parameter.name(), parameter.value().shape(), stored.shape());
      }
      weights.add(stored);
    }
    for (int i = 0; i < weights.size(); i++) {
      float[] from = weights.get(i).tensor().data();
      System.arraycopy(from, 0, network.parameters().get(i).value().data(), 0, from.length);
    }
  }

  private void requireSame(String key, int expected) throws IOException {
    long found = number(key, Integer.MAX_VALUE);
    if (found != expected) {
      throw wrong(key, expected, found);
    }
  }

  private List<EpochReport> reports() throws IOException {
    double[] metrics = tensor(METRICS, StoredTensor.Type.F64).doubles();
    byte[] digests = tensor(DIGESTS, StoredTensor.Type.U8).bytes();
    int epochs = metrics.length / COLUMNS;
    if (epochs * COLUMNS != metrics.length || epochs * DIGEST_BYTES != digests.length) {
      throw wrong(DIGESTS, epochs * DIGEST_BYTES + " bytes", digests.length);
    }
    int firstEpoch = (int) number(FIRST_EPOCH, Integer.MAX_VALUE);
    int trainExamples = (int) number(TRAIN_EXAMPLES, Integer.MAX_VALUE);
    int validationExamples = (int) number(VALIDATION_EXAMPLES, Integer.MAX_VALUE);
    List<EpochReport> reports = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      int at = i * COLUMNS;
      int digest = i * DIGEST_BYTES;
      reports.add(
          new EpochReport(
              firstEpoch + i,
              new Evaluation(metrics[at], metrics[at + 1], trainExamples),
              new Evaluation(metrics[at + 2], metrics[at + 3], validationExamples),
              metrics[at + 4],
              HexFormat.of().formatHex(digests, digest, digest + DIGEST_BYTES)));
    }
    return List.copyOf(reports);
  }

  private StoredTensor tensor(String name, StoredTensor.Type type) throws IOException {
    StoredTensor tensor = content.tensors().get(name);
    if (tensor == null || tensor.type() != type) {
      throw wrong(name, "a tensor of " + type, tensor == null ? "none" : tensor);
    }
    return tensor;
  }

  private String text(String key) throws IOException {
    String text = content.metadata().get(key);
    if (text == null) {
      throw wrong(key, "a text", "none");
    }
    return text;
  }

  /** A count, from 0 to the most that it can be. */
  private long number(String key, long most) throws IOException {
    String text = text(key);
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // no number: as wrong as one that is too large
    }
    throw wrong(key, "a whole number from 0 to " + most, text);
  }

  private double finiteNumber(String key) throws IOException {
    String text = text(key);
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // no number: as wrong as one that is not finite
    }
    throw wrong(key, "a finite number", text);
  }

  private boolean flag(String key) throws IOException {
    String text = text(key);
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(key, "true or false", text);
    }
    return text.equals("true");
  }

  private IOException wrong(String name, Object expected, Object found) {
    return new UnreadableFileException(
        file,
        "not a checkpoint of this training: "
            + name
            + " (expected "
            + expected
            + ", found "
            + found
            + ")",
        "Start a new run");
  }
}
