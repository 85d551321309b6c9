// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.files.Safetensors;
import io.cifarengine.files.StoredTensor;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.optim.LearningRate;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that stops and goes on is the training that never stopped, bit for bit. */
class CheckpointTest {
  private static final Engine ENGINE = Engine.withThreads(2);
  private static final int UPDATES = 40;

  @TempDir private Path dir = Path.of("");
  private Path file = Path.of("");

  /** Four epochs of ten updates, the last of 11 examples; or 40 full batches in two blocks. */
  private enum Run {
    AFTER_EPOCH(155, 16, 4, 1, true, TrainMetrics.AFTER_EPOCH),
    DURING_EPOCH(155, 16, 4, 1, true, TrainMetrics.DURING_EPOCH),
    FIXED_ORDER(155, 16, 4, 1, false, TrainMetrics.DURING_EPOCH),
    FULL_BATCH(520, TrainingPlan.FULL_BATCH, 40, 3, false, TrainMetrics.DURING_EPOCH);

    private final int examples;
    private final int batchSize;
    private final int epochs;
    private final int patience;
    private final boolean shuffled;
    private final TrainMetrics metrics;

    Run(
        int examples,
        int batchSize,
        int epochs,
        int patience,
        boolean shuffled,
        TrainMetrics metrics) {
      this.examples = examples;
      this.batchSize = batchSize;
      this.epochs = epochs;
      this.patience = patience;
      this.shuffled = shuffled;
      this.metrics = metrics;
    }

    TrainingPlan plan() {
      LearningRate byEpoch = LearningRate.exponential(0.8, 0.97);
      LearningRate byStep = LearningRate.inverseTime(1, 0.001);
      return new TrainingPlan(
          epochs,
          0,
          batchSize,
          (epoch, step) -> byEpoch.at(epoch, step) * byStep.at(epoch, step),
          shuffled ? Optional.of(Randoms.seeded(5)) : Optional.empty(),
          patience,
          Penalty.l2(1e-3, parameter -> true),
          metrics);
    }

    /** Labels are noise, so the validation loss soon rises. */
    Trainer trainer(TrainingPlan plan) {
      return CheckpointTest.trainer(7, examples, plan);
    }

    Trainer trainer() {
      return trainer(plan());
    }
  }

  private static Trainer trainer(int hidden, int examples, TrainingPlan plan) {
    return trainer(
        Shape.of(2, 3),
        examples,
        plan,
        Layers.flatten(),
        Layers.linear(hidden),
        Layers.tanh(),
        Layers.linear(4));
  }

  private static Trainer trainer(
      Shape shape, int examples, TrainingPlan plan, LayerFactory... layers) {
    FloatExamples train = FloatExamples.noise(1, examples, shape, 4);
    FloatExamples validation = FloatExamples.noise(2, 30, shape, 4);
    Network network = Network.build(ENGINE, shape, Randoms.seeded(3), layers);
    return new Trainer(
        network,
        Sgd.over(network).momentum(0.5f).weightDecay(1e-4f),
        new SoftmaxCrossEntropy(ENGINE),
        train,
        validation,
        plan);
  }

  @BeforeEach
  void nameTheFile() {
    file = dir.resolve("last.safetensors");
  }

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  /** Advances by so many updates. */
  private static Trainer advanced(Trainer trainer, int updates) {
    for (int i = 0; i < updates; i++) {
      assertFalse(trainer.isDone(), "it must not end before update " + updates);
      trainer.advance(TrainingListener.none());
    }
    return trainer;
  }

  private static Trainer saved(Path file, Trainer trainer) throws IOException {
    Checkpoint.save(file, trainer, Map.of("who", "a test"));
    return trainer;
  }

  private static void assertSame(TrainingResult expected, TrainingResult found, String where) {
    assertEquals(withoutSeconds(expected), withoutSeconds(found), where);
    assertEquals(expected.bestEpoch(), found.bestEpoch(), where);
    assertEquals(expected.stoppedEpoch(), found.stoppedEpoch(), where);
    assertEquals(expected.diverged(), found.diverged(), where);
    assertEquals(expected.updateLosses(), found.updateLosses(), where);
  }

