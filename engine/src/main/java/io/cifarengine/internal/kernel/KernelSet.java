// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The kernels that one engine uses.
 *
 * @param name {@code scalar} or {@code vector512}, {@code vector256}, {@code vector128}
 * @param bits vector width in bits, 0 for scalar
 * @param reason why these and not others, in words for a person
 * @param gemm makes a matrix-product kernel; each worker needs its own
 * @param elementwise the element-wise kernel, without state
 * @param pooling the pooling kernel, without state
 * @param winograd the transforms of fast convolutions, without state
 * @param pixels makes floats of bytes, without state
 * @param peak measures what a core can do at most, without state
 */
public record KernelSet(
    String name,
    int bits,
    String reason,
    Supplier<GemmKernel> gemm,
    ElementwiseKernel elementwise,
    PoolingKernel pooling,
    WinogradKernel winograd,
    PixelKernel pixels,
    PeakKernel peak) {

  /** What a JVM must be started with, as {@code --add-modules}, for vector kernels. */
  public static final String MODULE = "jdk.incubator.vector";

  /**
   * The kernels for this JVM: vector ones of the width that {@link SimdWidth#requested()} names,
   * scalar ones where that is asked for or where vectors would not run as instructions.
   *
   * @throws UnsupportedOperationException where the CPU lacks the requested width
   */
  public static KernelSet chosen() {
    SimdWidth width = SimdWidth.requested();
    if (width == SimdWidth.SCALAR) {
      return scalar("asked for");
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return scalar("start Java with --add-modules " + MODULE + " for vector kernels");
    }
    if (!compilesVectors()) {
      return scalar("this JVM runs without its optimizing compiler");
    }
    if (!Fma.HARDWARE) {
      return scalar("this CPU has no fused multiply-add");
    }
    return VectorSet.of(width);
  }

  /** The scalar twins, which run everywhere. */
  public static KernelSet scalar(String reason) {
    return new KernelSet(
        "scalar",
        0,
        reason,
        ScalarGemmKernel::new,
        new ScalarElementwiseKernel(),
        new ScalarPoolingKernel(),
        new ScalarWinogradKernel(),
        new ScalarPixelKernel(),
        new ScalarPeakKernel());
  }

  /** So many kernels for products, one for each worker. */
  public GemmKernel[] gemm(int n) {
    GemmKernel[] kernels = new GemmKernel[n];
    Arrays.setAll(kernels, i -> gemm.get());
    return kernels;
  }

  /** Vector operations are instructions only under C2; interpreted or under C1 they are objects. */
  private static boolean compilesVectors() {
    String mode = System.getProperty("java.vm.info", "");
    return !mode.contains("interpreted") && !mode.contains("emulated-client");
  }

  /** Apart, so that classes of the vector module load only where it is present. */
  private static final class VectorSet {
    static {
      WarmUp.begin();
    }

    static KernelSet of(SimdWidth width) {
      int widest = Species.widestBits();
      if (width.bits() > widest) {
        throw new UnsupportedOperationException(
            "simd " + width + ": this CPU and JVM have vectors of at most " + widest + " bits");
      }
      int bits = Species.FLOATS.vectorBitSize();
      return new KernelSet(
          "vector" + bits,
          bits,
          width == SimdWidth.AUTO ? "the widest that this CPU prefers" : "asked for",
          VectorGemmKernel::new,
          new VectorElementwiseKernel(),
          new VectorPoolingKernel(),
          new VectorWinogradKernel(),
          new VectorPixelKernel(),
          new VectorPeakKernel());
    }
  }
}
