// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import io.cifarengine.train.TrainMetrics;
import java.util.List;
import java.util.Optional;

/**
 * One thing that decides a training: the key that people write in files, in options, in tables and in
 * JSON, what its values may be, and its value where nobody says anything (the common setting of the
 * CIFAR-100 study, without momentum and penalty).
 *
 * @param <T> its values
 */
public final class Setting<T> {
  private static final String COUNT = "a whole number of at least 1";
  private static final double MOST = Float.MAX_VALUE;

  /** Which images and labels. */
  public static final Setting<ImageSet> DATASET =
      word("dataset", ImageSet.CIFAR100_COARSE, "images and labels to learn");

  /** How bytes become inputs. */
  public static final Setting<InputScaling> INPUT =
      word("input", InputScaling.Z_SCORE, "how bytes become inputs");

  /** How the training images are cut. */
  public static final Setting<SplitOrder> SPLIT =
      word("split", SplitOrder.SHUFFLED, "how validation images are taken from training images");

  /** The share of the training images that validates. */
  public static final Setting<Double> VALIDATION =
      number("validation", 0.2, "a number above 0 and below 1", Double.MIN_VALUE, 1, "their share");

  /** The most images of each split. */
  public static final Setting<Integer> LIMIT =
      count("limit", Integer.MAX_VALUE, 1, "none", Integer.MAX_VALUE, "most images of each split");

  /** Filters of the convolutions, none for a perceptron. */
  public static final Setting<List<Integer>> CONVOLUTIONS =
      new Setting<>(
          "convolutions",
          List.of(),
          SettingType.filters(),
          "filters of 3x3 convolutions, each before a 2x2 max pooling");

  /** Widths of the hidden layers. */
  public static final Setting<List<Integer>> HIDDEN =
      new Setting<>("hidden", List.of(128), SettingType.widths(), "widths of the hidden layers");

  /** The hidden layers' activation. */
  public static final Setting<ActivationFunction> ACTIVATION =
      word("activation", ActivationFunction.TANH, "of the hidden layers");

  /** How weights start. */
  public static final Setting<WeightStart> INIT =
      word("init", WeightStart.LEGACY_POSITIVE, "how weights start");

  /** The standard deviation of normal weights. */
  public static final Setting<Double> INIT_DEVIATION =
      number(
          "init_deviation", 0.01, "a number above 0", Double.MIN_VALUE, MOST, "of normal weights");

  /** What is minimized. */
  public static final Setting<LossKind> LOSS =
      word("loss", LossKind.CROSS_ENTROPY, "what is minimized");

  /** Inside the logarithm of the reported cross-entropy. */
  public static final Setting<Double> LOSS_OFFSET =
      number(
          "loss_offset",
          1e-6,
          "a number of at least 0 and below 1",
          0,
          1,
          "added to p in the reported -log p");

  /** Examples an update, 0 for all. */
  public static final Setting<Integer> BATCH_SIZE =
      count("batch_size", 128, 0, "full", 0, "examples an update, or full");

  /** In which order examples come. */
  public static final Setting<BatchOrder> BATCH_ORDER =
      word("batch_order", BatchOrder.FIXED, "the order of the examples in an epoch");

  /** How long to train. */
  public static final Setting<Integer> EPOCHS =
      count("epochs", 100, 1, "", 0, "passes over the training set");

  /** The number of the first epoch. */
  public static final Setting<Integer> FIRST_EPOCH =
      count("first_epoch", 1, 0, "", -1, "number of the first epoch in reports");

  /** alpha. */
  public static final Setting<Double> LEARNING_RATE =
      number("learning_rate", 0.001, "a number above 0", Double.MIN_VALUE, MOST, "alpha");

  /** What alpha is multiplied with after each epoch. */
  public static final Setting<Double> EPOCH_FACTOR =
      number(
          "learning_rate_factor",
          1,
          "a number above 0 and at most 1",
          Double.MIN_VALUE,
          Math.nextUp(1.0),
          "of alpha, each epoch");

  /** k in alpha / (1 + k step). */
  public static final Setting<Double> STEP_DECAY =
      number(
          "learning_rate_decay", 0, "a number of at least 0", 0, MOST, "k in alpha/(1 + k step)");

