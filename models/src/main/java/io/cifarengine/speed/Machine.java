// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import java.util.List;

/**
 * What was measured on.
 *
 * @param cpu its name
 * @param cores that Java may use
 * @param java version and virtual machine
 * @param system and architecture
 * @param flags options of the virtual machine that bear on speed
 * @param kernels {@code vector512} and the like
 * @param simdBits vector width, 0 for scalar kernels
 * @param limits for each number of threads: one, and all where these are more
 */
public record Machine(
    String cpu,
    int cores,
    String java,
    String system,
    List<String> flags,
    String kernels,
    int simdBits,
    List<Limit> limits) {
  /**
   * What is possible at most.
   *
   * @param threads that take part
   * @param flopsPerSecond fused multiply-adds from registers, two operations each
   * @param bytesPerSecond read from memory
   */
  public record Limit(int threads, double flopsPerSecond, double bytesPerSecond) {}

  /** Copies the lists. */
  public Machine {
    flags = List.copyOf(flags);
    limits = List.copyOf(limits);
  }
}
