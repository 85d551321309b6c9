// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The images of one trial after another: loaded again only where other settings decide them. */
public final class SplitLoader {
  /** The settings that decide which images a trial has, and in which order. */
  public static final List<Setting<?>> SETTINGS =
      List.of(
          Setting.DATASET,
          Setting.INPUT,
          Setting.SPLIT,
          Setting.VALIDATION,
          Setting.LIMIT,
          Setting.CONVOLUTIONS,
          Setting.SEED);

  private final DataSource source;
  private final TrialListener listener;

  private Optional<Loaded> loaded = Optional.empty();

  /**
   * A loader from this source.
   *
   * @param listener is told what was loaded
   */
  public SplitLoader(DataSource source, TrialListener listener) {
    this.source = source;
    this.listener = listener;
  }

  /** The images of these settings. */
  public SplitData load(Settings settings) throws IOException {
    if (loaded.isEmpty() || !loaded.get().serves(settings)) {
      loaded = Optional.empty(); // the old images make room
      loaded = Optional.of(new Loaded(settings, SplitData.load(source, settings)));
      listener.onData(loaded.get().data());
    }
    return loaded.get().data();
  }

  /** The values of {@link #SETTINGS}. */
  public static List<Object> decisive(Settings settings) {
    return SETTINGS.stream().<Object>map(settings::value).toList();
  }

  private record Loaded(Settings settings, SplitData data) {
    boolean serves(Settings others) {
      return decisive(settings).equals(decisive(others));
    }
  }
}
