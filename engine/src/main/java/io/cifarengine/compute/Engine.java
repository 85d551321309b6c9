// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.conv.ConvGradient;
import io.cifarengine.internal.conv.ConvProduct;
import io.cifarengine.internal.conv.PatchGradient;
import io.cifarengine.internal.conv.PatchProduct;
import io.cifarengine.internal.conv.WinogradGradient;
import io.cifarengine.internal.conv.WinogradProduct;
import io.cifarengine.internal.gemm.Gemm;
import io.cifarengine.internal.kernel.ElementwiseKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.PeakKernel;
import io.cifarengine.internal.kernel.PixelKernel;
import io.cifarengine.internal.kernel.PoolingKernel;
import io.cifarengine.internal.kernel.SimdWidth;
import io.cifarengine.internal.parallel.Pool;
import io.cifarengine.internal.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where arithmetic runs: kernels and worker threads.
 *
 * <p>The same inputs give the same bits for every number of threads, every vector width and every
 * JDK from 17 on. An engine may be shared between threads: a call that finds the workers taken runs
 * on its own thread. {@link #close()} stops the workers, which are daemon threads, and frees their memory.
 *
 * <p>Vector kernels need {@code --add-modules jdk.incubator.vector}; without it the scalar ones
 * serve. The system property {@link #SIMD_PROPERTY} ({@code auto}, {@code scalar}, {@code 128},
 * {@code 256}, {@code 512}) fixes the width for the whole JVM.
 */
public final class Engine implements AutoCloseable {
  /**
   * Which numerics these bits belong to; it changes only when a golden digest does. 3 computes some convolutions by
   * minimal filtering in tiles of 4 x 4 (see {@link Convolution}), 2 did in tiles of 2 x 2; the rest is as in 1.
   */
  public static final int NUMERICS = 3;

  /** The system property that fixes the vector width of this JVM, read when the first engine is made. */
  public static final String SIMD_PROPERTY = SimdWidth.PROPERTY;

  /** What Java must be started with, as {@code --add-modules}, for vector kernels. */
  public static final String VECTOR_MODULE = KernelSet.MODULE;

  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  private final KernelSet kernels;
  private final Workers workers;
  private final Gemm gemm;
  private final List<Pool<?>> pools = new ArrayList<>();
  private final Pool<ConvProduct> patchProducts;
  private final Pool<ConvProduct> winogradProducts;
  private final Pool<ConvGradient> patchGradients;
  private final Pool<ConvGradient> winogradGradients;
  private final Pool<RangeSplit> splits = pool(RangeSplit::new);
  private final Pool<ElementwiseCall> elementwiseCalls = pool(() -> new ElementwiseCall(this));
  private final Pool<SoftmaxCall> softmaxCalls = pool(() -> new SoftmaxCall(this));
  private final Pool<ColumnSumsCall> columnSumsCalls = pool(() -> new ColumnSumsCall(this));
  private final Pool<SquaresCall> squaresCalls = pool(() -> new SquaresCall(this));
  private final Pool<MaxPoolCall> maxPoolCalls = pool(() -> new MaxPoolCall(this));
  private final Pool<FiniteCall> finiteCalls = pool(() -> new FiniteCall(this));

  private Engine(int threads, KernelSet kernels) {
    this.kernels = kernels;
    workers = new Workers(threads);
    gemm = new Gemm(workers, kernels);
    patchProducts = pool(() -> new PatchProduct(workers, kernels));
    winogradProducts = pool(() -> new WinogradProduct(workers, kernels));
    patchGradients = pool(() -> new PatchGradient(workers, kernels));
    winogradGradients = pool(() -> new WinogradGradient(workers, kernels));
    LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", this, kernels.reason());
  }

  private <T> Pool<T> pool(Supplier<T> maker) {
    Pool<T> pool = new Pool<>(maker);
    pools.add(pool);
    return pool;
  }

  /** An engine with a thread for each processor. */
  public static Engine create() {
    return withThreads(Runtime.getRuntime().availableProcessors());
  }

  /**
   * An engine with this many threads, the caller's included.
   *
   * @throws IllegalArgumentException where threads is not positive, or {@code cifarengine.simd} is
   *     not one of its words
   * @throws UnsupportedOperationException where the CPU lacks the width asked for
   */
  public static Engine withThreads(int threads) {
    return new Engine(threads, KernelSet.chosen());
  }

  /** An engine on the scalar kernels, whatever the machine offers. */
  public static Engine scalar(int threads) {
    return new Engine(threads, KernelSet.scalar("asked for"));
  }

  /**
   * Another engine on the same kernels, with this many threads, for work that goes on beside this one's. Who asks
   * for it closes it.
   *
   * @throws IllegalArgumentException where threads is not positive
   */
  public Engine sibling(int threads) {
    return new Engine(threads, kernels);
  }

  /** How many threads take part, the caller's included. */
  public int threads() {
    return workers.threads();
  }

  /** {@code scalar}, {@code vector128}, {@code vector256} or {@code vector512}. */
  public String kernels() {
    return kernels.name();
  }

  /** Why these kernels and not others, in words. */
  public String kernelsReason() {
    return kernels.reason();
  }

  /** Vector width in bits, 0 for the scalar kernels. */
  public int simdBits() {
    return kernels.bits();
  }

  /**
   * Cuts 0 &lt;= index &lt; n into ranges of at least {@code grain} and runs them on the workers. A task
   * object that is made once and used again costs no allocation.
   *
   * @throws IllegalArgumentException where n is negative or grain is not positive
   */
  public void forRanges(int n, int grain, RangeTask task) {
    if (n < 0 || grain < 1) {
      throw new IllegalArgumentException(
          "forRanges: expected n >= 0 and grain >= 1, found " + n + " and " + grain);
    }
    RangeSplit split = splits.borrow();
    try {
      split.run(workers, n, grain, task);
    } finally {
      splits.giveBack(split);
    }
  }

  Gemm gemm() {
    return gemm;
  }

  Pool<ConvProduct> convProducts(ConvGeometry geometry) {
    return geometry.isWinograd() ? winogradProducts : patchProducts;
  }

  Pool<ConvGradient> convGradients(ConvGeometry geometry) {
    return geometry.isWinograd() ? winogradGradients : patchGradients;
  }

  Pool<MaxPoolCall> maxPoolCalls() {
    return maxPoolCalls;
  }

  PoolingKernel pooling() {
    return kernels.pooling();
  }

  PixelKernel pixels() {
    return kernels.pixels();
  }

  PeakKernel peak() {
    return kernels.peak();
  }

  ElementwiseKernel elementwise() {
    return kernels.elementwise();
  }

  Pool<ElementwiseCall> elementwiseCalls() {
    return elementwiseCalls;
  }

  Pool<SoftmaxCall> softmaxCalls() {
    return softmaxCalls;
  }

  Pool<ColumnSumsCall> columnSumsCalls() {
    return columnSumsCalls;
  }

  Pool<SquaresCall> squaresCalls() {
    return squaresCalls;
  }

  Pool<FiniteCall> finiteCalls() {
    return finiteCalls;
  }

  /** Stops the worker threads and lets go of the memory in which calls packed and summed. */
  @Override
  public void close() {
    workers.close();
    gemm.close();
    pools.forEach(Pool::close);
  }

  @Override
  public String toString() {
    return kernels.name() + " kernels, " + threads() + (threads() == 1 ? " thread" : " threads");
  }
}
