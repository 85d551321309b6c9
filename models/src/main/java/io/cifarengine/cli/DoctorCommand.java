// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ImageSet;
import io.cifarengine.data.DataException;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.files.Json;
import io.cifarengine.speed.Host;
import java.io.IOException;
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
    facts.put("java", Host.java());
    facts.put("system", Host.system());
    facts.put("cpu", Host.cpu());
    try (Engine engine = EngineChoice.create(arguments)) {
      facts.put("kernels", engine.kernels() + " (" + engine.kernelsReason() + ")");
      facts.put("threads", engine.threads());
    }
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("memory", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB for Java at most");
    facts.put("terminal", Terminal.isInteractive() ? "yes: a progress bar" : "no: progress lines");
    int code = ExitCode.DONE;
    for (ImageSet set : List.of(ImageSet.CIFAR10, ImageSet.CIFAR100_COARSE)) {
      String key = DataSource.folder(set);
      try {
        facts.put(key, data(arguments.text(Option.DATA), set));
      } catch (DataException e) {
        facts.put(key, e.getMessage());
        code = ExitCode.DATA;
      }
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
  private static String data(Optional<String> asked, ImageSet set) throws IOException {
    DataSource source = DataLookup.here().find(asked, set);
    if (!source.synthetic()) {
      source.train(set);
      source.test(set);
      return source.describe(set) + ", complete";
    }
    String place =
        DataLookup.here().defaultFolders().stream()
            .findFirst()
            .map(Path::toString)
            .orElse("a folder and name it with --data");
    return source.describe(set)
        + "; put "
        + DataSource.folder(set)
        + "/ into "
        + place
        + " for the real ones";
  }
}
