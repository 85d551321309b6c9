// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@code help [COMMAND]}. */
final class HelpCommand implements Command {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public String summary() {
    return "this text, or that of one command: help experiment";
  }

  @Override
  public String help() {
    return "cifar-engine help\ncifar-engine help experiment\n";
  }

  @Override
  public void check(Arguments arguments) {
    List<String> words = arguments.words();
    if (words.size() > 2) {
      arguments.addProblem("help: unexpected word " + words.get(2));
    } else if (words.size() == 2 && Main.find(words.get(1)).isEmpty()) {
      arguments.addProblem(Main.unknown(words.get(1)));
    }
  }

  @Override
  public int run(Arguments arguments) throws IOException {
    List<String> words = arguments.words();
    Stdout.print(words.size() < 2 ? overview() : of(Main.find(words.get(1)).orElseThrow()));
    return ExitCode.DONE;
  }

  /** All commands and the global options. */
  static String overview() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        cifar-engine experiment momentum     repeat a table of the CIFAR-100 study
        cifar-engine doctor                  what this machine offers

        commands:
        """);
    for (Command command : Main.commands()) {
      out.append(String.format(Locale.ROOT, "  %-12s %s%n", command.name(), command.summary()));
    }
    return out.append("\noptions:\n").append(lines(Option.GLOBAL)).toString();
  }

  /** One command: examples, then its options, then the global ones. */
  static String of(Command command) {
    StringBuilder out = new StringBuilder(command.help());
    if (!command.options().isEmpty()) {
      out.append("\noptions of ").append(command.name()).append(":\n");
      out.append(lines(command.options()));
    }
    return out.append("\noptions:\n").append(lines(Option.GLOBAL)).toString();
  }

  private static String lines(List<Option> options) {
    StringBuilder out = new StringBuilder();
    options.forEach(option -> out.append(option.helpLine()).append('\n'));
    return out.toString();
  }
}
