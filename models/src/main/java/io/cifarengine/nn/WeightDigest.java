// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over all weights of a network, layer by layer, W then b, each row-major as little-endian
 * IEEE 754 bits: two equal digests are two equal networks.
 */
public final class WeightDigest {
  private static final int CHUNK = 4096;

  private WeightDigest() {}

  /** The digest, as 64 hexadecimal digits. */
  public static String of(Network network) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Parameter parameter : network.parameters()) {
      float[] data = parameter.value().data();
      for (int at = 0; at < data.length; at += CHUNK) {
        int n = Math.min(CHUNK, data.length - at);
        bytes.clear();
        bytes.asFloatBuffer().put(data, at, n);
        bytes.limit(n * Float.BYTES);
        sha.update(bytes);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
