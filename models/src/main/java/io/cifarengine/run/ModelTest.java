// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ConfigException;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Layout;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.TestResult;
import io.cifarengine.files.JsonObject;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.tensor.Shape;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a saved model does on the test set, and whether that is what its run recorded.
 *
 * @param file the model
 * @param layers its network
 * @param weights SHA-256 of its weights
 * @param data the name of the data
 * @param synthetic whether the images were rendered
 * @param result what it does now
 * @param recorded what the run recorded of these weights; empty for a file without a run
 * @param sameImages whether the images are those of the record
 */
public record ModelTest(
    Path file,
    String layers,
    String weights,
    String data,
    boolean synthetic,
    TestResult result,
    Optional<TestResult> recorded,
    boolean sameImages) {
  private static final String HINT = "Use a model that this engine saved";

  /** A model that is loaded, with the settings that its file names. */
  public record Loaded(Path file, ModelFile model, Settings settings) {
    /** Loads it. */
    public static Loaded of(Engine engine, Path file) throws IOException {
      ModelFile model = ModelFile.load(engine, file);
      return new Loaded(file, model, ModelTest.settings(file, model));
    }

    /** Whose labels it has learnt. */
    public ImageSet dataset() {
      return settings.value(Setting.DATASET);
    }
  }

  /** The model of a run, where there is one. */
  public static Path model(RunDirectory run) throws IOException {
    if (!Files.exists(run.bestModel())) {
      throw new UnreadableFileException(
          run.bestModel(), "no such file: the run has no tested network so far", "Let it finish");
    }
    return run.bestModel();
  }

  /** Tests a model on all test images of its dataset. */
  public static ModelTest alone(Loaded loaded, DataSource source) throws IOException {
    ImageSet set = loaded.dataset();
    ImageDataset test = source.test(set);
    return of(loaded, test, source, Optional.empty(), false);
  }

  /** Tests the model of a run on the run's test images. */
  public static ModelTest ofRun(Loaded loaded, RunDirectory run, DataSource source)
      throws IOException, ConfigException {
    SplitData data = SplitData.load(source, loaded.settings());
    String weights = WeightDigest.of(loaded.model().network());
    Optional<TrialRecord> record =
        TrialRecord.of(run, run.plan().trials()).stream()
            .filter(
                trial ->
                    trial.chosen().map(EpochReport::digest).filter(weights::equals).isPresent())
            .filter(trial -> trial.test().isPresent())
            .findFirst();
    if (record.isEmpty()) {
      throw new UnreadableFileException(
          loaded.file(), "its weights are of no tested trial of the run", "See verify");
    }
    boolean same = record.get().data().equals(data.digest());
    return of(loaded, data.test(), source, record.get().test(), same);
  }

  /** Whether the result is the recorded one, bit for bit; empty where there is nothing to compare. */
  public Optional<Boolean> isEqual() {
    return recorded.filter(before -> sameImages).map(this::equalsRecorded);
  }

  private boolean equalsRecorded(TestResult before) {
    return Double.doubleToLongBits(before.loss()) == Double.doubleToLongBits(result.loss())
        && Double.doubleToLongBits(before.accuracy()) == Double.doubleToLongBits(result.accuracy());
  }

  private static ModelTest of(
      Loaded loaded,
      ImageDataset images,
      DataSource source,
      Optional<TestResult> recorded,
      boolean sameImages)
      throws UnreadableFileException {
    ModelFile model = loaded.model();
    requireClasses(loaded, images);
    ImageDataset test = normalized(loaded, laidOut(loaded, images));
    return new ModelTest(
        loaded.file(),
        model.network().toString(),
        WeightDigest.of(model.network()),
        source.name(loaded.dataset()),
        source.synthetic(),
        TestResult.of(model.network(), loaded.settings(), test),
        recorded,
        sameImages);
  }

  private static void requireClasses(Loaded loaded, ImageDataset images)
      throws UnreadableFileException {
    List<String> expected = images.classNames();
    List<String> found = loaded.model().classNames();
    if (!expected.equals(found)) {
      throw new UnreadableFileException(
          loaded.file(),
          "its classes are not those of the images (expected "
              + shown(expected)
              + ", found "
              + shown(found)
              + ")",
          "Name the data it was trained on with --data");
    }
    Shape output = loaded.model().network().outputShape();
    if (output.rank() != 1) {
      throw new UnreadableFileException(
          loaded.file(),
          "its output is no list of classes (expected ["
              + expected.size()
              + "], found "
              + output
              + ")",
          HINT);
    }
  }

  /** The images as the network takes them, which its input shape says. */
  private static ImageDataset laidOut(Loaded loaded, ImageDataset images)
      throws UnreadableFileException {
    Shape input = loaded.model().network().inputShape();
    List<String> shapes = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      ImageDataset laid = images.layout(layout);
      if (laid.exampleShape().equals(input)) {
        return laid;
      }
      shapes.add(laid.exampleShape().toString());
    }
    throw new UnreadableFileException(
        loaded.file(),
        "its input is no image of the data (expected "
            + String.join(" or ", shapes)
            + ", found "
            + input
            + ")",
        HINT);
  }

  private static String shown(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(3, names.size())));
    return names.size() + ": " + first + (names.size() > 3 ? ", ..." : "");
  }

  private static Settings settings(Path file, ModelFile model) throws IOException {
    String dataset = model.metadata().get("dataset");
    if (dataset == null) {
      throw new UnreadableFileException(
          file, "no dataset in its texts (expected one, found none)", HINT);
    }
    Settings settings = Settings.defaults();
    JsonObject words =
        JsonObject.read(file + ": settings", model.metadata().getOrDefault("settings", "{}"));
    try {
      for (String key : words.keys()) {
        Setting<?> setting =
            Setting.named(key)
                .orElseThrow(() -> new IllegalArgumentException("unknown setting " + key));
        settings = settings.parse(setting, Settings.words(words.text(key)));
      }
      return settings.parse(Setting.DATASET, List.of(dataset));
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(file, String.valueOf(e.getMessage()), HINT);
    }
  }

  /** The images as they reached the network; its mean image may be of others. */
  private static ImageDataset normalized(Loaded loaded, ImageDataset images)
      throws UnreadableFileException {
    try {
      return images.normalization(loaded.model().imageNormalization());
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(loaded.file(), String.valueOf(e.getMessage()), HINT);
    }
  }
}
