// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * Uses every operator of vectors in turn, before anything is compiled: whoever adds a kernel adds its call here.
 *
 * <p>C2 relies on the classes it has seen of a vector as long as the methods that it compiles into a kernel have
 * been wrong about a class less than a hundred times, in sum ({@code PerMethodTrapLimit}). On JDK 17 {@code
 * VectorOperators.ImplCache.find} and {@code opCode}, which look up what an operator does, were wrong four times where
 * they had been compiled before an operator of another kind came for the first time: a product and nothing else, then
 * a tanh. A tile holds them 28 times, once for each fma. Such a tile took its vectors from the heap, and a network
 * trained at a tenth of the speed to its end.
 */
final class WarmUp {
  /** A whole number of vectors of every width. */
  private static final int N = 64;

  /** Enough for profiles of what all operators share, which begin at 200 calls; too few for C2 to compile a kernel. */
  private static final int ROUNDS = 400;

  private WarmUp() {}

  /** Starts a daemon thread that ends by itself, in some tenths of a second. */
  static void begin() {
    Thread thread =
        new Thread(
            () -> {
              ElementwiseKernel elementwise = new VectorElementwiseKernel();
              PoolingKernel pooling = new VectorPoolingKernel();
              PixelKernel pixels = new VectorPixelKernel();
              WinogradKernel winograd = new VectorWinogradKernel();
              for (int i = 0; i < ROUNDS; i++) {
                useEveryOperator(elementwise, pooling, pixels, winograd);
              }
            },
            "cifar-engine-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void useEveryOperator(
      ElementwiseKernel elementwise,
      PoolingKernel pooling,
      PixelKernel pixels,
      WinogradKernel winograd) {
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
    pixels.center(new byte[N], 0, x, 0f, y, 0, N);
    pixels.standardize(new byte[N], 0, 0, 1, y, 0, N);
    winograd.expand(N, x, 0, 0, y, 0, 0);
    winograd.contract(N, x, 0, 0, y, 0, 0);
    winograd.image(N, x, 0, 0, y, 0, 0);
    winograd.gradient(N, x, 0, 0, y, 0, 0);
    winograd.imageRow(1, N, x, taps, 0, 0, 0, y, 0, 0, 0, 0);
    winograd.gradientRow(1, N / 8, x, taps, 0, y, 0, 0);
    winograd.outputs(1, N / 4, x, 0, 0, 0, x, 0, y, 0, 0, 0);
  }
}
