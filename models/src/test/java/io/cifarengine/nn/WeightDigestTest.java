// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightDigestTest {
  @Test
  void itIsTheSha256OfAllWeightsInTheirOrderAsLittleEndianFloats() throws Exception {
    try (Engine engine = Engine.withThreads(1)) {
      // 101 x 83 = 8383 weights in the first layer: more than two chunks of whatever size.
      Network network =
          Network.build(
              engine,
              Shape.of(101),
              Randoms.seeded(3),
              Layers.linear(83),
              Layers.relu(),
              Layers.linear(2));
      network.parameters().get(1).value().data()[5] = -0f;
      var bytes = new ByteArrayOutputStream();
      for (int i = 0; i < 4; i++) {
        for (float value : network.parameters().get(i).value().data()) {
          int bits = Float.floatToRawIntBits(value);
          for (int shift = 0; shift < 32; shift += 8) {
            bytes.write(bits >>> shift);
          }
        }
      }
      assertEquals(4 * (101 * 83 + 83 + 83 * 2 + 2), bytes.size());
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      assertEquals(HexFormat.of().formatHex(sha), WeightDigest.of(network));
    }
  }

  @Test
  void itChangesWithEveryBitOfEveryWeight() {
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(engine, Shape.of(2), Randoms.seeded(3), Layers.linear(2), Layers.tanh());
      Set<String> digests = new HashSet<>();
      digests.add(WeightDigest.of(network));
      for (Parameter parameter : network.parameters()) {
        float[] data = parameter.value().data();
        for (int i = 0; i < data.length; i++) {
          float before = data[i];
          for (int bit = 0; bit < 32; bit++) {
            data[i] = Float.intBitsToFloat(Float.floatToRawIntBits(before) ^ 1 << bit);
            assertTrue(digests.add(WeightDigest.of(network)), parameter.name() + " bit " + bit);
          }
          data[i] = before;
        }
      }
      assertEquals(1 + 6 * 32, digests.size());
      assertTrue(digests.contains(WeightDigest.of(network)), "as it was, it is the same again");
    }
  }
}
