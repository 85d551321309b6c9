// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.speed.TrainingStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the comparison prints, and that the other side measures the same cases. */
class SideBySideTest {
  private static final List<String> GROUPS = List.of("gemm", "conv", "train");
  private static final Pattern CASE = Pattern.compile("\"((gemm|conv|mlp|linear|cnn) [^\"]+)\"");

  /** More of them would take seconds on the scalar kernels, for the same code. */
  private static final double MOST_GIGAFLOP = 5;

  @Test
  void theOtherSideHasTheSameCasesInTheSameOrder() throws IOException {
    List<String> ours = new ArrayList<>();
    GROUPS.forEach(group -> SideBySide.group(group).forEach(c -> ours.add(c.name())));
    assertEquals(ours, namesIn("pytorch.py"));
  }

  @Test
  void floorsAreThoseOfCasesThatAreMeasured() throws IOException {
    List<String> measured = namesIn("pytorch.py");
    List<String> judged = namesIn("floors.py");
    assertTrue(judged.size() >= 5, judged.toString());
    assertTrue(measured.containsAll(judged), judged + " are not all among " + measured);
  }

  @Test
  void everyCaseRuns() {
    int cases = 0;
    try (Engine engine = Engine.withThreads(2)) {
      for (String group : GROUPS) {
        for (PeerCase peerCase : SideBySide.group(group)) {
          if (!group.equals("gemm") || peerCase.work() <= MOST_GIGAFLOP) {
            peerCase.preparation().apply(engine).run();
            cases++;
          }
        }
      }
    }
    assertEquals(9 + 9 + 7, cases);
  }

  @Test
  void aCaseIsALineOfNameMedianBestAndUnit() {
    Output output = Output.of("gemm --only 50x64x1024 --threads 2 --seconds 0 --warmup 0");
    assertEquals(0, output.code, output.err);
    Matcher line =
        Pattern.compile("gemm 50x64x1024\t(\\d+\\.\\d\\d)\t(\\d+\\.\\d\\d)\tGFLOP/s\\R")
            .matcher(output.out);
    assertTrue(output.out.startsWith("peak\t"), output.out);
    assertTrue(line.find(), output.out);
    assertTrue(Double.parseDouble(line.group(1)) <= Double.parseDouble(line.group(2)), output.out);
    assertTrue(output.err.contains("2 threads"), output.err);
  }

  @Test
  void aWrongCommandLineIsOneLineThatSaysWhatIsExpected() {
    assertWrong("", "expected a group of cases, found nothing");
    assertWrong("pooling", "cases: expected gemm, conv or train, found pooling");
    assertWrong("conv --thread 2", "unknown option --thread");
    assertWrong("conv --threads", "--threads: expected a value, found nothing");
    assertWrong("conv --threads 0", "--threads: expected a number from 1 to 1024, found 0");
    assertWrong("conv --threads 1.5", "--threads: expected a whole number, found 1.5");
    assertWrong("conv --seconds NaN", "--seconds: expected a number from 0 to");
    assertWrong("conv --warmup two", "--warmup: expected a number from 0 to");
    assertWrong("conv --only cnn", "part of a name such as conv 3-32@32 forward, found cnn");
  }

  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
    assertEquals(new Timing(3e-9, 1e-9), Timing.of(new long[] {9, 1, 3}));
    assertEquals(new Timing(2.5e-9, 1e-9), Timing.of(new long[] {9, 1, 3, 2}));
  }

  @Test
  void updatesOfAFullBatchLowerTheLossOfTheWholeSet() {
    try (Engine engine = Engine.withThreads(2)) {
      TrainingStep step = TrainingModel.LINEAR_3072_10_FULL.step(engine);
      double first = step.run();
      // 1 - 2 y + the ten y^2: outputs start near 0, and one of ten targets is 1. Pixels are at
      // most 1, so
      // that y, of 3072 weights of deviation 1e-5, deviates by 6e-4 at most; this is ten times it.
      double y = 10 * 6e-4;
      assertEquals(1, first, 2 * y + 10 * y * y);
      assertTrue(step.run() < first);
    }
  }

  private static void assertWrong(String command, String expected) {
    Output output = Output.of(command);
    assertEquals(2, output.code, command);
    assertEquals("", output.out, command);
    assertTrue(output.err.contains(expected), output.err);
    assertEquals(1, output.err.lines().count(), output.err);
  }

  /** The names of cases that a script holds, each once, in their order. */
  private static List<String> namesIn(String script) throws IOException {
    List<String> names = new ArrayList<>();
    Matcher matcher = CASE.matcher(Files.readString(peers().resolve(script)));
    while (matcher.find()) {
      if (!names.contains(matcher.group(1))) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  private static Path peers() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("bench/peers"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("no folder with bench/peers above the working directory");
      }
    }
    return folder.resolve("bench/peers");
  }

  private record Output(int code, String out, String err) {
    static Output of(String command) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int code =
          SideBySide.run(
              command.isEmpty() ? List.of() : List.of(command.split(" ")),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8));
      return new Output(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
