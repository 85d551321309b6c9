// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.StudyDigests;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The heart of the contract: one training, one digest, for any threads, vector width, garbage
 * collector and JIT state. The golden digest holds on every JDK, so a build on another one is a test
 * of that too.
 */
class DigestTest {
  /** Of numerics 1, 2 and 3; it may change only together with {@code Engine.NUMERICS}. */
  private static final String GOLDEN =
      "d0c5c8c7779c8614da3041c849ae64ccee31fe9e0a8e612f887e80cea64ecb93";

  /** Of {@link StudyDigests}: linear, nn-sgd, hidden-layers, cnn; the last one of numerics 3. */
  private static final String STUDIES =
      """
      linear ac08badf285cf56cac22cb82028845dd62ae6a0340254d8683d2caae48488a59
      nn-sgd 934095c2b99c6f1016c52297498ad9a588ecd506cad58991ffb23dedc9d88df2
      hidden-layers 145f88e1f3c768781b736a6359dab7113e30cd00613d77b0ab1b2ced1213b8c0
      cnn f1dc53b4d9f9c177abb41c22362164e639ea39e5c7618875009680351c5d150d
      """;

  private static final Pattern DIGEST = Pattern.compile("\"digest\": \"([0-9a-f]{64})\"");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest(name = "{0} threads, simd {1}, {2}")
  @CsvSource({
    "1, scalar, -XX:+UseSerialGC",
    "2, scalar, -XX:+UseParallelGC",
    "5, scalar, -XX:-UseFMA",
    "2, 128, -XX:+UseG1GC",
    "3, 128, -XX:+UseSerialGC",
    "1, 256, -XX:+UseG1GC",
    "5, 256, -XX:+UseParallelGC",
    "1, 512, -XX:+UseSerialGC",
    "3, 512, -XX:+UseParallelGC",
    "5, 512, -XX:+UseG1GC",
    "2, auto, -XX:TieredStopAtLevel=1",
    "2, auto, -XX:-TieredCompilation",
  })
  void oneTrainingHasOneDigest(int threads, String simd, String option) throws Exception {
    // The runs are JVMs of their own, so the surefire execution without the module adds nothing.
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "runs once, in the execution with the vector module");
    Cli.Outcome outcome =
        Cli.of(
                "experiment",
                "momentum",
                "--data",
                "synthetic",
                "--limit",
                "300",
                "--epochs",
                "2",
                "--only",
                "momentum=0.9,learning_rate=0.005",
                "--json",
                "-q",
                "--threads",
                Integer.toString(threads),
                "--simd",
                simd)
            .in(folder)
            .jvm(
                "--add-modules", "jdk.incubator.vector", "-XX:+IgnoreUnrecognizedVMOptions", option)
            .run();
    assumeFalse(
        outcome.code() == 2 && outcome.err().contains("have vectors of at most"), outcome.err());
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(GOLDEN, lastDigest(outcome.out()));
  }

  /** Full batches in blocks, squared error, another order each epoch, two hidden layers, convolutions. */
  @ParameterizedTest(name = "{0} threads, simd {1}, {2}")
  @CsvSource({
    "1, scalar, -XX:+UseSerialGC",
    "2, 128, -XX:+UseParallelGC",
    "5, 256, -XX:+UseSerialGC",
    "3, 512, -XX:+UseG1GC",
    "2, auto, -XX:TieredStopAtLevel=1",
  })
  void theOtherStudiesHaveOneDigestEach(int threads, String simd, String option) throws Exception {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "runs once, in the execution with the vector module");
    Cli.Outcome outcome =
        Cli.of(StudyDigests.class, Integer.toString(threads))
            .jvm(
                "--add-modules",
                "jdk.incubator.vector",
                "-D" + Engine.SIMD_PROPERTY + "=" + simd,
                "-XX:+IgnoreUnrecognizedVMOptions",
                option)
            .run();
    assumeFalse(outcome.err().contains("have vectors of at most"), outcome.err());
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(STUDIES, outcome.out());
  }

  private static String lastDigest(String json) {
    Matcher matcher = DIGEST.matcher(json);
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1);
    }
    assertTrue(!last.isEmpty(), json);
    return last;
  }
}
