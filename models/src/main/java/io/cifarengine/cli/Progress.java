// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialListener;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.nn.Network;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Shows on stderr how a run goes: a bar that rewrites its line on a terminal, a line an epoch elsewhere. Trainings side by
 * side share the bar.
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

  private static final long REDRAW_NANOS = 100_000_000;

  private final Style style;
  private boolean described;
  private String model = "";
  private int atOnce;
  private int images;
  private int trials;

  /** The highest number of a trial so far; they begin in their order. */
  private int begun;

  /** What trains now. */
  private final List<TrialProgress> running = new ArrayList<>();

  /** Epochs of trials of this model that this process has finished, and when it began with them. */
  private double epochsDone;

  private long started;
  private long drawn;
  private int shownWidth;

  Progress(Style style) {
    this.style = style;
  }

  @Override
  public void onBegin(int atOnce) {
    this.atOnce = atOnce;
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
  public TrainingListener onTrial(Trial planned, int count, Trainer trainer) {
    describe(trainer.network());
    trials = count;
    begun = planned.number();
    TrialProgress trial = new TrialProgress(planned, count, trainer, this);
    running.add(trial);
    if (style == Style.BAR) {
      say("%s", trial.heading());
    }
    if (trial.epochsBefore() > 0 && style != Style.NONE) {
      long all = (long) trainer.updatesPerEpoch() * trial.epochs();
      say("continues behind update %,d of %,d", trainer.updates(), all);
    }
    return trial;
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
        String each = atOnce > 1 ? " for each of " + atOnce + " trainings at once" : "";
        say("kernels: %s%s, Java %s", network.engine(), each, Runtime.version());
      }
    }
    model = words;
    started = System.nanoTime();
    epochsDone = 0;
  }

  /** After an update of a trial: draws the bar again where it is time to. */
  void draw() {
    long now = System.nanoTime();
    if (style != Style.BAR || now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    redraw(running.size() == 1 ? running.get(0).line(now, timeLeft()) : line(now));
  }

  /** The bar of several trials: they have come about as far as one another. */
  private String line(long now) {
    long first = Math.round(running.stream().mapToDouble(TrialProgress::epoch).min().orElse(0));
    long last = Math.round(running.stream().mapToDouble(TrialProgress::epoch).max().orElse(0));
    double done = sum(TrialProgress::epochsDone) / sum(TrialProgress::epochs);
    return String.format(
        Locale.ROOT,
        "%d at once, epochs %s [%s] loss %.4f, %,.0f img/s, %s left",
        running.size(),
        first == last ? first : first + " to " + last,
        TrialProgress.bar(done),
        running.stream()
            .filter(TrialProgress::hasSeen)
            .mapToDouble(TrialProgress::loss)
            .average()
            .orElse(0),
        sum(trial -> trial.imagesPerSecond(now)),
        timeLeft());
  }

  private double sum(ToDoubleFunction<TrialProgress> value) {
    return running.stream().mapToDouble(value).sum();
  }

  /** After an epoch of a trial. */
  void endEpoch(TrialProgress trial, EpochReport report) {
    if (style == Style.LINES) {
      say(
          "%s  %s  %,.0f images/s, %s left",
          trial.heading(), trial.measured(report), images / report.seconds(), timeLeft());
    } else if (style == Style.BAR && trial.isLast(report)) {
      if (running.size() == 1) {
        redraw(trial.measured(report)); // in the place of the bar, below its heading
        onEnd();
      } else {
        say("%s  %s", trial.heading(), trial.measured(report));
      }
    }
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
    running.stream()
        .filter(trial -> trial.number() == result.trial().number())
        .findFirst()
        .ifPresent(
            trial -> {
              epochsDone += result.training().epochs().size() - trial.epochsBefore();
              running.remove(trial);
            });
  }

  @Override
  public void onEnd() {
    if (style == Style.BAR && shownWidth > 0) {
      System.err.println();
      shownWidth = 0;
    }
  }

  /** From the mean time of all epochs that this process trained, those of earlier trials among them. */
  private String timeLeft() {
    double trained = epochsDone + sum(trial -> trial.epochsDone() - trial.epochsBefore());
    double perEpoch = (System.nanoTime() - started) * 1e-9 / trained;
    int epochs = running.get(0).epochs();
    double left =
        sum(trial -> trial.epochs() - trial.epochsDone()) + (double) (trials - begun) * epochs;
    long seconds = (long) StrictMath.ceil(perEpoch * left);
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  private void redraw(String line) {
    String erase = " ".repeat(Math.max(0, shownWidth - line.length()));
    System.err.print("\r" + line + erase);
    System.err.flush();
    shownWidth = line.length();
  }

  /** On a line of its own, in the place of a bar that is there. */
  private void say(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    if (shownWidth > 0) {
      redraw(line);
      onEnd();
    } else {
      System.err.println(line);
    }
  }
}
