// SPDX-License-Identifier: Apache-2.0
package io.cifarengine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the README true. */
class ReadmeTest {
  private static final Path ROOT = repositoryRoot();

  @Test
  void theExampleInTheReadmeIsTheOneThatIsCompiledHere() throws IOException {
    String source =
        Files.readString(ROOT.resolve("models/src/test/java/io/cifarengine/Quickstart.java"));
    String body = source.substring(source.indexOf("import static"));
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertTrue(readme.contains("```java\n" + body + "```\n"), "README.md shows another example");
  }

  @Test
  void theExampleLearnsWhatItsOutputSays() throws IOException {
    PrintStream stdout = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(stdout);
    }
    List<String> lines = captured.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(5, lines.size());
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertTrue(
        readme.contains("\n" + lines.get(4) + "\n"), "README.md lacks the line: " + lines.get(4));
    Matcher accuracy = Pattern.compile("accuracy ([0-9.]+) %").matcher(lines.get(4));
    assertTrue(accuracy.find());
    assertTrue(Double.parseDouble(accuracy.group(1)) > 30, "ten classes are guessed at 10 %");
  }

  @Test
  void theReadmeNamesTheTwoCommands() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
    assertTrue(lines.contains("bin/cifar-engine experiment momentum"));
    assertTrue(lines.contains("mvn -B verify"));
  }

  private static Path repositoryRoot() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not inside the repository");
  }
}
