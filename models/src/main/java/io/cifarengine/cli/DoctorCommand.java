// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Cifar;
import io.cifarengine.data.DataException;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.report.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code doctor}: what is on, and what to do about what is off. */
final class DoctorCommand implements Command {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "Java, vector width, cores, memory, data, terminal: what is on, what to do";
  }

  @Override
  public String help() {
    return "cifar-engine doctor\ncifar-engine doctor --data DIR\n";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.JSON);
  }

  @Override
  public boolean computes(Arguments arguments) {
    return true;
  }

  @Override
  public int run(Arguments arguments) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cifar-engine", VersionCommand.version());
    facts.put("java", Runtime.version() + " (" + System.getProperty("java.vm.name") + ")");
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    try (Engine engine = EngineChoice.create(arguments)) {
      facts.put("kernels", engine.kernels() + " (" + engine.kernelsReason() + ")");
      facts.put("threads", engine.threads());
    }
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("memory", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB for Java at most");
    facts.put("terminal", Terminal.isInteractive() ? "yes: a progress bar" : "no: progress lines");
    int code = ExitCode.DONE;
    try {
      facts.put("data", data(arguments.text(Option.DATA)));
    } catch (DataException e) {
      facts.put("data", e.getMessage());
      code = ExitCode.DATA;
    }
    if (arguments.has(Option.JSON)) {
      Stdout.print(Json.document(facts));
    } else {
      for (Map.Entry<String, Object> fact : facts.entrySet()) {
        Stdout.println(fact.getKey() + ": " + fact.getValue());
      }
    }
    return code;
  }

  /** What a run would use; reading it is the check. */
  private static String data(Optional<String> asked) throws IOException {
    DataSource source = DataLookup.here().find(asked);
    if (source instanceof DataSource.Folder folder) {
      source.train(Cifar.Labels.COARSE);
      source.test(Cifar.Labels.COARSE);
      return source.describe() + ", complete" + tenBeside(folder.dir());
    }
    Path place = DataLookup.here().defaultFolders().get(0);
    return source.describe()
        + "; put "
        + Cifar.FOLDER_100
        + "/ into "
        + place
        + " for the real ones";
  }

  private static String tenBeside(Path dir) {
    return Files.isDirectory(dir.resolve(Cifar.FOLDER_10)) ? "; CIFAR-10 beside it" : "";
  }
}
