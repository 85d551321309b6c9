// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Floats compared bit by bit: -0 is not +0, and every NaN is the one NaN. */
public final class Bits {
  private Bits() {}

  /** Fails at the first element whose bits differ. */
  public static void assertSame(float[] expected, float[] actual, String what) {
    int at = Arrays.mismatch(expected, actual); // floatToIntBits, by its specification
    if (at >= 0) {
      fail(
          at == Math.min(expected.length, actual.length)
              ? what + ": expected " + expected.length + " elements, found " + actual.length
              : what
                  + ": element "
                  + at
                  + ": expected "
                  + hex(expected[at])
                  + ", found "
                  + hex(actual[at]));
    }
  }

  private static String hex(float x) {
    return Float.toHexString(x);
  }

  /** A SHA-256 that has read nothing yet. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Adds the bits of x, little-endian, to a digest. */
  public static void update(MessageDigest digest, float[] x) {
    for (float element : x) {
      int bits = Float.floatToIntBits(element);
      for (int shift = 0; shift < 32; shift += 8) {
        digest.update((byte) (bits >> shift));
      }
    }
  }

  /** The digest in hexadecimal. */
  public static String hex(MessageDigest digest) {
    StringBuilder hex = new StringBuilder();
    for (byte b : digest.digest()) {
      hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return hex.toString();
  }
}
