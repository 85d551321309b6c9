// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.random.Randoms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class JsonReaderTest {
  private static final String DOCUMENT =
      """
      {
        "text": "a \\"b\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e4 \\ud83d\\ude00 \u20ac",
        "numbers": [0, -1, 12345678901, 1.5, -2e3, 1E-2, 0.25e+1],
        "nothing": null, "yes": true, "no": false,
        "empty": [{}, [], ""]
      }
      """;

  private static void assertRefused(String message, String text) {
    JsonException e = assertThrows(JsonException.class, () -> JsonReader.read(text), text);
    assertEquals(message, e.getMessage());
  }

  @Test
  void everyKindOfValueIsRead() throws JsonException {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("text", "a \"b\" \\ / \b\f\n\r\t \u00e4 \ud83d\ude00 \u20ac");
    expected.put("numbers", List.of(0L, -1L, 12345678901L, 1.5, -2000.0, 0.01, 2.5));
    expected.put("nothing", Optional.empty());
    expected.put("yes", true);
    expected.put("no", false);
    expected.put("empty", List.of(Map.of(), List.of(), ""));
    Map<?, ?> read = (Map<?, ?>) JsonReader.read(DOCUMENT);
    assertEquals(expected, read);
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(read.keySet()), "in their order");
    assertEquals(3L, JsonReader.read(" 3\r\n\t"));
  }

  @Test
  void numbersKeepWhatTheyAre() throws JsonException {
    assertEquals(Long.MIN_VALUE, JsonReader.read("-9223372036854775808"));
    assertEquals(Long.MAX_VALUE, JsonReader.read("9223372036854775807"));
    assertEquals(0x1p63, JsonReader.read("9223372036854775808"));
    assertEquals(1e30, JsonReader.read("1" + "0".repeat(30)));
    assertEquals(-0.0, JsonReader.read("-0"));
    assertEquals(1.0, JsonReader.read("1.0"));
    assertEquals(0.0, JsonReader.read("1e-999"));
    assertEquals(Double.MIN_VALUE, JsonReader.read("4.9e-324"));
    assertRefused("line 1, column 1: a number beyond the range of a double", "1e999");
    assertRefused("line 1, column 2: a number beyond the range of a double", "[-2e308]");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws JsonException {
    Map<String, Object> value = new LinkedHashMap<>();
    StringBuilder everything = new StringBuilder();
    for (char c = 0; c < 0x3000; c++) {
      everything.append(c);
    }
    value.put(everything.append("\ud83d\ude00").toString(), everything.toString());
    value.put("list", List.of(1L, -5L, 0.125, List.of(Map.of("x", Optional.empty()))));
    value.put("flag", false);
    assertEquals(value, JsonReader.read(Json.document(value)));
    assertEquals(value, JsonReader.read(Json.compact(value)));
    assertEquals("{\"a\":[1,2.5],\"b\":{}}", Json.compact(abc()));
    String halves = "a\ud83d b\ude00 c\ud83d";
    assertEquals("a\ufffd b\ufffd c\ufffd", JsonReader.read(Json.compact(halves)));
  }

  private static Map<String, Object> abc() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", List.of(1, 2.5));
    map.put("b", Map.of());
    return map;
  }

  @Test
  void whatTheGrammarForbidsIsRefusedWithLineAndColumn() {
    String[][] cases = {
      {"", "1, column 1: expected a value, found the end of the text"},
      {" \n", "2, column 1: expected a value, found the end of the text"},
      {"\ufeff{}", "1, column 1: expected a value, found \"\\ufeff{}\""},
      {"[\n1,\n ]", "3, column 2: expected a value, found \"]\""},
      {"[1 2]", "1, column 4: expected , or ], found \"2]\""},
      {"[1", "1, column 3: expected , or ], found the end of the text"},
      {"{\"a\":1,}", "1, column 8: expected a key in quotes, found \"}\""},
      {"{a:1}", "1, column 2: expected a key in quotes, found \"a:1}\""},
      {"{\"a\" 1}", "1, column 6: expected :, found \"1}\""},
      {"{\"a\":1 \"b\":2}", "1, column 8: expected , or }, found \"\\\"b\\\":2}\""},
      {"{\"a\":1,\"\\u0061\":2}", "1, column 8: the key \"a\" stands here a second time"},
      {"{} {}", "1, column 4: expected the end of the text, found \"{}\""},
      {"1\u0000", "1, column 2: expected the end of the text, found \"\\u0000\""},
      {"nul", "1, column 1: expected a value, found \"nul\""},
      {"NaN", "1, column 1: expected a value, found \"NaN\""},
      {
        "// a comment that goes on",
        "1, column 1: expected a value, found \"// a comment that go...\""
      },
      {"+1", "1, column 1: expected a value, found \"+1\""},
      {".5", "1, column 1: expected a value, found \".5\""},
      {"-", "1, column 2: expected a digit, found the end of the text"},
      {"01", "1, column 2: expected the end of the text, found \"1\""},
      {"-01", "1, column 3: expected the end of the text, found \"1\""},
      {"1.", "1, column 3: expected a digit, found the end of the text"},
      {"[1.e5]", "1, column 4: expected a digit, found \"e5]\""},
      {"1e", "1, column 3: expected a digit, found the end of the text"},
      {"1e+", "1, column 4: expected a digit, found the end of the text"},
      {"0x1", "1, column 2: expected the end of the text, found \"x1\""},
      {"1\u0661", "1, column 2: expected the end of the text, found \"\\u0661\""},
      {"'a'", "1, column 1: expected a value, found \"'a'\""},
      {"\"a", "1, column 3: expected the closing quote of a string, found the end of the text"},
      {"\"a\nb\"", "1, column 3: the character U+000A in a string must be escaped"},
      {"\"\\x\"", "1, column 2: unknown escape \"\\\\x\""},
      {"\"\\", "1, column 2: unknown escape \"\\\\\""},
      {"\"\\u12g4\"", "1, column 6: expected four hexadecimal digits, found \"g4\\\"\""},
      {"\"\\u12", "1, column 6: expected four hexadecimal digits, found the end of the text"},
      {"\"a\\ud83d\"", "1, column 3: half of a surrogate pair"},
      {"\"a\\ude00\"", "1, column 3: half of a surrogate pair"},
      {"\"\\ud83d\\ud83d\"", "1, column 2: half of a surrogate pair"},
      {"\"\ud83d\"", "1, column 2: half of a surrogate pair"},
      {"\"\ud83d", "1, column 2: half of a surrogate pair"},
    };
    for (String[] c : cases) {
      assertRefused("line " + c[1], c[0]);
    }
  }

  @Test
  void nestingHasALimit() throws JsonException {
    Object value = JsonReader.read("[".repeat(64) + "]".repeat(64));
    for (int depth = 1; depth < 64; depth++) {
      value = ((List<?>) value).get(0);
    }
    assertEquals(List.of(), value);
    assertRefused("line 1, column 65: nested deeper than 64", "[".repeat(65) + "]".repeat(65));
    assertRefused("line 1, column 321: nested deeper than 64", "{\"a\":".repeat(100_000));
  }

  @Test
  void damagedDocumentsAreReadOrRefusedAndNothingElse() {
    String[] tokens = {
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\"",
      "\\",
      "\\u",
      "\\ud800",
      "-",
      "0",
      "1e9",
      "1e",
      ".",
      "null",
      "true",
      "\n",
      "\u0000",
      "\ud83d",
      "\"a\":",
      "99999999999999999999",
      "[[[[[[[["
    };
    int refused = 0;
    for (int round = 0; round < 10_000; round++) {
      Randoms randoms = Randoms.seeded(round);
      StringBuilder text = new StringBuilder(DOCUMENT);
      int changes = 1 + randoms.below(4, 0);
      for (int i = 1; i <= changes; i++) {
        int at = randoms.below(text.length() + 1, 10L * i);
        int end = Math.min(text.length(), at + randoms.below(6, 10L * i + 1));
        switch (randoms.below(4, 10L * i + 2)) {
          case 0 -> text.setLength(at);
          case 1 -> text.delete(at, end);
          case 2 -> text.insert(at, text.substring(at, end).repeat(2));
          default -> text.replace(at, end, tokens[randoms.below(tokens.length, 10L * i + 3)]);
        }
      }
      try {
        Object value = JsonReader.read(text.toString());
        assertTrue(isWritable(value), "round " + round);
      } catch (JsonException e) {
        refused++;
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("line "), "round " + round + ": " + message);
        assertTrue(message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
      }
    }
    assertTrue(refused > 5_000 && refused < 10_000, refused + " of 10000 refused");
  }

  /** What was read can be written, and read again as the same. */
  private static boolean isWritable(Object value) throws JsonException {
    return Json.document(JsonReader.read(Json.document(value))).equals(Json.document(value));
  }

  @Test
  void anObjectGivesItsValuesByKeyAndType() throws Exception {
    JsonObject object = JsonObject.read("status.json", DOCUMENT);
    assertEquals(
        List.of("text", "numbers", "nothing", "yes", "no", "empty"), List.copyOf(object.keys()));
    assertTrue(object.text("text").startsWith("a \"b\""));
    assertTrue(object.flag("yes"));
    assertEquals(7, object.list("numbers").size());
    assertTrue(object.has("text") && !object.has("nothing") && !object.has("other"));
    JsonObject run =
        JsonObject.read(
                "x", "{\"run\":{\"n\":3,\"loss\":0.5,\"arms\":[{\"a\":1}],\"names\":[\"b\"]}}")
            .object("run");
    assertEquals(3, run.whole("n"));
    assertEquals(3.0, run.number("n"));
    assertEquals(0.5, run.number("loss"));
    assertEquals(1, run.objects("arms").get(0).whole("a"));
    assertEquals(List.of("b"), run.texts("names"));

    assertWrong("x: run: loss: expected a whole number, found 0.5", () -> run.whole("loss"));
    assertWrong("x: run: n: expected text, found 3", () -> run.text("n"));
    assertWrong("x: run: names: expected a number, found a list", () -> run.number("names"));
    assertWrong("x: run: names[0]: expected an object, found text", () -> run.objects("names"));
    assertWrong("x: run: arms[0]: expected text, found an object", () -> run.texts("arms"));
    assertWrong("x: run: n: expected a list, found 3", () -> run.list("n"));
    assertWrong("x: run: n: expected true or false, found 3", () -> run.flag("n"));
    assertWrong("x: run: n: expected an object, found 3", () -> run.object("n"));
    assertWrong(
        "x: run: expected the key m, found [\"n\",\"loss\",\"arms\",\"names\"]",
        () -> run.text("m"));
    assertWrong("status.json: nothing: expected text, found null", () -> object.text("nothing"));
    assertWrong("x: expected an object, found a list", () -> JsonObject.read("x", "[]"));
    assertWrong(
        "x: line 1, column 2: expected a key in quotes, found the end of the text",
        () -> JsonObject.read("x", "{"));
  }

  private static void assertWrong(String message, Executable call) {
    assertEquals(message, assertThrows(JsonException.class, call).getMessage());
  }

  @Test
  void anObjectIsReadFromAFileInUtf8(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("status.json");
    AtomicFiles.write(file, "{\"a\":\"\u20ac\"}");
    assertEquals("\u20ac", JsonObject.read(file).text("a"));
    AtomicFiles.write(file, "{\"a\":");
    assertWrong(
        file + ": line 1, column 6: expected a value, found the end of the text",
        () -> JsonObject.read(file));
    AtomicFiles.write(file, new byte[] {'"', (byte) 0xC3, '"'});
    assertUnreadable(file + ": the text is not UTF-8. Check the path", file);
    assertUnreadable(dir.resolve("none") + ": no such file. Check the path", dir.resolve("none"));
    assertUnreadable(dir + ": expected a file of at most 67108864 bytes. Check the path", dir);
  }

  private static void assertUnreadable(String message, Path file) {
    IOException e = assertThrows(UnreadableFileException.class, () -> JsonObject.read(file));
    assertEquals(message, e.getMessage());
  }
}
