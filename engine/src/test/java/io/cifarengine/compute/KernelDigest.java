// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.internal.kernel.ElementwiseKernelContract;
import io.cifarengine.internal.kernel.GemmKernelContract;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.PeakKernelContract;
import io.cifarengine.internal.kernel.PixelKernelContract;
import io.cifarengine.internal.kernel.PoolingKernelContract;
import io.cifarengine.internal.kernel.WinogradKernelContract;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A main class for JVMs of every width, JIT and collector: prints the kernels, and digests over the
 * results of every operation but convolutions ({@link ConvolutionDigest}), on 1, 2 and 3 threads.
 */
final class KernelDigest {
  private KernelDigest() {}

  /**
   * With the argument {@code contracts} also runs the kernel contracts of this JVM's width; with {@code again} asks for any
   * width when the CPU has not the one that is asked for.
   */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals("contracts")) {
      KernelSet kernels = KernelSet.chosen();
      GemmKernelContract.check(kernels.gemm().get());
      ElementwiseKernelContract.check(kernels.elementwise());
      PoolingKernelContract.check(kernels.pooling());
      PixelKernelContract.check(kernels.pixels());
      WinogradKernelContract.check(kernels.winograd());
      PeakKernelContract.check(kernels.peak());
    }
    if (arguments.length > 0 && arguments[0].equals("again")) {
      assertThrows(UnsupportedOperationException.class, KernelSet::chosen);
      System.setProperty(Engine.SIMD_PROPERTY, "auto");
    }
    StringBuilder line = new StringBuilder();
    for (int threads = 1; threads <= 3; threads++) {
      try (Engine engine = Engine.withThreads(threads)) {
        line.append(threads == 1 ? engine.kernels() : "").append(' ').append(digest(engine));
        line.append(' ').append(trainingDigest(engine));
      }
    }
    System.out.println(line);
  }

  /** The digest over products, functions and rows: small sizes, tails, and a product for all threads. */
  static String digest(Engine engine) {
    MessageDigest digest = Bits.sha256();
    int[][] sizes = {{1, 1, 1}, {5, 7, 3}, {13, 37, 10}, {1, 10, 300}, {40, 29, 17}};
    for (int[] size : sizes) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      Draw draw = new Draw(m * n + k);
      float[] a = draw.uniform(m * k);
      float[] b = draw.uniform(k * n);
      float[] s = draw.uniform(m * n);
      for (Formula formula : Formula.values()) {
        Bits.update(digest, formula.run(engine, m, n, k, a, b, s));
      }
    }
    largeProduct(engine, digest);
    for (int n : new int[] {1, 15, 16, 17, 301, 8209}) { // 8209: two ranges
      elementwise(engine, digest, n, new Draw(n));
    }
    for (int[] size : new int[][] {{1, 10}, {33, 10}, {128, 17}, {7, 300}}) {
      rows(engine, digest, size[0], size[1], new Draw(size[0]));
    }
    return Bits.hex(digest);
  }

  /** The digest over what a training does besides: bytes to floats, decay, sums of squares, the look for what is not finite. */
  static String trainingDigest(Engine engine) {
    MessageDigest digest = Bits.sha256();
    for (int n : new int[] {1, 16, 301, 8209}) {
      Draw draw = new Draw(n);
      byte[] levels = new byte[n];
      for (int i = 0; i < n; i++) {
        levels[i] = (byte) (i * 37 + i / 11);
      }
      float[] mean = draw.uniform(n);
      float[] y = new float[n];
      Pixels.center(engine, levels, 0, mean, 1 / 255f, y, 0);
      Bits.update(digest, y);
      for (double scale : new double[] {1 / 61.3, 3e-7}) { // in floats, and in double
        Pixels.standardize(engine, levels, 0, 120.25, scale, y, 0, n);
        Bits.update(digest, y);
      }
      Tensor w = Tensor.wrap(draw.uniform(n), n);
      Elementwise.decay(engine, w, 5e-4f);
      Bits.update(digest, w.data());
      double squares = Sums.squares(engine, w);
      digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(squares).array());
      boolean finite = Sums.isFinite(engine, w);
      w.data()[n - 1] = Float.POSITIVE_INFINITY;
      boolean infinite = !Sums.isFinite(engine, w);
      Bits.update(digest, new float[] {finite ? 1 : 0, infinite ? 1 : 0});
    }
    return Bits.hex(digest);
  }

  /** More than 2^19 multiply-adds, so that all threads take part. */
  private static void largeProduct(Engine engine, MessageDigest digest) {
    Draw draw = new Draw(0);
    float[] a = draw.uniform(83 * 67);
    float[] b = draw.uniform(67 * 97);
    float[] s = draw.uniform(83 * 97);
    Bits.update(digest, Formula.AB_PLUS_ROW.run(engine, 83, 97, 67, a, b, s));
    Bits.update(digest, Formula.ATB_ACCUMULATED.run(engine, 83, 97, 67, a, b, s));
  }

  private static void elementwise(Engine engine, MessageDigest digest, int n, Draw draw) {
    float[] data = draw.withSpecials(n, 8);
    for (int i = 0; i < n; i += 3) {
      data[i] *= 30;
    }
    Tensor x = Tensor.wrap(data, n);
    Tensor dy = Tensor.wrap(draw.withSpecials(n, 8), n);
    Tensor y = Tensor.zeros(n);
    Tensor dx = Tensor.zeros(n);
    Elementwise.exp(engine, x, y);
    Bits.update(digest, y.data());
    Elementwise.tanh(engine, x, y);
    Elementwise.tanhBackward(engine, y, dy, dx);
    Bits.update(digest, y.data());
    Bits.update(digest, dx.data());
    Elementwise.sigmoid(engine, x, y);
    Elementwise.sigmoidBackward(engine, y, dy, dx);
    Bits.update(digest, y.data());
    Bits.update(digest, dx.data());
    Elementwise.relu(engine, x, y);
    Elementwise.reluBackward(engine, y, dy, dx);
    Bits.update(digest, y.data());
    Bits.update(digest, dx.data());
    Elementwise.momentumStep(engine, x, dy, dx, 0.05f, 0.9f, 5e-4f);
    Bits.update(digest, x.data());
    Bits.update(digest, dx.data());
  }

  private static void rows(Engine engine, MessageDigest digest, int n, int classes, Draw draw) {
    float[] data = draw.uniform(n * classes);
    for (int i = 0; i < data.length; i++) {
      data[i] *= 20;
    }
    Tensor x = Tensor.wrap(data, n, classes);
    Tensor y = Tensor.zeros(n, classes);
    Tensor s = Tensor.wrap(draw.uniform(classes), classes);
    Rows.softmax(engine, x, y);
    Rows.columnSums(engine, y, s, Into.ACCUMULATE);
    Bits.update(digest, y.data());
    Bits.update(digest, s.data());
    Rows.columnSums(engine, x, s, Into.OVERWRITE);
    Bits.update(digest, s.data());
  }
}
