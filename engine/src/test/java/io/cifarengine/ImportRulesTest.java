// SPDX-License-Identifier: Apache-2.0
package io.cifarengine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not know, read from the main sources of all modules. */
class ImportRulesTest {
  /** What each package may name of the others. */
  private static final Map<String, String> MAY_NAME =
      Map.ofEntries(
          Map.entry("tensor", ""),
          Map.entry("random", ""),
          Map.entry("internal.kernel", ""),
          Map.entry("internal.parallel", ""),
          Map.entry("internal.gemm", "internal.kernel|internal.parallel"),
          Map.entry("internal.conv", "internal.gemm|internal.kernel|internal.parallel"),
          Map.entry(
              "compute", "tensor|internal.conv|internal.kernel|internal.gemm|internal.parallel"),
          Map.entry("data", "compute|random|tensor"),
          Map.entry("text", ""),
          Map.entry("files", "tensor|text"),
          Map.entry("nn", "compute|random|tensor|text"),
          Map.entry("optim", "compute|nn|tensor"),
          Map.entry("train", "compute|data|files|nn|optim|random|tensor"),
          Map.entry("zoo", "nn"),
          Map.entry("reference", "nn|tensor"),
          Map.entry("plot", ""),
          Map.entry("config", "files|nn|text|train"),
          Map.entry("experiment", "compute|config|data|nn|optim|random|reference|tensor|train|zoo"),
          Map.entry("speed", "compute|config|data|experiment|nn|optim|random|tensor|train"),
          Map.entry("report", "compute|config|experiment|files|nn|plot|speed|tensor|train"),
          Map.entry("run", "compute|config|data|experiment|files|nn|report|tensor|text|train"),
          Map.entry("cli", "compute|config|data|experiment|files|nn|report|run|speed|text|train"));

  /** Of {@link Math}, those that may be a unit in the last place off. */
  private static final String INEXACT =
      "(exp|log|log10|pow|sinh?|cosh?|tanh?|cbrt|expm1|log1p|hypot|atan2?|asin|acos|random)";

  /** Calls whose bits differ between JVMs, CPUs, runs or locales. */
  private static final String[] BANNED = {
    "reduceLanes\\((?!VectorOperators\\.(MIN|MAX)\\b)", // unspecified order of additions
    "\\b(EXP|EXPM1|LOG|LOG10|LOG1P|POW|TANH|SINH?|COSH?|TAN|CBRT|HYPOT|ATAN2?|ASIN|ACOS)\\b"
        + "(?<=VectorOperators\\.\\w{3,5})",
    "\\bMath\\." + INEXACT + "\\(",
    "import static (java\\.lang\\.Math\\.("
        + INEXACT
        + "|\\*)|java\\.lang\\.String\\.(format|\\*)"
        + "|java\\.util\\.Collections\\.(shuffle|\\*)|jdk\\.incubator\\.vector\\.VectorOperators\\.\\*)"
        + "\\s*;", // which would hide the class that the other patterns look for
    "ThreadLocalRandom|SplittableRandom|RandomGenerator|java\\.util\\.Random\\b|new Random\\(",
    "Collections\\.shuffle|\\.parallel\\(\\)|parallelStream|DoubleAdder|parallelPrefix",
    "ObjectInputStream|Class\\.forName|Runtime\\.exec|getRuntime\\(\\)\\.exec",
    "(String\\.format|\\.printf)\\((?!\\s*Locale\\.)|\\.formatted\\(|Locale\\.getDefault",
    "ImageIO\\.read\\(|currentTimeMillis"
  };

