// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    String known = "there is flatten, linear, relu, sigmoid, tanh";
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
      {"linear(3, 4)", "9: linear: expected ), found ,"},
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
}
