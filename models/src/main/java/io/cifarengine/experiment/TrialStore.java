// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.train.Trainer;
import java.io.IOException;
import java.util.Optional;

/** Where a run keeps what must outlive it. */
public interface TrialStore {
  /**
   * A result that another run had before.
   *
   * @param from the name of that run
   */
  record Taken(TrialResult result, String from) {}

  /** The result of a trial that was finished before. */
  Optional<TrialResult> finished(Trial trial) throws IOException;

  /**
   * Makes what another run came to with these settings and images this trial's result, where there is
   * such a run and its results count here.
   */
  Optional<Taken> take(Trial trial, SplitData data, Engine engine) throws IOException;

  /** Puts a trainer where the trial stood when it was last saved; nothing where it never was. */
  void restore(Trial trial, SplitData data, Trainer trainer) throws IOException;

  /** Between two updates: saves where it is time to. */
  void afterUpdate(Trial trial, SplitData data, Trainer trainer) throws IOException;

  /** Saves where the trial stands, now. */
  void save(Trial trial, SplitData data, Trainer trainer) throws IOException;

  /** Saves a finished trial; the trainer's network holds the weights that count. */
  void finish(TrialResult result, SplitData data, Trainer trainer) throws IOException;

  /** Keeps nothing. */
  static TrialStore none() {
    return new TrialStore() {
      @Override
      public Optional<TrialResult> finished(Trial trial) {
        return Optional.empty();
      }

      @Override
      public Optional<Taken> take(Trial trial, SplitData data, Engine engine) {
        return Optional.empty();
      }

      @Override
      public void restore(Trial trial, SplitData data, Trainer trainer) {}

      @Override
      public void afterUpdate(Trial trial, SplitData data, Trainer trainer) {}

      @Override
      public void save(Trial trial, SplitData data, Trainer trainer) {}

      @Override
      public void finish(TrialResult result, SplitData data, Trainer trainer) {}
    };
  }
}
