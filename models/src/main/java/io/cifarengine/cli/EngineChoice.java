// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.compute.Engine;

/** The engine that a command line asks for. */
final class EngineChoice {
  private EngineChoice() {}

  /** Makes it; {@code --simd} fixes the width of this JVM. */
  static Engine create(Arguments arguments) {
    arguments.text(Option.SIMD).ifPresent(simd -> System.setProperty(Engine.SIMD_PROPERTY, simd));
    int threads =
        arguments.count(Option.THREADS).orElse(Runtime.getRuntime().availableProcessors());
    Engine engine;
    try {
      engine = Engine.withThreads(threads);
    } catch (UnsupportedOperationException e) {
      throw new UsageException(e.getMessage() + "; use --simd auto");
    }
    if (engine.simdBits() == 0 && !"scalar".equals(System.getProperty(Engine.SIMD_PROPERTY))) {
      System.err.println(
          "warning: scalar kernels, with the same numbers but several times slower: "
              + engine.kernelsReason());
    }
    return engine;
  }
}