  private static List<EpochReport> withoutSeconds(TrainingResult result) {
    return result.epochs().stream()
        .map(r -> new EpochReport(r.epoch(), r.train(), r.validation(), 0, r.digest()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Run.class)
  void stoppedAtAnyUpdateItComesToTheSame(Run run) throws IOException {
    Trainer whole = run.trainer();
    TrainingResult expected = whole.fit(TrainingListener.none());
    String digest = WeightDigest.of(whole.network());
    assertEquals(UPDATES, expected.updateLosses().size());
    assertTrue(expected.stoppedEpoch().isPresent(), "early stopping has to fire for this test");
    assertTrue(expected.stoppedEpoch().getAsInt() < run.epochs - 1, "and not in the last epoch");
    for (int stop = 0; stop <= UPDATES; stop++) {
      String where = run + ", stopped behind update " + stop;
      saved(file, advanced(run.trainer(), stop));
      Trainer anew = run.trainer();
      Checkpoint.read(file).restore(anew);
      assertEquals(stop, anew.updates(), where);
      assertEquals(stop == UPDATES, anew.isDone(), where);
      assertSame(expected, anew.fit(TrainingListener.none()), where);
      assertEquals(digest, WeightDigest.of(anew.network()), where);
    }
  }

  @Test
  void aConvolutionalTrainingComesToTheSameTooAtAnyUpdate() throws IOException {
    Trainer whole = convolutional();
    TrainingResult expected = whole.fit(TrainingListener.none());
    String digest = WeightDigest.of(whole.network());
    int updates = whole.updates();
    assertEquals(2 * 4, updates);
    for (int stop = 0; stop <= updates; stop++) {
      saved(file, advanced(convolutional(), stop));
      Trainer anew = convolutional();
      Checkpoint.read(file).restore(anew);
      assertSame(expected, anew.fit(TrainingListener.none()), "stopped behind update " + stop);
      assertEquals(digest, WeightDigest.of(anew.network()), "stopped behind update " + stop);
    }
  }

  private static Trainer convolutional() {
    return trainer(
        Shape.of(8, 8, 2),
        30,
        with(Run.DURING_EPOCH.plan().withPatience(0), 2, 1, 8),
        Layers.conv(6, 3).same(),
        Layers.maxPool(2),
        Layers.conv(5, 3).stride(2).padding(1),
        Layers.relu(),
        Layers.maxPool(2, 1),
        Layers.flatten(),
        Layers.linear(4));
  }

  @Test
  void aTrainerThatHasTrainedAlreadyIsPutBackToo() throws IOException {
    Run run = Run.DURING_EPOCH;
    TrainingResult expected = run.trainer().fit(TrainingListener.none());
    saved(file, advanced(run.trainer(), 13));
    Trainer used = advanced(run.trainer(), 37);
    Checkpoint.read(file).restore(used);
    assertSame(expected, used.fit(TrainingListener.none()), "from update 37 back to 13");
  }

  @Test
  void savingTwiceGivesEqualBytesAndChangesNothing() throws IOException {
    Run run = Run.AFTER_EPOCH;
    TrainingResult expected = run.trainer().fit(TrainingListener.none());
    Trainer trainer = saved(file, advanced(run.trainer(), 7));
    byte[] first = Files.readAllBytes(file);
    saved(file, trainer);
    assertArrayEquals(first, Files.readAllBytes(file));
    assertSame(expected, trainer.fit(TrainingListener.none()), "saved at update 7");
  }

  @Test
  void aCheckpointTellsWhatTheTrainingHadComeToAndWhatItsWriterWrote() throws IOException {
    Trainer trainer = saved(file, advanced(Run.AFTER_EPOCH.trainer(), 33));
    Checkpoint checkpoint = Checkpoint.read(file);
    assertEquals("a test", checkpoint.texts().get("who"));
    TrainingResult result = checkpoint.result();
    assertSame(trainer.result(), result, "behind update 33");
    assertEquals(trainer.epochs(), result.epochs(), "seconds too");
  }

  @Test
  void aResultKeepsTheWeightsThatCountAndWhatTheCallerAdds() throws IOException {
    Trainer trainer = Run.AFTER_EPOCH.trainer();
    TrainingResult result = trainer.fit(TrainingListener.none());
    StoredTensor added = StoredTensor.of(new long[] {1, 2}, Shape.of(2));
    Checkpoint.saveResult(file, trainer, Map.of("added", added), Map.of("key", "value"));
    Checkpoint read = Checkpoint.read(file);
    assertSame(result, read.result(), "a result");
    assertEquals("value", read.texts().get("key"));
    assertArrayEquals(new long[] {1, 2}, stored(read.tensors(), "added").longs());
    assertArrayEquals(
        trainer.network().parameters().get(0).value().data(),
        stored(read.tensors(), "1.weight").tensor().data());
    String message =
        String.valueOf(
            assertThrows(
                    UnreadableFileException.class, () -> read.restore(Run.AFTER_EPOCH.trainer()))
                .getMessage());
    assertTrue(message.contains("optimizer.velocity.1.weight"), message);
  }

  @Test
  void weightsOrVelocitiesThatAreNoNumbersAreNeverSaved() throws IOException {
    saved(file, advanced(Run.AFTER_EPOCH.trainer(), 3));
    byte[] before = Files.readAllBytes(file);
    for (int which = 0; which < 2; which++) {
      Trainer trainer = advanced(Run.AFTER_EPOCH.trainer(), 5);
      assertTrue(trainer.isFinite());
      Tensor broken =
          which == 0
              ? trainer.network().parameters().get(2).value()
              : trainer.optimizer().state().values().iterator().next();
      broken.data()[1] = which == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
      assertFalse(trainer.isFinite());
      assertThrows(IllegalArgumentException.class, () -> saved(file, trainer));
      assertArrayEquals(before, Files.readAllBytes(file), "the last good one stays");
    }
    Trainer broken = advanced(Run.AFTER_EPOCH.trainer(), 15);
    broken.network().parameters().get(0).value().data()[0] = Float.NaN;
    assertTrue(broken.fit(TrainingListener.none()).diverged());
    Checkpoint.saveResult(file, broken, Map.of(), Map.of());
    Checkpoint read = Checkpoint.read(file);
    assertFalse(read.tensors().containsKey("1.weight"), "a result without weights that count");
    assertSame(broken.result(), read.result(), "a divergence");
  }

  @Test
  void aTrainingThatDivergedIsOverWhenItIsPutBack() throws IOException {
    Trainer trainer = advanced(Run.AFTER_EPOCH.trainer(), 12);
    FloatExamples bad = FloatExamples.noise(1, 155, Shape.of(2, 3), 4);
    Arrays.fill(bad.examples().data(), Float.NaN);
    Trainer onBad =
        new Trainer(
            trainer.network(),
            trainer.optimizer(),
            new SoftmaxCrossEntropy(ENGINE),
            bad,
            FloatExamples.noise(2, 30, Shape.of(2, 3), 4),
            Run.AFTER_EPOCH.plan());
    assertFalse(onBad.advance(TrainingListener.none()));
    saved(file, onBad);
    Trainer anew = Run.AFTER_EPOCH.trainer();
    Checkpoint.read(file).restore(anew);
    assertTrue(anew.isDone());
    assertTrue(anew.result().diverged());
    assertEquals(WeightDigest.of(trainer.network()), WeightDigest.of(anew.network()));
  }

  @Test
  void anotherModelsOrPlansCheckpointIsRefusedAndChangesNothing() throws IOException {
    Run run = Run.AFTER_EPOCH;
    TrainingPlan plan = run.plan();
    saved(file, advanced(run.trainer(), 35));
    assertRefused(trainer(8, 155, plan), "1.weight (expected [6, 8], found [6, 7])");
    assertRefused(run.trainer(plan.withPatience(2)), "training.patience (expected 2, found 1)");
    assertRefused(trainer(7, 150, plan), "training.train_examples (expected 150, found 155)");
    assertRefused(
        run.trainer(with(plan, 2, 0, 16)), "history.metrics (expected at most 2 epochs, found 3)");
    assertRefused(
        run.trainer(with(plan, 3, 0, 16)),
        "history.update_losses (expected at most 30 updates, found 35)");
    assertRefused(run.trainer(with(plan, 4, 1, 16)), "training.first_epoch (expected 1, found 0)");
    assertRefused(
        run.trainer(with(plan, 4, 0, 20)),
        "history.update_losses (expected the losses of 29 updates, found 35)");
    saved(file, advanced(run.trainer(), 9));
    assertRefused(
        run.trainer(with(plan, 4, 0, 31)),
        "training.updates_of_epoch (expected a whole number from 0 to 5, found 9)");
  }

  private static TrainingPlan with(TrainingPlan plan, int epochs, int firstEpoch, int batchSize) {
    return new TrainingPlan(
        epochs,
        firstEpoch,
        batchSize,
        plan.learningRate(),
        plan.shuffle(),
        plan.patience(),
        plan.penalty(),
        plan.trainMetrics());
  }

  /** One line that names the file and what is wrong; the trainer goes on as if nothing had been. */
  private void assertRefused(Trainer trainer, String problem) throws IOException {
    TrainingPlan plan = trainer.plan();
    String before = WeightDigest.of(trainer.network());
    Checkpoint checkpoint = Checkpoint.read(file);
    String message =
        String.valueOf(
            assertThrows(UnreadableFileException.class, () -> checkpoint.restore(trainer))
                .getMessage());
    assertTrue(message.startsWith(file + ": not a checkpoint of this training: "), message);
    assertTrue(message.contains(problem), message);
    assertEquals(1, message.lines().count());
    assertEquals(before, WeightDigest.of(trainer.network()));
    assertEquals(0, trainer.updates());
    assertEquals(List.of(), trainer.epochs());
    trainer
        .optimizer()
        .state()
        .forEach((name, tensor) -> assertArrayEquals(new float[tensor.size()], tensor.data()));
    assertEquals(plan, trainer.plan());
  }

  @ParameterizedTest
  @CsvSource({
    "training.first_epoch, x",
    "training.first_epoch, -1",
    "training.patience, 99999999999",
    "training.train_examples, 1.5",
    "training.validation_examples, 29",
    "training.updates_of_epoch, 11",
    "training.updates_of_epoch, -5",
    "training.loss_sum, NaN",
    "training.loss_sum, much",
    "training.correct, 156",
    "training.examples, -1",
    "training.epoch_nanos, -1",
    "training.diverged, maybe",
  })
  void aCounterThatCannotBeIsRefusedAndChangesNothing(String key, String text) throws IOException {
    saved(file, advanced(Run.AFTER_EPOCH.trainer(), 15));
    rewrite(texts -> texts.put(key, text), tensors -> {});
    assertRefused(Run.AFTER_EPOCH.trainer(), key + " (expected ");
  }

  /** A change of one of the file's two parts. */
  private interface Change<T> {
    void to(Map<String, T> part);
  }

  private void rewrite(Change<String> ofTexts, Change<StoredTensor> ofTensors) throws IOException {
    Safetensors content = Safetensors.read(file);
    Map<String, String> texts = new LinkedHashMap<>(content.metadata());
    Map<String, StoredTensor> tensors = new LinkedHashMap<>(content.tensors());
    ofTexts.to(texts);
    ofTensors.to(tensors);
    new Safetensors(tensors, texts).write(file);
  }

  @Test
  void aFileThatLacksAnyOfItsPartsIsRefusedAndChangesNothing() throws IOException {
    saved(file, advanced(Run.AFTER_EPOCH.trainer(), 15));
    byte[] whole = Files.readAllBytes(file);
    Safetensors content = Safetensors.read(file);
    List<String> texts = new ArrayList<>(content.metadata().keySet());
    texts.remove("who");
    assertEquals(10, texts.size());
    for (String key : texts) {
      Files.write(file, whole);
      rewrite(map -> map.remove(key), map -> {});
      assertUnreadable(key);
    }
    assertEquals(3 * 4 + 3, content.tensors().size());
    for (String name : content.tensors().keySet()) {
      Files.write(file, whole);
      rewrite(map -> {}, map -> map.remove(name));
      assertUnreadable(name);
      Files.write(file, whole);
      rewrite(map -> {}, map -> map.put(name, StoredTensor.of(new long[] {1, 2, 3}, Shape.of(3))));
      assertUnreadable(name);
    }
  }

  @Test
  void tablesOfAnotherLengthAreRefusedAndChangeNothing() throws IOException {
    saved(file, advanced(Run.AFTER_EPOCH.trainer(), 25));
    byte[] whole = Files.readAllBytes(file);
    Map<String, StoredTensor> damaged =
        Map.of(
            "history.metrics", StoredTensor.of(new double[7], Shape.of(7)),
            "history.digests", StoredTensor.of(new byte[33], Shape.of(33)),
            "history.update_losses", StoredTensor.of(new double[24], Shape.of(24)));
    damaged.forEach(
        (name, tensor) -> {
          try {
            Files.write(file, whole);
            rewrite(map -> {}, map -> map.put(name, tensor));
            assertUnreadable("history.");
          } catch (IOException e) {
            throw new AssertionError(name, e);
          }
        });
  }

  /** Where reading or putting back says what is wrong, in one line, and changes nothing. */
  private void assertUnreadable(String problem) {
    Trainer trainer = Run.AFTER_EPOCH.trainer();
    String before = WeightDigest.of(trainer.network());
    String message =
        String.valueOf(
            assertThrows(
                    UnreadableFileException.class,
                    () -> Checkpoint.read(file).restore(trainer),
                    problem)
                .getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains(problem), message);
    assertEquals(1, message.lines().count());
    assertEquals(before, WeightDigest.of(trainer.network()));
    assertEquals(0, trainer.updates());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 500, -1})
  void aTornFileIsRefused(int length) throws IOException {
    saved(file, advanced(Run.AFTER_EPOCH.trainer(), 15));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, length < 0 ? whole.length + length : length));
    assertUnreadable("");
  }

  /** But in the name of the header's own digest: what remains is a file that has none. */
  @Test
  void aChangedBitIsRefusedWhereverItIs() throws IOException {
    saved(file, advanced(Run.AFTER_EPOCH.trainer(), 15));
    byte[] whole = Files.readAllBytes(file);
    Map<String, String> texts = Checkpoint.read(file).texts();
    String key = "header_sha256";
    int name = new String(whole, StandardCharsets.ISO_8859_1).indexOf(key);
    int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    for (int at = 0; at < whole.length; at += at < 8 + header ? 1 : 97) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      if (at >= name && at < name + key.length()) {
        assertTrue(Checkpoint.read(file).texts().entrySet().containsAll(texts.entrySet()));
      } else {
        assertThrows(UnreadableFileException.class, () -> Checkpoint.read(file), "byte " + at);
      }
    }
  }

  @Test
  void aMissingFileIsNamed() {
    String message =
        String.valueOf(
            assertThrows(UnreadableFileException.class, () -> Checkpoint.read(file)).getMessage());
    assertTrue(message.startsWith(file.toString()), message);
  }

  private static StoredTensor stored(Map<String, StoredTensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name));
  }
}
