// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.ConfigException;
import io.cifarengine.data.DataException;
import io.cifarengine.files.JsonException;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.run.NoSuchRunException;
import io.cifarengine.run.RunInUseException;
import io.cifarengine.text.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The command line: finds the command, runs it, and turns failures into one line and an exit code. */
public final class Main {
  private static final List<Command> COMMANDS =
      List.of(
          new ExperimentCommand(),
          new TrainCommand(),
          new ResumeCommand(),
          new VerifyCommand(),
          new EvalCommand(),
          new RunsCommand(),
          new CompareCommand(),
          new SummaryCommand(),
          new BenchCommand(),
          new DoctorCommand(),
          new VersionCommand(),
          new HelpCommand());

  private Main() {}

  /** Runs a command line and exits with its code. */
  public static void main(String[] args) {
    int code = run(args);
    System.exit(code);
  }

  /** All commands, for the help. */
  static List<Command> commands() {
    return COMMANDS;
  }

  private static int run(String[] args) {
    Arguments arguments = Arguments.parse(List.of(args));
    try {
      ParentWatch.start();
      return dispatch(args, arguments);
    } catch (UsageException | ConfigException | NoSuchRunException e) {
      return fail(arguments, e, "usage: " + e.getMessage(), ExitCode.USAGE);
    } catch (DataException e) {
      return fail(arguments, e, "data: " + e.getMessage(), ExitCode.DATA);
    } catch (UnreadableFileException | JsonException e) {
      return fail(arguments, e, "data: " + e.getMessage(), ExitCode.DATA);
    } catch (RunInUseException e) {
      String hint = "run: " + e.getMessage() + ". Wait for it or stop it";
      return fail(arguments, e, hint, ExitCode.ENVIRONMENT);
    } catch (IOException e) {
      return fail(
          arguments,
          e,
          "environment: " + e.getMessage() + ". Check the disk and its permissions",
          ExitCode.ENVIRONMENT);
    } catch (OutOfMemoryError e) {
      boolean heap = !String.valueOf(e.getMessage()).contains("thread");
      String remedy = heap ? "Give Java more, such as -Xmx1g" : "Use fewer --threads";
      String hint = "memory: " + e.getMessage() + ". " + remedy;
      return fail(arguments, e, hint, ExitCode.ENVIRONMENT);
    } catch (Exception | Error e) {
      String hint = "bug: " + e + ". Run it again with --debug and report what it prints";
      return fail(arguments, e, hint, ExitCode.BUG);
    }
  }

  private static int fail(Arguments arguments, Throwable cause, String message, int code) {
    System.err.println("error: " + message.replaceAll("\\R", " "));
    if (arguments.has(Option.DEBUG)) {
      cause.printStackTrace();
    }
    return code;
  }

  private static int dispatch(String[] args, Arguments arguments) throws Exception {
    if (arguments.has(Option.VERSION)) {
      return new VersionCommand().run(arguments);
    }
    List<String> words = arguments.words();
    if (words.isEmpty() && arguments.problems().isEmpty()) {
      if (arguments.has(Option.HELP)) {
        Stdout.print(HelpCommand.overview());
        return ExitCode.DONE;
      }
      System.err.print(HelpCommand.overview());
      return ExitCode.USAGE;
    }
    Optional<Command> command = words.isEmpty() ? Optional.empty() : find(words.get(0));
    if (command.isEmpty()) {
      throw unknown(arguments);
    }
    if (arguments.has(Option.HELP)) {
      Stdout.print(HelpCommand.of(command.get()));
      return ExitCode.DONE;
    }
    return run(command.get(), args, arguments);
  }

  private static UsageException unknown(Arguments arguments) {
    if (!arguments.words().isEmpty()) {
      arguments.addProblem(unknown(arguments.words().get(0)));
    }
    return new UsageException(String.join("; ", arguments.problems()) + ". See cifar-engine help");
  }

  /** What is wrong with a word that is no command, and which command it may have meant. */
  static String unknown(String word) {
    List<String> names = COMMANDS.stream().map(Command::name).toList();
    return "unknown command " + word + Suggestion.of(word, names);
  }

  /** The command of this name. */
  static Optional<Command> find(String word) {
    return COMMANDS.stream().filter(command -> command.name().equals(word)).findFirst();
  }

  private static int run(Command command, String[] args, Arguments arguments) throws Exception {
    List<Option> allowed = new ArrayList<>(Option.GLOBAL);
    allowed.addAll(command.options());
    arguments.allowOnly(command.name(), allowed);
    command.check(arguments);
    if (!arguments.problems().isEmpty()) {
      throw new UsageException(
          String.join("; ", arguments.problems())
              + ". See cifar-engine "
              + command.name()
              + " --help");
    }
    OptionalInt child =
        command.computes(arguments) && Relaunch.isWorthIt(arguments)
            ? Relaunch.run(args)
            : OptionalInt.empty();
    return child.isPresent() ? child.getAsInt() : command.run(arguments);
  }
}
