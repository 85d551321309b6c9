// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.random.Randoms;
import io.cifarengine.reference.Draws;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Engine ENGINE = Engine.withThreads(2);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void linearBeforeFlattenIsToldToFlatten() {
    assertEquals(
        "linear(20): expected (n, features), got examples of shape [3, 32, 32]; put flatten()"
            + " before it",
        assertThrows(ShapeException.class, () -> build(Shape.of(3, 32, 32), Layers.linear(20)))
            .getMessage());
  }

  @Test
  void aNetworkHasALayerAndALinearLayerAnOutput() {
    assertEquals(
        "network: expected at least one layer, found none",
        assertThrows(IllegalArgumentException.class, () -> build(Shape.of(3))).getMessage());
    assertEquals(
        "linear: expected at least 1 output, found 0",
        assertThrows(IllegalArgumentException.class, () -> Layers.linear(0)).getMessage());
  }

  @Test
  void inputsOfAnotherShapeAreRefused() {
    Network network = pictures();
    for (int[] dims : new int[][] {{5, 2, 3, 5}, {2, 3, 4}, {5, 24}, {5, 2, 3, 4, 1}}) {
      String expected =
          "network: expected a batch of examples of shape [2, 3, 4], found "
              + Arrays.toString(dims);
      Tensor x = Tensor.zeros(dims);
      assertEquals(
          expected, assertThrows(ShapeException.class, () -> network.forward(x)).getMessage());
      assertEquals(
          expected, assertThrows(ShapeException.class, () -> network.predict(x)).getMessage());
    }
  }

  @Test
  void backwardNeedsAForwardOfItsOwnBatchSize() {
    Network network = pictures();
    assertEquals(
        "backward before forward",
        assertThrows(IllegalStateException.class, () -> network.backward(Tensor.zeros(0, 5)))
            .getMessage());
    network.predict(input(3));
    assertThrows(IllegalStateException.class, () -> network.backward(Tensor.zeros(3, 5)));
    network.forward(input(3));
    for (int[] dims : new int[][] {{4, 5}, {3, 6}, {15}}) {
      assertEquals(
          "backward: expected a gradient of shape [3, 5], found " + Arrays.toString(dims),
          assertThrows(ShapeException.class, () -> network.backward(Tensor.zeros(dims)))
              .getMessage());
    }
  }

  @Test
  void itSaysWhatItIs() {
    Network network = pictures();
    assertEquals("flatten(), linear(7), tanh(), linear(5)", network.toString());
    assertEquals(Shape.of(2, 3, 4), network.inputShape());
    assertEquals(Shape.of(5), network.outputShape());
    assertEquals(
        List.of("1.weight", "1.bias", "3.weight", "3.bias"),
        network.parameters().stream().map(Parameter::name).toList());
  }

  @Test
  void eightThreadsPredictTheBitsOfForwardAtOnce() throws Exception {
    // Large enough for the engine's workers: 64 x 96 x 128 multiply-adds.
    Network network = build(Shape.of(96), Layers.linear(128), Layers.tanh(), Layers.linear(10));
    List<Tensor> inputs = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      inputs.add(Draws.normal(i, 1, 64, 96));
      expected.add(network.forward(inputs.get(i)).data().clone());
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      var together = new CyclicBarrier(8);
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int own = i;
        tasks.add(
            () -> {
              together.await();
              for (int repeat = 0; repeat < 15; repeat++) {
                Tensor y = network.predict(inputs.get(own));
                assertArrayEquals(expected.get(own), y.data(), "thread " + own);
              }
              return own;
            });
      }
      for (Future<Integer> done : threads.invokeAll(tasks)) {
        done.get(); // rethrows what the task threw
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void predictLeavesAloneWhatForwardKeptForBackward() {
    Network network = pictures();
    Tensor dy = Draws.normal(1, 1, 3, 5);
    network.forward(input(3));
    network.backward(dy);
    List<float[]> expected = gradients(network);
    float[] y = network.forward(input(3)).data();
    float[] before = y.clone();
    network.predict(Draws.normal(2, 5, 3, 2, 3, 4));
    assertArrayEquals(before, y);
    network.backward(dy);
    assertSameBits(expected, gradients(network));
  }

  @Test
  void anExampleHasTheSameBitsAloneAndAmongFifty() {
    Network network = build(Shape.of(96), Layers.linear(130), Layers.sigmoid(), Layers.linear(10));
    Tensor x = Draws.normal(3, 1, 50, 96);
    float[] together = network.forward(x).data().clone();
    for (int i = 0; i < 50; i++) {
      Tensor alone = Tensor.wrap(Arrays.copyOfRange(x.data(), i * 96, (i + 1) * 96), 1, 96);
      float[] expected = Arrays.copyOfRange(together, i * 10, (i + 1) * 10);
      assertArrayEquals(expected, network.forward(alone).data(), "example " + i);
      assertArrayEquals(expected, network.predict(alone).data(), "example " + i);
    }
  }

  @Test
  void backwardAssignsWhateverWasThere() {
    Network network = pictures();
    Tensor dy = Draws.normal(4, 1, 3, 5);
    network.forward(input(3));
    network.backward(dy);
    List<float[]> expected = gradients(network);
    network.parameters().forEach(p -> Arrays.fill(p.gradient().data(), Float.NaN));
    network.backward(dy);
    assertSameBits(expected, gradients(network));
  }

  /**
   * A weight's gradient is one chain over the examples, so two accumulated batches are the chain over
   * both together; a bias's is a sum in lanes, which is added to the old one with one rounding.
   */
  @Test
  void accumulatingAddsBatchesUp() {
    Tensor x = input(8);
    Tensor dy = Draws.normal(5, 1, 8, 5);
    Network network = pictures();
    network.forward(x);
    network.backward(dy);
    List<float[]> whole = gradients(network);

    List<float[]> parts = new ArrayList<>();
    for (int from : new int[] {0, 3}) {
      int to = from == 0 ? 3 : 8;
      network.forward(
          Tensor.wrap(Arrays.copyOfRange(x.data(), from * 24, to * 24), to - from, 2, 3, 4));
      Tensor part = Tensor.wrap(Arrays.copyOfRange(dy.data(), from * 5, to * 5), to - from, 5);
      network.backward(part);
      parts.addAll(gradients(network));
    }
    network.forward(Tensor.wrap(Arrays.copyOf(x.data(), 72), 3, 2, 3, 4));
    network.backward(Tensor.wrap(Arrays.copyOf(dy.data(), 15), 3, 5));
    network.forward(Tensor.wrap(Arrays.copyOfRange(x.data(), 72, 192), 5, 2, 3, 4));
    network.backward(Tensor.wrap(Arrays.copyOfRange(dy.data(), 15, 40), 5, 5), Into.ACCUMULATE);
    List<float[]> sum = gradients(network);

    assertArrayEquals(whole.get(0), sum.get(0), "1.weight");
    assertArrayEquals(whole.get(2), sum.get(2), "3.weight");
    for (int bias : new int[] {1, 3}) {
      for (int i = 0; i < sum.get(bias).length; i++) {
        assertEquals(parts.get(bias)[i] + parts.get(4 + bias)[i], sum.get(bias)[i]);
      }
    }
  }

  @Test
  void oneElementThatIsNotFiniteIsSeenAmongGradientsAndWeights() {
    Network network = pictures();
    assertTrue(network.gradientsAreFinite());
    assertTrue(network.weightsAreFinite());
    for (Parameter parameter : network.parameters()) {
      for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
        int last = parameter.value().size() - 1;
        parameter.gradient().data()[last] = bad;
        assertFalse(network.gradientsAreFinite(), parameter.name());
        assertTrue(network.weightsAreFinite());
        parameter.gradient().data()[last] = Float.MAX_VALUE;
        float kept = parameter.value().data()[last];
        parameter.value().data()[last] = bad;
        assertTrue(network.gradientsAreFinite());
        assertFalse(network.weightsAreFinite(), parameter.name());
        parameter.value().data()[last] = kept;
      }
    }
  }

  /** flatten() shows the array it was given: the network must not hold on to an older one. */
  @Test
  void anotherArrayOfTheSameSizeIsReadAndNotTheOneBefore() {
    Tensor dy = Draws.normal(6, 1, 3, 5);
    Network used = pictures();
    for (int i = 0; i < 3; i++) {
      Tensor x = Draws.normal(70 + i, 1, 3, 2, 3, 4);
      Network fresh = pictures();
      assertArrayEquals(fresh.forward(x).data(), used.forward(x).data());
      Tensor own = i == 1 ? dy : dy.copy();
      fresh.backward(own);
      used.backward(own);
      assertSameBits(gradients(fresh), gradients(used));
    }
  }

  /** Flatten in the middle passes gradients of two shapes through one array. */
  @Test
  void flattenBehindAnotherLayerChangesNoNumber() {
    Network network = build(Shape.of(2, 3), Layers.tanh(), Layers.flatten(), Layers.linear(4));
    Network flat = build(Shape.of(6), Layers.tanh(), Layers.linear(4));
    copy(network, flat);
    for (int seed = 0; seed < 3; seed++) {
      Tensor x = Draws.normal(seed, 1, 5, 2, 3);
      Tensor dy = Draws.normal(90 + seed, 1, 5, 4);
      assertArrayEquals(flat.forward(x.reshape(Shape.of(5, 6))).data(), network.forward(x).data());
      flat.backward(dy);
      network.backward(dy);
      assertSameBits(gradients(flat), gradients(network));
    }
    // The gradient goes on below a flatten that stands between two layers that learn.
    Network below = build(Shape.of(6), Layers.linear(6), Layers.flatten(), Layers.linear(4));
    Network without = build(Shape.of(6), Layers.linear(6), Layers.linear(4));
    copy(below, without);
    Tensor x = Draws.normal(8, 1, 5, 6);
    Tensor dy = Draws.normal(9, 1, 5, 4);
    assertArrayEquals(without.forward(x).data(), below.forward(x).data());
    without.backward(dy);
    below.backward(dy);
    assertSameBits(gradients(without), gradients(below));
  }

  @Test
  void manyBatchSizesInTurnGiveWhatEachGivesAlone() {
    Network used = pictures();
    for (int round = 0; round < 2; round++) {
      for (int n : new int[] {1, 50, 2, 7, 3, 9, 4, 50, 1}) {
        Tensor x = input(n);
        Tensor dy = Draws.normal(n, 1, n, 5);
        Network fresh = pictures();
        assertArrayEquals(fresh.forward(x).data(), used.forward(x).data(), n + " examples");
        fresh.backward(dy);
        used.backward(dy);
        assertSameBits(gradients(fresh), gradients(used));
      }
    }
  }

  /**
   * A training in which no size divides has six: its batches and the last one, the evaluation's, and
   * the short last ones of the training, the validation and the test set.
   */
  @Test
  void theBatchSizesOfATrainingKeepTheirBuffers() {
    Network network = pictures();
    int[] sizes = {64, 6, 500, 30, 70, 41};
    List<Tensor> outputs = new ArrayList<>();
    for (int n : sizes) {
      outputs.add(network.forward(input(n)));
    }
    for (int i = 0; i < sizes.length; i++) {
      assertSame(outputs.get(i), network.forward(input(sizes[i])), "batches of " + sizes[i]);
    }
  }

  @Test
  void aNetworkThatLearnsNothingGoesBackToo() {
    Network network = build(Shape.of(2, 2), Layers.tanh(), Layers.flatten());
    assertEquals(List.of(), network.parameters());
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 1, -1, 0, 0},
        network.forward(Tensor.wrap(new float[] {0, 0, 0, 0, 99, -99, 0, 0}, 2, 2, 2)).data());
    network.backward(Tensor.zeros(2, 4));
  }

  @Test
  void noExampleIsABatchToo() {
    assertEquals(Shape.of(0, 5), pictures().forward(input(0)).shape());
  }

  private static Network pictures() {
    return build(
        Shape.of(2, 3, 4), Layers.flatten(), Layers.linear(7), Layers.tanh(), Layers.linear(5));
  }

  private static Network build(Shape input, LayerFactory... layers) {
    return Network.build(ENGINE, input, Randoms.seeded(42), layers);
  }

  private static Tensor input(int n) {
    return Draws.normal(1000 + n, 1, n, 2, 3, 4);
  }

  private static void copy(Network from, Network to) {
    for (int i = 0; i < from.parameters().size(); i++) {
      float[] data = from.parameters().get(i).value().data();
      System.arraycopy(data, 0, to.parameters().get(i).value().data(), 0, data.length);
    }
  }

  private static List<float[]> gradients(Network network) {
    return network.parameters().stream().map(p -> p.gradient().data().clone()).toList();
  }

  private static void assertSameBits(List<float[]> expected, List<float[]> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "parameter " + i);
    }
  }
}
