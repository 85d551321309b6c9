// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one vector width of this JVM. A static final species is a constant to the JIT compiler; a
 * species chosen later would be a value, and every vector operation a call.
 */
final class Species {
  /**
   * The width that {@link SimdWidth} asks for, else the widest that the CPU likes; that too where the CPU lacks what is
   * asked for: {@link KernelSet} refuses it, and the next engine may ask for another.
   */
  static final VectorSpecies<Float> FLOATS =
      switch (SimdWidth.requested()) {
        case BITS_128 -> orPreferred(FloatVector.SPECIES_128);
        case BITS_256 -> orPreferred(FloatVector.SPECIES_256);
        case BITS_512 -> orPreferred(FloatVector.SPECIES_512);
        case AUTO, SCALAR -> FloatVector.SPECIES_PREFERRED;
      };

  private Species() {}

  private static VectorSpecies<Float> orPreferred(VectorSpecies<Float> asked) {
    return asked.vectorBitSize() <= widestBits() ? asked : FloatVector.SPECIES_PREFERRED;
  }

  /** The widest vectors that this JVM runs as instructions, in bits. */
  static int widestBits() {
    return FloatVector.SPECIES_MAX.vectorBitSize();
  }
}
