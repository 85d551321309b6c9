// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * Uses every operator of vectors once, before anything is compiled: whoever adds a kernel adds its call here.
 *
 * <p>C2 relies on the classes it has seen of a vector as long as the methods that it compiles into a kernel have
 * been wrong about a class less than a hundred times, in sum ({@code PerMethodTrapLimit}). On JDK 17 {@code
 * VectorOperators.ImplCache.find}, which looks up what an operator does, was wrong four times wherever the first uses
 * of four operators came after it had been compiled itself; and a tile holds it 28 times, once for each fma.
 * Such a tile took its vectors from the heap, and a network trained at a tenth of the speed to its end.
 */
final class WarmUp {
  /** A whole number of vectors of every width. */
  private static final int N = 64;

  private WarmUp() {}

  /** Starts a daemon thread that ends by itself, in less than a tenth of a second. */
  static void begin() {
    Thread thread =
        new Thread(
            () ->
                useEveryOperator(
                    new VectorElementwiseKernel(),
                    new VectorPoolingKernel(),
                    new VectorPixelKernel()),
            "cifar-engine-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void useEveryOperator(
      ElementwiseKernel elementwise, PoolingKernel pooling, PixelKernel pixels) {
    float[] x = new float[N];
    float[] y = new float[N];
    float[] z = new float[N];
    elementwise.add(x, 0, y, 0, N);
    elementwise.exp(x, 0, y, 0, N);
    elementwise.tanh(x, 0, y, 0, N);
    elementwise.sigmoid(x, 0, y, 0, N);
    elementwise.relu(x, 0, y, 0, N);
    elementwise.tanhBackward(x, y, z, 0, N);
    elementwise.sigmoidBackward(x, y, z, 0, N);
    elementwise.reluBackward(x, y, z, 0, N);
    elementwise.momentumStep(x, y, z, 0, N, 0f, 0f, 0f);
    elementwise.decay(x, 0, N, 0f);
    elementwise.addSquares(x, 0, N, y);
    elementwise.isFinite(x, 0, N);
    int[] taps = {0, 0};
    pooling.max(x, 0, taps, y, 0, N);
    pooling.maxAndWinners(1, x, 0, 0, taps, y, z, 0, N);
    pooling.spread(0f, 1, y, z, 0, 0, x, 0, 0, N);
    pooling.maxBackward(x, 0, taps, y, z, 0, x, true, N);
    pixels.center(new byte[N], 0, x, 0, 0f, y, 0, N);
  }
}
