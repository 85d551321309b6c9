// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.util.List;
import java.util.Locale;

/** An option of the command line: its name, what its value may be, and its line in the help. */
enum Option {
  DATA("--data", "DIR", "where CIFAR lies, or the word synthetic"),
  EPOCHS("--epochs", "N", "how many epochs to train (those of the paper, the settings or the run)"),
  QUICK("--quick", "", "a look in seconds: 3 epochs of 2,000 images (bench: in a minute)"),
  SEEDS("--seeds", "N", "train with N seeds; mean and deviation (1)"),
  CHECK("--check", "", "exit with 4 where a number lies outside its tolerance"),
  ONLY("--only", "KEY=VALUE,...", "the arms with these settings alone"),
  FRESH("--fresh", "", "train what another run has finished again (comparison, all)"),
  LIMIT("--limit", "N", "at most N images of each split"),
  SPLIT("--split", "shuffled|sequential", "how 80 % of the training images are taken (shuffled)"),
  SEED("--seed", "N", "of split, batch order and random weights (42)"),
  CONFIG("--config", "FILE", "settings in YAML (-c)"),
  SET("--set", "KEY=VALUE", "one setting, above the file's; may be given again"),
  PRINT_CONFIG(
      "--print-config", "", "every setting, its value and where it came from, and no more"),
  BATCH("--batch", "N", "examples at once (the settings' batch size)"),
  ALL("--all", "", "the runs inside of runs too"),
  SAVE_EVERY("--save-every", "SECONDS", "how often to save a checkpoint (15)"),
  RUNS("--runs", "DIR", "the folder of all runs (runs)"),
  THREADS("--threads", "N", "how many compute (one a core); changes no bit"),
  SIMD("--simd", "auto|scalar|128|256|512", "vector width (auto); changes no bit"),
  PROGRESS("--progress", "auto|bar|lines|none", "how to show progress on stderr (auto)"),
  JSON("--json", "", "the result as one JSON document on stdout"),
  QUIET("--quiet", "", "no progress (-q)"),
  VERBOSE("--verbose", "", "more about how it runs (-v)"),
  DEBUG("--debug", "", "a stack trace with an error"),
  NO_RELAUNCH("--no-relaunch", "", "never start a second JVM for the vector module"),
  HELP("--help", "", "this text (-h)"),
  VERSION("--version", "", "the version (-V)");

  /** What every command takes. */
  static final List<Option> GLOBAL =
      List.of(
          DATA, RUNS, THREADS, SIMD, PROGRESS, QUIET, VERBOSE, DEBUG, NO_RELAUNCH, HELP, VERSION);

  private final String flag;
  private final String value;
  private final String help;

  Option(String flag, String value, String help) {
    this.flag = flag;
    this.value = value;
    this.help = help;
  }

  /** As it is typed. */
  String flag() {
    return flag;
  }

  /** What its value looks like; empty where it takes none. */
  String value() {
    return value;
  }

  /** Whether it takes a value. */
  boolean takesValue() {
    return !value.isEmpty();
  }

  /** Its line in the help. */
  String helpLine() {
    return String.format(Locale.ROOT, "  %-34s %s", (flag + " " + value).strip(), help);
  }
}