  /** Comments may name what code may not. */
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("no folder with .mvn above the working directory");
      }
    }
    return folder;
  }

  /** Path below the root, with slashes, and code without comments. */
  private static Map<String, String> mainSources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : List.of("engine", "datasets", "models")) {
      Path main = root().resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(main)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String path = root().relativize(file).toString().replace('\\', '/');
          sources.put(path, code(Files.readString(file)));
        }
      }
    }
    assertTrue(sources.size() > 40, "too few sources to be all: " + sources.keySet());
    return sources;
  }

  private static String code(String source) {
    return COMMENT.matcher(source).replaceAll(" ");
  }

  private static void find(List<String> found, String path, String code, String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(code);
    while (matcher.find()) {
      found.add(path + ": " + matcher.group());
    }
  }

  @Test
  void onlyTheKernelsNameTheVectorModule() throws IOException {
    List<String> found = new ArrayList<>();
    mainSources()
        .forEach(
            (path, code) -> {
              if (!path.contains("/internal/kernel/") && !path.equals(MODULE_INFO)) {
                find(found, path, code, "jdk\\.incubator");
              }
            });
    assertEquals(List.of(), found);
    assertTrue(
        mainSources().getOrDefault(MODULE_INFO, "").contains("requires static jdk.incubator"));
  }

  private static final String MODULE_INFO = "engine/src/main/java/module-info.java";

  @Test
  void packagesNameOnlyWhatLiesBelowThem() throws IOException {
    List<String> found = new ArrayList<>();
    Map<String, String> sources = mainSources();
    MAY_NAME.forEach(
        (name, allowed) -> {
          String itself = allowed.isEmpty() ? name : name + "|" + allowed;
          String foreign = "io\\.cifarengine\\.(?!(" + itself.replace(".", "\\.") + ")\\b)[\\w.]+";
          sources.forEach(
              (path, code) -> {
                if (inPackage(path, name)) {
                  find(found, path, code, foreign);
                }
              });
        });
    for (String path : sources.keySet()) {
      boolean known = MAY_NAME.keySet().stream().anyMatch(name -> inPackage(path, name));
      if (!known && !path.endsWith("src/main/java/module-info.java")) {
        found.add(path + ": its package has no rule here");
      }
    }
    assertEquals(List.of(), found);
  }

  private static boolean inPackage(String path, String name) {
    return path.matches(".*/io/cifarengine/" + name.replace('.', '/') + "/\\w+(-info)?\\.java");
  }

  @Test
  void onlyTheCommandLinePrintsStartsProcessesAndExits() throws IOException {
    List<String> found = new ArrayList<>();
    mainSources()
        .forEach(
            (path, code) -> {
              if (!inPackage(path, "cli")) {
                find(found, path, code, "System\\.(out|err|exit|in)\\b|ProcessBuilder|\\.halt\\(");
              }
            });
    assertEquals(List.of(), found);
  }

  @Test
  void noCallWhoseResultDependsOnTheMachineIsMade() throws IOException {
    List<String> found = new ArrayList<>();
    mainSources()
        .forEach(
            (path, code) -> {
              for (String banned : BANNED) {
                find(found, path, code, banned);
              }
            });
    assertEquals(List.of(), found);
  }

  /** The patterns themselves: each must find what it is for, and no more. */
  @Test
  void theBanListFindsWhatItBans() {
    String[] banned = {
      "v.reduceLanes(VectorOperators.ADD)",
      "v.lanewise(VectorOperators.EXP)",
      "v.lanewise(VectorOperators.TANH)",
      "Math.exp(x)",
      "Math.tanh(x)",
      "Math.random()",
      "Math.pow(x, y)",
      "import static java.lang.Math.exp;",
      "import static java.lang.Math.*;",
      "import static java.lang.String.format;",
      "import static java.util.Collections.shuffle;",
      "import static jdk.incubator.vector.VectorOperators.EXP;",
      "import static jdk.incubator.vector.VectorOperators.*;",
      "new Random(1)",
      "import java.util.Random;",
      "new SplittableRandom()",
      "ThreadLocalRandom.current()",
      "Collections.shuffle(list)",
      "stream.parallel()",
      "new DoubleAdder()",
      "new ObjectInputStream(in)",
      "Class.forName(name)",
      "String.format(\"%f\", x)",
      "\"%f\".formatted(x)",
      "out.printf(\"%f\", x)",
    };
    for (String code : banned) {
      assertTrue(isBanned(code), code);
    }
    String[] allowed = {
      "v.reduceLanes(VectorOperators.MAX)",
      "v.lanewise(VectorOperators.LSHL, 1)",
      "Math.max(a, b)",
      "import static java.lang.Math.fma;",
      "import static java.lang.StrictMath.exp;",
      "StrictMath.exp(x)",
      "StrictMath.log(x)",
      "ElementaryFunctions.exp(x)",
      "case EXP -> exp(x);",
      "String.format(Locale.ROOT, \"%f\", x)",
      "new RandomOrder()",
      code("// Math.exp(x)"),
      code("/** {@code Math.exp(x)} */"),
    };
    for (String code : allowed) {
      assertTrue(!isBanned(code), code);
    }
  }

  private static boolean isBanned(String code) {
    List<String> found = new ArrayList<>();
    for (String banned : BANNED) {
      find(found, "", code, banned);
    }
    return !found.isEmpty();
  }
}
