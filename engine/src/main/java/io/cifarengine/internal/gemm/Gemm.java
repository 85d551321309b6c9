// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Pool;
import io.cifarengine.internal.parallel.Workers;

/**
 * C = S + A B for any strides of A and B, in the five loops of Goto and van de Geijn, "Anatomy of
 * High-Performance Matrix Multiplication" (2008), as BLIS orders them (Van Zee and van de Geijn,
 * 2015).
 *
 * <p>Loops 5 and 4 are serial; the blocks of loops 3 and 2 are shared out among the workers. A block of K
 * starts from the stored C, and so does a thread's share of K, when the one before is done: every element of C is
 * one chain of fma over k whatever the blocks, the tile, the width and the threads are.
 */
public final class Gemm {
  /** Nothing but zeros, for all products; it only grows. */
  private static volatile float[] zeros = new float[4096];

  private final Pool<Product> products;
  private final Pool<TurnedProduct> turnedProducts;

  /** Products that run on these workers, with these kernels. */
  public Gemm(Workers workers, KernelSet kernels) {
    products = new Pool<>(() -> new Product(workers, kernels));
    turnedProducts = new Pool<>(() -> new TurnedProduct(workers, kernels));
  }

  /**
   * Computes C = S + A B.
   *
   * <pre>
   * A(i, p) = a[i * aRowStep + p * aColumnStep]     i &lt; m, p &lt; k
   * B(p, j) = b[p * bRowStep + j * bColumnStep]     j &lt; n
   * S(i, j) = start[i * startStride + j]            start may be c
   * C(i, j) = c[i * n + j]
   * </pre>
   */
  public void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aRowStep,
      int aColumnStep,
      float[] b,
      int bRowStep,
      int bColumnStep,
      float[] start,
      int startStride,
      float[] c) {
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      for (int i = 0; i < m; i++) {
        System.arraycopy(start, i * startStride, c, i * n, n);
      }
      return;
    }
    if (TurnedProduct.suits(m, n, k, aRowStep)) {
      TurnedProduct turned = turnedProducts.borrow();
      try {
        turned.run(m, n, k, a, aColumnStep, b, bRowStep, bColumnStep, start, startStride, c);
      } finally {
        turnedProducts.giveBack(turned);
      }
      return;
    }
    Product product = products.borrow();
    try {
      product.a = a;
      product.aRowStep = aRowStep;
      product.aColumnStep = aColumnStep;
      product.b = b;
      product.bRowStep = bRowStep;
      product.bColumnStep = bColumnStep;
      product.c = c;
      product.m = m;
      product.n = n;
      product.run(k, start, startStride);
    } finally {
      product.release();
      products.giveBack(product);
    }
  }

  /** Lets go of the memory of its products. */
  public void close() {
    products.close();
    turnedProducts.close();
  }

  /** A row of zeros from which an overwriting product starts, with stride 0. */
  public static float[] zeroRow(int n) {
    float[] row = zeros;
    if (row.length < n) {
      row = new float[n];
      zeros = row;
    }
    return row;
  }
}