  /** gamma. */
  public static final Setting<Double> MOMENTUM =
      number("momentum", 0, "a number of at least 0 and below 1", 0, 1, "gamma, of the velocity");

  /** lambda. */
  public static final Setting<Double> L2_PENALTY =
      number("l2_penalty", 0, "a number of at least 0", 0, MOST, "lambda");

  /** How lambda changes weights. */
  public static final Setting<DecayKind> L2_KIND =
      word("l2_kind", DecayKind.COUPLED, "how lambda changes weights");

  /** What lambda is of. */
  public static final Setting<DecayScope> L2_SCOPE =
      word("l2_scope", DecayScope.ALL, "what lambda is of");

  /** Whether the penalty is part of the reported loss. */
  public static final Setting<Boolean> L2_IN_LOSS =
      new Setting<>(
          "l2_in_loss", false, SettingType.flag(), "whether reported losses hold the penalty");

  /** Patience of early stopping, 0 for none. */
  public static final Setting<Integer> EARLY_STOP =
      count("early_stop", 5, 0, "never", 0, "epochs without a lower validation loss, or never");

  /** When the training set is measured. */
  public static final Setting<TrainMetrics> TRAIN_METRICS =
      word("train_metrics", TrainMetrics.AFTER_EPOCH, "when the training set is measured");

  /** Of split, weights and order. */
  public static final Setting<Long> SEED =
      new Setting<>("seed", 42L, SettingType.seed(), "of split, normal weights and batch order");

  private static final List<Setting<?>> ALL =
      List.of(
          DATASET,
          INPUT,
          SPLIT,
          VALIDATION,
          LIMIT,
          CONVOLUTIONS,
          HIDDEN,
          ACTIVATION,
          INIT,
          INIT_DEVIATION,
          LOSS,
          LOSS_OFFSET,
          BATCH_SIZE,
          BATCH_ORDER,
          EPOCHS,
          FIRST_EPOCH,
          LEARNING_RATE,
          EPOCH_FACTOR,
          STEP_DECAY,
          MOMENTUM,
          L2_PENALTY,
          L2_KIND,
          L2_SCOPE,
          L2_IN_LOSS,
          EARLY_STOP,
          TRAIN_METRICS,
          SEED);

  private final String key;
  private final T defaultValue;
  private final SettingType<T> type;
  private final String description;

  private Setting(String key, T defaultValue, SettingType<T> type, String description) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.type = type;
    this.description = description;
  }

  private static <E extends Enum<E>> Setting<E> word(String key, E standard, String description) {
    return new Setting<>(
        key, standard, SettingType.word(standard.getDeclaringClass()), description);
  }

  private static Setting<Double> number(
      String key, double standard, String expected, double least, double limit, String what) {
    return new Setting<>(key, standard, SettingType.number(expected, least, limit), what);
  }

  private static Setting<Integer> count(
      String key, int standard, int least, String word, int meaning, String description) {
    String expected = least == 1 ? COUNT : "a whole number of at least 0";
    String orWord = word.isEmpty() ? "" : ", or " + word;
    return new Setting<>(
        key, standard, SettingType.count(expected + orWord, least, word, meaning), description);
  }

  /** All settings, in the order of files and lists. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** The setting with this key. */
  public static Optional<Setting<?>> named(String key) {
    return ALL.stream().filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** The name people write. */
  public String key() {
    return key;
  }

  /** What it is, in a few words. */
  public String description() {
    return description;
  }

  /** Its value where nobody gives one. */
  public T defaultValue() {
    return defaultValue;
  }

  /** What may be written, for an error. */
  public String expected() {
    return type.expected();
  }

  /** The value that these words are; empty where they are none. */
  Optional<T> read(List<String> words) {
    return type.read(words);
  }

  /** Its value, as it is written. */
  public String inWords(Settings settings) {
    return type.write(settings.value(this));
  }

  /** Whether the settings have the value that a person wrote; {@code 0.80} is {@code 0.8}. */
  public boolean matches(Settings settings, String written) {
    return read(Settings.words(written)).filter(settings.value(this)::equals).isPresent();
  }

  @Override
  public String toString() {
    return key;
  }
}
