// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.Setting;
import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialListener;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.nn.Network;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Trainer;
import java.util.Locale;

/**
 * Shows on stderr how a run goes: a bar that rewrites its line on a terminal, a line an epoch elsewhere.
 */
final class Progress implements TrialListener {
  /** How progress is shown. */
  enum Style {
    /** One line that is written again and again. */
    BAR,
    /** A line an epoch. */
    LINES,
    /** Nothing. */
    NONE;

    static Style of(Arguments arguments) {
      if (arguments.has(Option.QUIET)) {
        return NONE;
      }
      return switch (arguments.text(Option.PROGRESS).orElse("auto")) {
        case "bar" -> BAR;
        case "lines" -> LINES;
        case "none" -> NONE;
        default -> Terminal.isInteractive() ? BAR : LINES;
      };
    }
  }

  /** With it a line stays below 80 characters: a longer one would wrap and could not be rewritten. */
  private static final int BAR_WIDTH = 6;

  private static final long REDRAW_NANOS = 100_000_000;

  private final Style style;
  private String heading = "";
  private boolean described;
  private String model = "";
  private int images;
  private int trials;
  private int trial;
  private int epochs;
  private int firstEpoch;

  /** Epochs of this trial that were trained before this process. */
  private double epochsBefore;

  /** Epochs of earlier trials of this model that this process trained, and when it began with them. */
  private double epochsDone;

  private long started;
  private long epochStarted;
  private long drawn;
  private double lossSum;
  private long seen;
  private long correct;
  private int shownWidth;

  Progress(Style style) {
    this.style = style;
  }

  @Override
  public void onData(SplitData data) {
    images = data.train().size();
    if (!described && style != Style.NONE) {
      described = true;
      say(
          "data: %s, %,d images to train, %,d to validate, %,d to test",
          data.name(), images, data.validation().size(), data.test().size());
    }
  }

  @Override
  public void onTrial(Trial planned, int count, Trainer trainer) {
    onEnd(); // a trial that diverged leaves its bar behind
    describe(trainer.network());
    trials = count;
    trial = planned.number();
    epochs = planned.settings().value(Setting.EPOCHS);
    firstEpoch = planned.settings().value(Setting.FIRST_EPOCH);
    epochsBefore = (double) trainer.updates() / trainer.updatesPerEpoch();
    heading = String.format(Locale.ROOT, "[%d/%d] %s", trial, trials, planned.label());
    if (style == Style.BAR) {
      say("%s", heading);
    }
    if (epochsBefore > 0 && style != Style.NONE) {
      say(
          "continues behind update %,d of %,d",
          trainer.updates(), (long) trainer.updatesPerEpoch() * epochs);
    }
    startEpoch();
  }

  /** Says what is trained where it is another network than before, which has another speed too. */
  private void describe(Network network) {
    String words = network.toString();
    if (words.equals(model)) {
      return;
    }
    if (style != Style.NONE) {
      long weights = network.parameters().stream().mapToLong(p -> p.value().size()).sum();
      say("model: %s: %,d parameters", words, weights);
      if (model.isEmpty()) {
        say("kernels: %s, Java %s", network.engine(), Runtime.version());
      }
    }
    model = words;
    started = System.nanoTime();
    epochsDone = 0;
  }

  private void startEpoch() {
    epochStarted = System.nanoTime();
    lossSum = 0;
    seen = 0;
    correct = 0;
  }

  @Override
  public void onUpdate(
      int epoch, int update, int updates, double loss, int correctOfUpdate, int examples) {
    if (style != Style.BAR) {
      return;
    }
    lossSum += loss * examples;
    seen += examples;
    correct += correctOfUpdate;
    long now = System.nanoTime();
    if (now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    double done = epoch - firstEpoch + (double) update / updates;
    redraw(
        String.format(
            Locale.ROOT,
            "epoch %d/%d [%s] loss %.4f, acc %.2f %%, %,.0f img/s, %s left",
            epoch,
            lastEpoch(),
            bar(done / epochs),
            lossSum / seen,
            100.0 * correct / seen,
            seen / ((now - epochStarted) * 1e-9),
            timeLeft(done)));
  }

  private int lastEpoch() {
    return firstEpoch + epochs - 1;
  }

  @Override
  public void onEpoch(EpochReport report) {
    String measured =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  loss %.4f (validation %.4f), accuracy %.2f %% (%.2f %%)",
            report.epoch(),
            lastEpoch(),
            report.train().loss(),
            report.validation().loss(),
            100 * report.train().accuracy(),
            100 * report.validation().accuracy());
    if (style == Style.LINES) {
      say(
          "%s  %s  %,.0f images/s, %s left",
          heading, measured, images / report.seconds(), timeLeft(report.epoch() - firstEpoch + 1));
    } else if (style == Style.BAR && report.epoch() == lastEpoch()) {
      redraw(measured);
      onEnd();
    }
    startEpoch();
  }

  @Override
  public void onFinishedBefore(TrialResult result, int count) {
    if (style != Style.NONE) {
      say("[%d/%d] %s  done before", result.trial().number(), count, result.trial().label());
    }
  }

  @Override
  public void onTaken(TrialResult result, String from, int count) {
    if (style != Style.NONE) {
      Trial taken = result.trial();
      say("[%d/%d] %s: taken from %s", taken.number(), count, taken.label(), from);
    }
  }

  @Override
  public void onResult(TrialResult result) {
    epochsDone += result.training().epochs().size() - epochsBefore;
  }

  @Override
  public void onEnd() {
    if (style == Style.BAR && shownWidth > 0) {
      System.err.println();
      shownWidth = 0;
    }
  }

  private static String bar(double fraction) {
    int filled = (int) (fraction * BAR_WIDTH);
    return "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled);
  }

  /** From the mean time of all epochs that this process trained, those of earlier trials among them. */
  private String timeLeft(double epochsOfTrial) {
    double trained = epochsDone + epochsOfTrial - epochsBefore;
    double perEpoch = (System.nanoTime() - started) * 1e-9 / trained;
    double left = epochs - epochsOfTrial + (double) (trials - trial) * epochs;
    long seconds = (long) StrictMath.ceil(perEpoch * left);
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  private void redraw(String line) {
    String erase = " ".repeat(Math.max(0, shownWidth - line.length()));
    System.err.print("\r" + line + erase);
    System.err.flush();
    shownWidth = line.length();
  }

  private static void say(String format, Object... values) {
    System.err.println(String.format(Locale.ROOT, format, values));
  }
}
