// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import java.util.Locale;

/**
 * Which vector width a run asks for. One JVM has one width, given by the system property {@value
 * #PROPERTY}; it changes speed and nothing else.
 */
public enum SimdWidth {
  /** The widest that the CPU likes. */
  AUTO(0),
  /** No vector module: the scalar twins. */
  SCALAR(0),
  /** 4 floats a vector: SSE, NEON. */
  BITS_128(128),
  /** 8 floats a vector: AVX2. */
  BITS_256(256),
  /** 16 floats a vector: AVX-512. */
  BITS_512(512);

  /** The system property that holds {@code auto}, {@code scalar}, {@code 128}, {@code 256} or {@code 512}. */
  public static final String PROPERTY = "cifarengine.simd";

  private final int bits;

  SimdWidth(int bits) {
    this.bits = bits;
  }

  /** The width in bits; 0 where it is not fixed or there is none. */
  public int bits() {
    return bits;
  }

  /**
   * The width called {@code auto}, {@code scalar}, {@code 128}, {@code 256} or {@code 512}.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static SimdWidth of(String word) {
    for (SimdWidth width : values()) {
      if (width.toString().equals(word)) {
        return width;
      }
    }
    throw new IllegalArgumentException(
        "simd: expected auto, scalar, 128, 256 or 512, found " + word);
  }

  /** What {@value #PROPERTY} says, {@link #AUTO} where it says nothing. */
  public static SimdWidth requested() {
    return of(System.getProperty(PROPERTY, "auto"));
  }

  @Override
  public String toString() {
    return bits > 0 ? Integer.toString(bits) : name().toLowerCase(Locale.ROOT);
  }
}
