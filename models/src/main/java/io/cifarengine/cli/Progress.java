// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.ExperimentData;
import io.cifarengine.experiment.ExperimentListener;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.Network;
import io.cifarengine.train.EpochReport;
import java.util.Locale;

/**
 * Shows on stderr how an experiment goes: a bar that rewrites its line on a terminal, a line an epoch
 * elsewhere.
 */
final class Progress implements ExperimentListener {
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
  private final Experiment experiment;
  private final int epochs;
  private String heading = "";
  private int images;
  private int arms;
  private int arm;
  private long started;
  private long epochStarted;
  private long drawn;
  private double lossSum;
  private int seen;
  private int correct;
  private int shownWidth;

  Progress(Style style, Experiment experiment, int epochs) {
    this.style = style;
    this.experiment = experiment;
    this.epochs = epochs;
  }

  @Override
  public void onStart(ExperimentData data, Network network, int arms) {
    this.arms = arms;
    images = data.train().size();
    started = System.nanoTime();
    if (style != Style.NONE) {
      say(
          "data: %s, %,d images to train, %,d to validate, %,d to test",
          data.name(), images, data.validation().size(), data.test().size());
      long weights = network.parameters().stream().mapToLong(p -> p.value().size()).sum();
      say("model: %s: %,d parameters", network, weights);
      say("kernels: %s, Java %s", network.engine(), Runtime.version());
    }
  }

  @Override
  public void onArm(int number, Arm planned) {
    onEnd(); // an arm that diverged leaves its bar behind
    arm = number;
    heading =
        String.format(
            Locale.ROOT, "[%d/%d] %s", number, arms, experiment.inWords(planned.settings()));
    if (style == Style.BAR) {
      say("%s", heading);
    }
    startEpoch();
  }

  private void startEpoch() {
    epochStarted = System.nanoTime();
    lossSum = 0;
    seen = 0;
    correct = 0;
  }

  @Override
  public void onBatch(int epoch, int batch, int batches, Loss loss) {
    if (style != Style.BAR) {
      return;
    }
    lossSum += loss.total();
    seen += loss.examples();
    correct += loss.correct();
    long now = System.nanoTime();
    if (now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    double done = epoch - 1 + (double) batch / batches;
    redraw(
        String.format(
            Locale.ROOT,
            "epoch %d/%d [%s] loss %.4f, acc %.2f %%, %,.0f img/s, %s left",
            epoch,
            epochs,
            bar(done / epochs),
            lossSum / seen,
            100.0 * correct / seen,
            seen / ((now - epochStarted) * 1e-9),
            timeLeft(done)));
  }

  @Override
  public void onEpoch(EpochReport report) {
    String measured =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  loss %.4f (validation %.4f), accuracy %.2f %% (%.2f %%)",
            report.epoch(),
            epochs,
            report.train().loss(),
            report.validation().loss(),
            100 * report.train().accuracy(),
            100 * report.validation().accuracy());
    if (style == Style.LINES) {
      say(
          "%s  %s  %,.0f images/s, %s left",
          heading, measured, images / report.seconds(), timeLeft(report.epoch()));
    } else if (style == Style.BAR && report.epoch() == epochs) {
      redraw(measured);
      onEnd();
    }
    startEpoch();
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

  /** From the mean time of all epochs so far, those of earlier arms among them. */
  private String timeLeft(double epochsOfArm) {
    double done = (arm - 1) * (double) epochs + epochsOfArm;
    double perEpoch = (System.nanoTime() - started) * 1e-9 / done;
    long seconds = (long) StrictMath.ceil(perEpoch * (arms * (double) epochs - done));
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
