// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.MachineLimits;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * This side of the comparison with another library: {@code SideBySide conv --threads 2 --seconds 1}
 * prints a line a case, {@code NAME <tab> MEDIAN <tab> BEST <tab> UNIT}. {@code bench/peers} has the
 * other side and runs both in turn.
 */
public final class SideBySide {
  private static final String USAGE =
      "usage: SideBySide gemm|conv|train [--threads N] [--seconds S] [--warmup S] [--only TEXT]";

  private static final String TRAIN = "train";

  /** Seconds that a case runs uncounted; more of a training is compiled late. */
  private static final double WARMUP = 2;

  private static final double WARMUP_OF_TRAININGS = 10;

  /** More than a machine has: a slip. */
  private static final int MOST_THREADS = 1_024;

  private static final int DONE = 0;
  private static final int WRONG_USAGE = 2;

  private int threads = 1;
  private double seconds = 1;
  private double warmup;
  private String only = "";

  private SideBySide() {}

  /** Measures one group of cases. */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out, System.err));
  }

  /** The same without an exit: its code. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    SideBySide comparison = new SideBySide();
    List<PeerCase> wanted;
    try {
      wanted = comparison.parse(args);
    } catch (IllegalArgumentException e) {
      err.println("SideBySide: " + e.getMessage() + "; " + USAGE);
      return WRONG_USAGE;
    }
    comparison.measure(wanted, out, err);
    return DONE;
  }

  /** The cases that a command line asks for. */
  private List<PeerCase> parse(List<String> args) {
    if (args.isEmpty()) {
      throw new IllegalArgumentException("expected a group of cases, found nothing");
    }
    List<PeerCase> group = group(args.get(0));
    warmup = args.get(0).equals(TRAIN) ? WARMUP_OF_TRAININGS : WARMUP;
    take(args.subList(1, args.size()));
    List<PeerCase> wanted = group.stream().filter(c -> c.name().contains(only)).toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "--only: expected a part of a name such as " + group.get(0).name() + ", found " + only);
    }
    return wanted;
  }

  /** The cases of a group. */
  static List<PeerCase> group(String name) {
    return switch (name) {
      case "gemm" -> PeerCase.products();
      case "conv" -> PeerCase.convolutions();
      case TRAIN -> PeerCase.trainings();
      default ->
          throw new IllegalArgumentException("cases: expected gemm, conv or train, found " + name);
    };
  }

  private void take(List<String> options) {
    for (int i = 0; i < options.size(); i += 2) {
      String option = options.get(i);
      if (i + 1 == options.size()) {
        throw new IllegalArgumentException(option + ": expected a value, found nothing");
      }
      String value = options.get(i + 1);
      switch (option) {
        case "--threads" -> threads = whole(option, value, 1, MOST_THREADS);
        case "--seconds" -> seconds = number(option, value, 0, Integer.MAX_VALUE);
        case "--warmup" -> warmup = number(option, value, 0, Integer.MAX_VALUE);
        case "--only" -> only = value;
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
  }

  private static double number(String option, String value, int least, int most) {
    OptionalDouble number = parsed(value);
    if (number.isEmpty() || !(number.getAsDouble() >= least && number.getAsDouble() <= most)) {
      throw new IllegalArgumentException(
          option + ": expected a number from " + least + " to " + most + ", found " + value);
    }
    return number.getAsDouble();
  }

  private static int whole(String option, String value, int least, int most) {
    double number = number(option, value, least, most);
    if (number != Math.rint(number)) {
      throw new IllegalArgumentException(option + ": expected a whole number, found " + value);
    }
    return (int) number;
  }

  private static OptionalDouble parsed(String value) {
    try {
      return OptionalDouble.of(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private void measure(List<PeerCase> wanted, PrintStream out, PrintStream err) {
    try (Engine engine = Engine.withThreads(threads)) {
      err.println(engine + ", Java " + Runtime.version());
      if (wanted.get(0).unit().equals(PeerCase.GFLOPS)) { // what the machine could do at most
        double peak = MachineLimits.flopsPerSecond(engine) * 1e-9;
        print(out, "peak", peak, peak, PeerCase.GFLOPS);
      }
      for (PeerCase peerCase : wanted) {
        Timing timing = Timing.of(peerCase.preparation().apply(engine), warmup, seconds);
        double work = peerCase.work();
        print(out, peerCase.name(), work / timing.median(), work / timing.best(), peerCase.unit());
      }
    }
  }

  private static void print(PrintStream out, String name, double median, double best, String unit) {
    out.printf(Locale.ROOT, "%s\t%.2f\t%.2f\t%s%n", name, median, best, unit);
  }
}
