// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.random.Randoms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accepted subset, the refusals with their places, and the writer. */
class YamlTest {
  @Test
  void aFileOfTheCourseIsReadAsItStands() throws YamlException {
    String file =
        """
        --- !Config
        # two layers
        layer_specs: [3072, 128, 10]
        activation: "tanh"
        learning_rate: 0.005   # small
        early_stop: True

        momentum_gamma: 0.9
        """;
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("layer_specs", List.of("3072", "128", "10"));
    expected.put("activation", "tanh");
    expected.put("learning_rate", "0.005");
    expected.put("early_stop", "True");
    expected.put("momentum_gamma", "0.9");
    assertEquals(expected, read(file));
    assertEquals(expected, read("\uFEFF" + file.replace("\n", "\r\n")));
  }

  @Test
  void listsAndMapsNestAsYamlHasThem() throws YamlException {
    String file =
        """
        own:
        - 1
        - 'two, 2'   # at the key's own column
        # between
        optimizer:
          lr: 0.1
          schedule:
            kind: step
            at:
            - 10
            - 20
          betas:
              - 0.9
        last: [ a b , "]", -1 ]
        empty: []
        """;
    Map<String, Object> expected =
        Map.of(
            "own", List.of("1", "two, 2"),
            "optimizer",
                Map.of(
                    "lr", "0.1",
                    "schedule", Map.of("kind", "step", "at", List.of("10", "20")),
                    "betas", List.of("0.9")),
            "last", List.of("a b", "]", "-1"),
            "empty", List.of());
    assertEquals(expected, read(file));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "a b # c | a b",
        "a#b | a#b",
        "it's | it's",
        "a:b | a:b",
        "a :b | a :b",
        "-1e-3 | -1e-3",
        "--- | ---",
        "x - y, [z] | x - y, [z]",
        "'it''s # \\n' | it's # \\n",
        "\"\\\"\\\\\\u00e9# ' \" | \"\\é# ' ",
        "\"\" | ``",
        "no | no",
      })
  void aScalarKeepsItsText(String written, String text) throws YamlException {
    String expected = written.endsWith(" \"") ? text + " " : text;
    assertEquals(Map.of("k", expected), read("k: " + written));
  }

  @Test
  void placesAndQuotesAreKept() throws YamlException {
    YamlDocument document = Yaml.parse("c.yaml", "# c\na:\n  'b' : \"1\"\n  c: [x, yy]\n");
    YamlEntry a = document.root().entries().get(0);
    assertEquals("c.yaml", document.source());
    assertEquals(new YamlValue.Scalar("a", false, 2, 1), a.key());
    YamlValue.Mapping inner = (YamlValue.Mapping) a.value();
    assertEquals(3, inner.line());
    assertEquals(3, inner.column());
    YamlEntry b = inner.entries().get(0);
    assertEquals(new YamlValue.Scalar("b", true, 3, 3), b.key());
    assertEquals(new YamlValue.Scalar("1", true, 3, 9), b.value());
    YamlValue.Sequence c = (YamlValue.Sequence) inner.entries().get(1).value();
    assertEquals(6, c.column());
    assertEquals(new YamlValue.Scalar("yy", false, 4, 10), c.items().get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only\n  # comments", "---\n", "---\n...\n# end", "\uFEFF"})
  void aFileOfCommentsHasNoEntries(String file) throws YamlException {
    assertEquals(Map.of(), read(file));
  }

  /** Where a text is refused, and for what; {@code ~} is a new line and {@code >} a tab. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "a: 1~>b: 2; 2:1; a tab in the indentation",
        "a:>1; 1:3; a tab",
        "a: 1>; 1:5; a tab",
        "a: [1,>2]; 1:7; a tab",
        "a: &x 1; 1:4; an anchor",
        "a: *x; 1:4; an alias",
        "a: !x 1; 1:4; a tag",
        "!x a: 1; 1:1; a tag",
        "--- !~a: 1; 1:5; bad tag",
        "--- a: 1; 1:5; text after the value",
        "a: {b: 1}; 1:4; a flow map",
        "a: |~  x; 1:4; a scalar of several lines",
        "a: x~  y; 2:3; bad indentation",
        "a: @x; 1:4; an indicator of YAML",
        "a: 'x~  y'; 1:4; unclosed quotes",
        "a: \"x\\\"; 1:4; unclosed quotes",
        "a: \"\\x41\"; 1:5; unknown escape",
        "a: \"\\u00g0\"; 1:5; bad escape",
        "a: \"\\ud83d\"; 1:5; half a character",
        "a: 1~b: 2~a: 3; 3:1; a duplicate key",
        "o:~  a: 1~  'a': 2; 3:3; a duplicate key",
        "a: 1~---~b: 2; 2:1; a second document",
        "---~---; 2:1; a second document",
        "a: 1~...~b: 2; 3:1; a second document",
        "...; 1:1; no key",
        "%YAML 1.2~---; 1:1; a directive",
        "a:1; 1:3; no space after the colon",
        "a; 1:2; no colon after the key",
        "a b: 1; 1:3; no colon after the key",
        "'a': 1~? b; 2:1; a complex key",
        "` a: 1`; 1:2; bad indentation",
        "a:~    b: 1~  c: 2; 3:3; bad indentation",
        "a:~  - 1~    - 2; 3:5; bad indentation",
        "a: 1~- 2; 2:1; a list item without a key",
        "a:~  - 1~  b: 2; 3:3; bad indentation",
        "a:~-; 2:2; empty list item",
        "a:~- - 1; 2:3; a dash alone",
        "a:~- b: 1; 2:4; an indicator within a plain value",
        "a:~- [1]; 2:3; a list as a key or within a list",
        "a: - 1; 1:4; a dash alone",
        "a: b: c; 1:5; an indicator within a plain value",
        "a: \"b\": c; 1:7; text after the value",
        "a: [1, 2; 1:4; unclosed [",
        "a: [1, # 2]; 1:4; unclosed [",
        "a: [1,,2]; 1:7; an indicator of YAML",
        "a: [1, ]; 1:8; an indicator of YAML",
        "a: [1, [2]]; 1:8; a list as a key or within a list",
        "a: [b: 1]; 1:6; an indicator within a plain value",
        "a: ['b' c]; 1:9; text after a list item",
        "a: [1] 2; 1:8; text after the value",
        "a: \"b\"#c; 1:7; text after the value",
        "a:; 1:1; a key without a value",
        "a:~b: 1; 1:1; a key without a value",
        "a:~  b:~- 1; 2:3; a key without a value",
        "a:~  b:~    c:~      d: 1; 4:7; nested too deep",
        "a: \u0007b; 1:4; a character that cannot be shown",
        "a: 1\u0085b; 1:5; a character that cannot be shown",
        "# \uFEFF; 1:3; a character that cannot be shown",
        "a: \uD83D; 1:4; a character that cannot be shown",
      })
  void whatIsOutsideTheSubsetIsRefusedWithItsPlace(String file, String place, String what) {
    String text = file.replace('~', '\n');
    boolean tabs = what.startsWith("a tab");
    String message = refusal(tabs ? text.replace('>', '\t') : text);
    assertTrue(message.startsWith("c.yaml:" + place + ": " + what + " (expected "), message);
    assertTrue(message.contains(", found ") && message.contains("). "), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void aLoneCarriageReturnIsRefused() {
    String message = refusal("a: 1\rb: 2\n");
    assertTrue(message.startsWith("c.yaml:1:5: a character that cannot be shown"), message);
    assertTrue(message.contains("found U+000D"), message);
  }

  @Test
  void aKeyOfMoreThanItsLimitIsRefused() throws YamlException {
    String longest = "k".repeat(YamlText.MAX_KEY);
    assertEquals(Map.of(longest, "1"), read(longest + ": 1"));
    assertTrue(refusal(longest + "k: 1").contains("1:1: key too long"));
  }

  @Test
  void aMessageSaysWhatToDo() {
    assertEquals(
        "c.yaml:2:3: no space after the colon (expected a space, found 0.1)."
            + " Write KEY: VALUE with a space",
        refusal("a: 1\nb:0.1"));
  }

  private static final String[] FRAGMENTS = {
    "a",
    "b",
    "lr",
    ": ",
    ":",
    "- ",
    "-",
    "  ",
    " ",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "[",
    "]",
    ", ",
    "\"",
    "'",
    "\\",
    "\\u00",
    "#",
    " # c",
    "---",
    "...",
    "!t",
    "&",
    "*",
    "{",
    "}",
    "|",
    "1",
    "0.5",
    "\t",
    "\uFEFF",
    "\u0000",
    "\u2028",
    "\uD83D\uDE00",
    "\uD83D",
    "k: v\n",
    "o:\n  p: q\n",
    "l: [1, 2]\n"
  };

  @Test
  void anyTextIsReadOrRefusedWithItsPlace() {
    Randoms randoms = Randoms.seeded(7);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = draw(randoms.stream(i), FRAGMENTS, 12);
      try {
        accepted += Yaml.parse("c.yaml", text).root().entries().isEmpty() ? 0 : 1;
      } catch (YamlException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(
            message.matches("c\\.yaml:\\d+:\\d+: .* \\(expected .*, found .*\\)\\. .*"), message);
      }
    }
    assertTrue(accepted > 200, "the fuzzer hardly ever writes YAML: " + accepted);
  }

  /** Quadratic time would take minutes for these. */
  @Test
  void aHugeTextTakesNoMoreThanLinearTime() {
    int n = 500_000;
    String[] texts = {
      "a: [" + "1,".repeat(n) + "1]",
      "a: " + " ".repeat(n) + "x",
      "a: \"" + "\\n".repeat(n),
      "a:\n" + "- 1\n".repeat(n),
      " ".repeat(n) + "a: 1",
      "#".repeat(n),
      "\n".repeat(n),
      "[".repeat(n),
      "a: 1\n ".repeat(n),
    };
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (String text : texts) {
            try {
              Yaml.parse("c.yaml", text);
            } catch (YamlException e) {
              assertTrue(
                  String.valueOf(e.getMessage()).length() < 300, "a message of a whole file");
            }
          }
          StringBuilder keys = new StringBuilder();
          for (int k = 0; k < n; k++) {
            keys.append('k').append(k).append(": 1\n");
          }
          assertEquals(n, Yaml.parse("c.yaml", keys.toString()).root().entries().size());
        });
  }

  private static final String[] TEXTS = {
    "a",
    "Z",
    "0",
    "_",
    ".",
    "-",
    "/",
    "+",
    " ",
    ":",
    ": ",
    ",",
    "#",
    " #",
    "'",
    "\"",
    "\\",
    "[",
    "]",
    "{",
    "}",
    "?",
    "!",
    "&",
    "*",
    "|",
    ">",
    "%",
    "@",
    "`",
    "~",
    "=",
    "<<",
    "é",
    "\u00a0",
    "\t",
    "\n",
    "\r",
    "\u0000",
    "\u0085",
    "\u2028",
    "\uFEFF",
    "\uFFFF",
    "\uD83D\uDE00",
    "---",
    "...",
    "no",
    "1e-3"
  };

  @Test
  void whatIsWrittenIsReadBackEqual() throws YamlException {
    Randoms randoms = Randoms.seeded(11);
    for (int i = 0; i < 20_000; i++) {
      Randoms draws = randoms.stream(i);
      Map<String, Object> entries = new LinkedHashMap<>();
      for (int k = 0; k < 3; k++) {
        Randoms entry = draws.stream(k);
        List<String> items = new ArrayList<>();
        for (int item = entry.below(4, 0); item > 0; item--) {
          items.add(draw(entry.stream(item), TEXTS, 4));
        }
        String key = draw(entry.stream("key"), TEXTS, 3);
        entries.put(key, entry.below(2, 1) == 0 ? items : draw(entry.stream("text"), TEXTS, 5));
      }
      String written = Yaml.write(entries);
      assertEquals(entries, read(written), written);
      assertEquals(List.copyOf(entries.keySet()), List.copyOf(read(written).keySet()));
    }
  }

  @Test
  void onlyWhatNeedsQuotesHasThem() {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("layers", List.of("3072", "128"));
    entries.put("lr", "1e-3");
    entries.put("data", "/a b/c");
    entries.put("note", "x: \u2028é");
    entries.put("a b", "");
    assertEquals(
        """
        layers: [3072, 128]
        lr: 1e-3
        data: /a b/c
        note: "x: \\u2028é"
        "a b": ""
        """,
        Yaml.write(entries));
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Yaml.write(Map.of("a", 1)));
    assertThrows(IllegalArgumentException.class, () -> Yaml.write(Map.of("a", List.of(1))));
    assertThrows(IllegalArgumentException.class, () -> Yaml.write(Map.of("a", "\uD83D")));
    String tooLong = "k".repeat(YamlText.MAX_KEY + 1);
    assertThrows(IllegalArgumentException.class, () -> Yaml.write(Map.of(tooLong, "")));
  }

  private static String draw(Randoms randoms, String[] fragments, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = randoms.below(most + 1, 0); i > 0; i--) {
      text.append(fragments[randoms.below(fragments.length, i)]);
    }
    return text.toString();
  }

  private static String refusal(String text) {
    YamlException e = assertThrows(YamlException.class, () -> Yaml.parse("c.yaml", text), text);
    return String.valueOf(e.getMessage());
  }

  private static Map<String, Object> read(String text) throws YamlException {
    return plain(Yaml.parse("c.yaml", text).root());
  }

  private static Map<String, Object> plain(YamlValue.Mapping mapping) {
    Map<String, Object> map = new LinkedHashMap<>();
    mapping.entries().forEach(entry -> map.put(entry.key().text(), plain(entry.value())));
    return map;
  }

  private static Object plain(YamlValue value) {
    if (value instanceof YamlValue.Scalar scalar) {
      return scalar.text();
    }
    return value instanceof YamlValue.Sequence sequence
        ? sequence.items().stream().map(YamlValue.Scalar::text).toList()
        : plain((YamlValue.Mapping) value);
  }
}
