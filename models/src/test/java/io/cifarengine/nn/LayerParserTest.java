// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerParserTest {
  @Test
  void whatANetworkPrintsIsTheNetworkAgain() {
    String text = "flatten(), linear(7), tanh(), linear(5), relu(), linear(4), sigmoid()";
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(engine, Shape.of(3, 2), Randoms.seeded(5), Layers.parse(text));
      assertEquals(text, network.toString());
      Network written =
          Network.build(
              engine,
              Shape.of(3, 2),
              Randoms.seeded(5),
              Layers.flatten(),
              Layers.linear(7),
              Layers.tanh(),
              Layers.linear(5),
              Layers.relu(),
              Layers.linear(4),
              Layers.sigmoid());
      assertEquals(WeightDigest.of(written), WeightDigest.of(network));
      String spaced = "  flatten ( ) ,linear( 2 ),tanh()  ";
      assertEquals(
          "flatten(), linear(2), tanh()",
          Network.build(engine, Shape.of(1), Randoms.seeded(5), Layers.parse(spaced)).toString());
    }
  }

  @Test
  void aSourceGivesTheParametersThemselves() {
    List<String> asked = new ArrayList<>();
    List<Tensor> given = new ArrayList<>();
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(
              engine,
              Shape.of(3),
              Randoms.seeded(5),
              Layers.parse(
                  "relu(), linear(2), linear(4)",
                  (name, shape) -> {
                    asked.add(name + " " + shape);
                    given.add(Tensor.zeros(shape));
                    return given.get(given.size() - 1);
                  }));
      assertEquals(
          List.of("1.weight [3, 2]", "1.bias [2]", "2.weight [2, 4]", "2.bias [4]"), asked);
      for (int i = 0; i < 4; i++) {
        assertSame(given.get(i), network.parameters().get(i).value());
      }
      assertThrows(
          ShapeException.class,
          () ->
              Network.build(
                  engine,
                  Shape.of(3, 3),
                  Randoms.seeded(5),
                  Layers.parse("linear(2)", (name, shape) -> Tensor.zeros(shape))));
    }
  }

  @Test
  void whatIsWrongIsNamedWithItsPosition() {
    String known = "there is conv, flatten, linear, maxpool, relu, sigmoid, tanh";
    String longWord = "x".repeat(50);
    String[][] cases = {
      {"", "1: expected a layer, found the end"},
      {"tanh(),", "8: expected a layer, found the end"},
      {"tanh(),,", "8: expected a layer, found ,"},
      {"flatten(), lineer(3)", "12: unknown layer lineer (did you mean linear?); " + known},
      {"Tanh()", "1: unknown layer Tanh (did you mean tanh?); " + known},
      {"convolution(3)", "1: unknown layer convolution; " + known},
      {"tanh", "5: tanh: expected (, found the end"},
      {"tanh(", "6: tanh: expected ), found the end"},
      {"tanh(3)", "6: tanh takes nothing, found 3"},
      {"tanh() relu()", "8: expected a comma or the end, found r"},
      {"tanh()\n", "7: expected a comma or the end, found U+000A"},
      {"tanh(,)", "6: tanh: expected ), found ,"},
      {"tanh(3", "7: tanh: expected ), found the end"},
      {"linear(3, 4)", "11: linear takes one number, found 4"},
      {"linear(3,)", "10: linear: expected an argument, found )"},
      {"linear(3 4)", "8: linear takes its number of outputs, from 1 to 2147483647, found 3 4"},
      {longWord + "()", "1: unknown layer " + "x".repeat(40) + "...; " + known},
      {"tanh( " + longWord + ")", "7: tanh takes nothing, found " + "x".repeat(40) + "..."},
      {"linear()", "8: linear takes its number of outputs, from 1 to 2147483647, found none"},
      {"linear(0)", "8: linear takes its number of outputs, from 1 to 2147483647, found 0"},
      {"linear(-1)", "8: linear takes its number of outputs, from 1 to 2147483647, found -1"},
      {"linear(1.5)", "8: linear takes its number of outputs, from 1 to 2147483647, found 1.5"},
      {
        "linear(2147483648)",
        "8: linear takes its number of outputs, from 1 to 2147483647, found 2147483648"
      },
    };
    for (String[] c : cases) {
      var e = assertThrows(IllegalArgumentException.class, () -> Layers.parse(c[0]), c[0]);
      assertEquals("layers, position " + c[1], e.getMessage());
    }
  }

  private static final String FILTERS =
      "conv takes its number of filters, from 1 to 2147483647, found ";
  private static final String KERNEL =
      "conv takes the size of its kernel behind the filters, such as 3x3, found ";
  private static final String OPTIONS =
      "conv takes stride N from 1 and padding N or same, each once, found ";
  private static final String WINDOW = "maxpool takes the size of its window, such as 3x3, found ";
  private static final String STRIDE =
      "maxpool takes stride N from 1 behind its window, which a square one may omit, found ";

  private static final String[][] BAD_IMAGE_LAYERS = {
    {"conv()", "6: " + FILTERS + "none"},
    {"conv(0, 3x3)", "6: " + FILTERS + "0"},
    {"conv(3x3, 8)", "6: " + FILTERS + "3x3"},
    {"conv(-8, 3x3)", "6: " + FILTERS + "-8"},
    {"conv(2147483648, 3x3)", "6: " + FILTERS + "2147483648"},
    {"conv(8)", "7: " + KERNEL + "none"},
    {"conv(8, 3)", "9: " + KERNEL + "3"},
    {"conv(8, same)", "9: " + KERNEL + "same"},
    {"conv(8, 3x0)", "9: " + KERNEL + "3x0"},
    {"conv(8, 0x3)", "9: " + KERNEL + "0x3"},
    {"conv(8, 3x)", "9: " + KERNEL + "3x"},
    {"conv(8, 3 x 3)", "9: " + KERNEL + "3 x 3"},
    {"conv(8, 3X3)", "9: " + KERNEL + "3X3"},
    {"conv(8, 3x3x3)", "9: " + KERNEL + "3x3x3"},
    {"conv(8, 9999999999x3)", "9: " + KERNEL + "9999999999x3"},
    {"conv(8, 3x3, stride 0)", "14: " + OPTIONS + "stride 0"},
    {"conv(8, 3x3, stride)", "14: " + OPTIONS + "stride"},
    {"conv(8, 3x3, stride 2, stride 2)", "24: " + OPTIONS + "stride 2"},
    {"conv(8, 3x3, stride 9999999999)", "14: " + OPTIONS + "stride 9999999999"},
    {"conv(8, 3x3, stride  2   3)", "14: " + OPTIONS + "stride 2 3"},
    {"conv(8, 3x3, stride2)", "14: " + OPTIONS + "stride2"},
    {"conv(8, 3x3, padding -1)", "14: " + OPTIONS + "padding -1"},
    {"conv(8, 3x3, padding 9999999999)", "14: " + OPTIONS + "padding 9999999999"},
    {"conv(8, 3x3, same, same)", "20: " + OPTIONS + "same"},
    {"conv(8, 3x3, same, padding 1)", "20: " + OPTIONS + "padding 1"},
    {"conv(8, 3x3, padding 1, same)", "25: " + OPTIONS + "same"},
    {"conv(8, 3x3, Same)", "14: " + OPTIONS + "Same"},
    {"conv(8, 3x3, valid)", "14: " + OPTIONS + "valid"},
    {"conv(8, 3x3, 2)", "14: " + OPTIONS + "2"},
    {"conv(8, 3x3, dilation 2)", "14: " + OPTIONS + "dilation 2"},
    {"conv(8, 3x3", "12: conv: expected ), found the end"},
    {"conv(8, 3x3,", "13: conv: expected an argument, found the end"},
    {"conv(8, 3x3,)", "13: conv: expected an argument, found )"},
    {"conv(8,, 3x3)", "8: conv: expected an argument, found ,"},
    {"conv(,)", "6: conv: expected ), found ,"},
    {"conv(8, 3x3; same)", "12: conv: expected ), found ;"},
    {"conv(8, (3x3))", "9: conv: expected an argument, found ("},
    {"conv(8, 3\u00d73)", "10: conv: expected ), found U+00D7"},
    {"conv 8", "6: conv: expected (, found 8"},
    {"maxpool()", "9: " + WINDOW + "none"},
    {"maxpool(2)", "9: " + WINDOW + "2"},
    {"maxpool(0x2)", "9: " + WINDOW + "0x2"},
    {"maxpool(stride 2)", "9: " + WINDOW + "stride 2"},
    {"maxpool(2x3)", "12: " + STRIDE + "none"},
    {"maxpool(2x2, 2)", "14: " + STRIDE + "2"},
    {"maxpool(2x2, stride 0)", "14: " + STRIDE + "stride 0"},
    {"maxpool(2x2, stride 2, stride 2)", "24: " + STRIDE + "stride 2"},
    {"maxpool(2x2, same)", "14: " + STRIDE + "same"},
    {"maxpool(2x2,)", "13: maxpool: expected an argument, found )"},
    {"maxpool(2x2", "12: maxpool: expected ), found the end"},
    {"maxpol(2x2)", "1: unknown layer maxpol (did you mean maxpool?); "},
  };

  @Test
  void whatIsWrongInLayersOnImagesIsNamedWithItsPosition() {
    for (String[] c : BAD_IMAGE_LAYERS) {
      String message = problem(c[0]);
      String expected = "layers, position " + c[1];
      assertEquals(expected, message.substring(0, Math.min(expected.length(), message.length())));
      assertTrue(c[1].endsWith("; ") || message.equals(expected), message);
    }
  }

  private static String problem(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Layers.parse(text), text).getMessage());
  }

  /** As they are written, and as they are printed where that differs. */
  private static final String[][] IMAGE_LAYERS = {
    {"conv(32, 3x3)"},
    {"conv(1, 1x1)"},
    {"conv(8, 5x3, stride 2)"},
    {"conv(8, 3x5, padding 4)"},
    {"conv(8, 3x3, same)"},
    {"conv(8, 3x3, stride 2, same)"},
    {"conv(8, 5x5, stride 3, padding 1)"},
    {"conv(8, 5x5, padding 1, stride 3)", "conv(8, 5x5, stride 3, padding 1)"},
    {"conv(8, 3x3, same, stride 2)", "conv(8, 3x3, stride 2, same)"},
    {"conv(8, 3x3, stride 1, padding 0)", "conv(8, 3x3)"},
    {"conv(8, 3x3, padding 007)", "conv(8, 3x3, padding 7)"},
    {"  conv (  8 ,3x3 ,  stride   2,same )  ", "conv(8, 3x3, stride 2, same)"},
    {"maxpool(2x2)"},
    {"maxpool(3x3, stride 2)"},
    {"maxpool(2x3, stride 2)"},
    {"maxpool(2x3, stride 4)"},
    {"maxpool(2x2, stride 2)", "maxpool(2x2)"},
    {"conv(4, 3x3, same), maxpool(2x2), relu(), conv(2, 2x2), flatten(), linear(3)"},
  };

  @Test
  void layersOnImagesPrintAsTheyAreWritten() {
    try (Engine engine = Engine.withThreads(1)) {
      for (String[] c : IMAGE_LAYERS) {
        Network network = onImages(engine, c[0]);
        assertEquals(c[c.length - 1], network.toString());
        Network again = onImages(engine, network.toString());
        assertEquals(WeightDigest.of(network), WeightDigest.of(again));
        assertEquals(network.outputShape(), again.outputShape());
      }
    }
  }

  private static Network onImages(Engine engine, String text) {
    return Network.build(engine, Shape.of(12, 10, 2), Randoms.seeded(5), Layers.parse(text));
  }

  /** Good text with a few characters changed is read, or refused in one line with a position in it. */
  @Test
  void damagedTextIsReadOrRefusedInOneLine() {
    String good = "conv(8, 5x5, stride 2, padding 1), maxpool(3x3, stride 2), flatten(), linear(3)";
    String letters = "()x, 0129-convstridesamepadding\n\u00d7";
    Randoms randoms = Randoms.seeded(77);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      Randoms own = randoms.stream(i);
      StringBuilder text = new StringBuilder(good);
      for (int change = 0; change <= own.below(4, 0); change++) {
        int at = own.below(text.length(), 3L * change + 1);
        char letter = letters.charAt(own.below(letters.length(), 3L * change + 2));
        switch (own.below(3, 3L * change + 3)) {
          case 0 -> text.setCharAt(at, letter);
          case 1 -> text.insert(at, letter);
          default -> text.deleteCharAt(at);
        }
      }
      try {
        Layers.parse(text.toString());
      } catch (IllegalArgumentException e) {
        refused++;
        String message = String.valueOf(e.getMessage());
        assertTrue(message.matches("layers, position \\d+: .{1,200}"), text + ": " + message);
        int position = Integer.parseInt(message.replaceAll("\\D*(\\d+): .*", "$1"));
        assertTrue(position >= 1 && position <= text.length() + 1, text + ": " + message);
      }
    }
    assertTrue(refused > 2_500 && refused < 5_000, refused + " of 5,000 were refused");
  }
}
