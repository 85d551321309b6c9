// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.ConvCase;
import io.cifarengine.testing.DirectPooling;
import io.cifarengine.testing.Draw;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * A main class for JVMs of every width, JIT and collector: prints the kernels, and digests over
 * convolutions, poolings and their gradients, on 1, 2 and 3 threads.
 */
final class ConvolutionDigest {
  private static final List<ConvCase> CONVOLUTIONS =
      List.of(
          new ConvCase(1, 1, 1, 1, 1, 1, 1, 1, 0),
          new ConvCase(2, 7, 5, 3, 3, 3, 10, 1, ConvCase.SAME),
          new ConvCase(2, 6, 7, 5, 2, 3, 33, 2, ConvCase.SAME),
          new ConvCase(1, 8, 6, 2, 5, 5, 20, 3, 2),
          new ConvCase(2, 4, 4, 3, 1, 1, 17, 1, 1),
          new ConvCase(90, 5, 5, 2, 3, 3, 4, 1, 0), // two chunks
          new ConvCase(1, 3, 3, 70, 3, 3, 18, 1, ConvCase.SAME), // two blocks of k
          new ConvCase(2, 16, 16, 7, 3, 3, 33, 1, ConvCase.SAME)); // all threads

  private static final List<ConvCase> MINIMAL =
      List.of(
          new ConvCase(1, 4, 4, 32, 3, 3, 32, 1, ConvCase.SAME), // one tile
          new ConvCase(2, 8, 12, 48, 3, 3, 32, 1, ConvCase.SAME), // half a panel
          new ConvCase(1, 4, 4, 32, 3, 3, 80, 1, 3),
          new ConvCase(
              37, 4, 32, 32, 3, 3, 32, 1, ConvCase.SAME)); // four chunks, parts; all threads

  private static final List<ConvCase> POOLED =
      List.of(
          new ConvCase(2, 8, 6, 5, 3, 3, 33, 1, ConvCase.SAME),
          new ConvCase(7, 16, 16, 3, 3, 3, 32, 1, ConvCase.SAME), // colors, chunks; all threads
          new ConvCase(1, 8, 8, 32, 3, 3, 48, 1, ConvCase.SAME), // minimal filtering
          new ConvCase(11, 4, 16, 32, 3, 3, 32, 1, ConvCase.SAME)); // its chunks; all threads

  private static final List<DirectPooling> POOLINGS =
      List.of(
          new DirectPooling(1, 1, 1, 1, 1, 1, 1),
          new DirectPooling(3, 6, 4, 17, 2, 2, 2),
          new DirectPooling(5, 7, 9, 35, 3, 3, 2),
          new DirectPooling(2, 5, 5, 3, 2, 2, 3));

  private ConvolutionDigest() {}

  /** Prints a line {@code KERNELS DIGESTS DIGESTS DIGESTS}, each of them that of chains, that of minimal filtering and that of pooling in one pass. */
  public static void main(String[] arguments) {
    StringBuilder line = new StringBuilder();
    for (int threads = 1; threads <= 3; threads++) {
      try (Engine engine = Engine.withThreads(threads)) {
        line.append(threads == 1 ? engine.kernels() : "");
        line.append(' ').append(digest(engine)).append(' ').append(minimalDigest(engine));
        line.append(' ').append(pooledDigest(engine));
      }
    }
    System.out.println(line);
  }

  /** The digest over every operation, on plain values and on special ones. */
  static String digest(Engine engine) {
    MessageDigest digest = Bits.sha256();
    for (ConvCase c : CONVOLUTIONS) {
      Draw draw = new Draw(c.patch() + c.filters());
      update(digest, engine, ConvolutionProblem.uniform(c, draw));
      if (c.n() < 3) {
        update(digest, engine, ConvolutionProblem.withSpecials(c, draw, 3 * c.patch()));
      }
    }
    accumulate(digest, engine, new ConvCase(90, 5, 5, 2, 3, 3, 4, 1, 0), new Draw(3));
    for (DirectPooling sizes : POOLINGS) {
      Draw draw = new Draw(sizes.xSize());
      update(digest, engine, sizes, draw.uniform(sizes.xSize()), draw);
      update(digest, engine, sizes, draw.integers(sizes.xSize()), draw);
      update(digest, engine, sizes, draw.withSpecials(sizes.xSize(), 8), draw);
    }
    return Bits.hex(digest);
  }

  /** The digest over convolutions by minimal filtering. */
  static String minimalDigest(Engine engine) {
    MessageDigest digest = Bits.sha256();
    for (ConvCase c : MINIMAL) {
      Draw draw = new Draw(c.patch() + c.filters());
      update(digest, engine, ConvolutionProblem.uniform(c, draw));
      accumulate(digest, engine, c, draw);
      if (c.n() < 3) {
        update(digest, engine, ConvolutionProblem.withSpecials(c, draw, 3 * c.patch()));
      }
    }
    return Bits.hex(digest);
  }

  /** The digest over convolutions that pool what they compute in the same pass. */
  static String pooledDigest(Engine engine) {
    MessageDigest digest = Bits.sha256();
    for (ConvCase c : POOLED) {
      Draw draw = new Draw(c.patch() + c.filters());
      updatePooled(digest, engine, ConvolutionProblem.uniform(c, draw));
      if (c.n() < 3) {
        updatePooled(digest, engine, ConvolutionProblem.withSpecials(c, draw, 3 * c.patch()));
      }
    }
    return Bits.hex(digest);
  }

  /** With windows of 2 x 2, both ways. */
  private static void updatePooled(
      MessageDigest digest, Engine engine, ConvolutionProblem problem) {
    int n = problem.sizes.n();
    ConvGeometry geometry = problem.geometry;
    PoolGeometry pooling = PoolGeometry.of(geometry.outputShape(), 2, 2, 2);
    Tensor x = Tensor.wrap(problem.x, geometry.imageShape().withBatch(n));
    Tensor w = Tensor.wrap(problem.w, geometry.weightShape());
    Tensor b = Tensor.wrap(problem.b, geometry.filters());
    Tensor y = Tensor.zeros(pooling.outputShape().withBatch(n));
    Tensor winners = Tensor.zeros(y.shape());
    PooledConvolution.forward(engine, geometry, pooling, x, w, b, y, winners);
    Bits.update(digest, y.data());
    Bits.update(digest, winners.data());
    Tensor dy = Tensor.wrap(Arrays.copyOf(problem.dy, y.size()), y.shape());
    Tensor dx = Tensor.zeros(x.shape());
    PooledConvolution.backwardData(engine, geometry, pooling, dy, winners, w, dx);
    Bits.update(digest, dx.data());
    Tensor dw = Tensor.zeros(w.shape());
    Tensor db = Tensor.zeros(b.shape());
    for (Into into : Into.values()) {
      PooledConvolution.backwardWeights(engine, geometry, pooling, x, dy, winners, dw, db, into);
      Bits.update(digest, dw.data());
      Bits.update(digest, db.data());
    }
  }

  /** To gradients that are there, chunk by chunk. */
  private static void accumulate(MessageDigest digest, Engine engine, ConvCase c, Draw draw) {
    float[] dw = draw.uniform(c.wSize());
    float[] db = draw.uniform(c.filters());
    ConvolutionProblem.uniform(c, draw).backwardWeights(engine, dw, db, Into.ACCUMULATE);
    Bits.update(digest, dw);
    Bits.update(digest, db);
  }

  private static void update(MessageDigest digest, Engine engine, ConvolutionProblem problem) {
    ConvolutionProblem.Results results = problem.run(engine);
    Bits.update(digest, results.y);
    Bits.update(digest, results.dx);
    Bits.update(digest, results.dw);
    Bits.update(digest, results.db);
  }

  private static void update(
      MessageDigest digest, Engine engine, DirectPooling sizes, float[] x, Draw draw) {
    PoolingProblem problem = new PoolingProblem(sizes, x);
    float[] y = problem.max(engine);
    Bits.update(digest, y);
    Bits.update(digest, problem.maxBackward(engine, y, draw.withSpecials(y.length, 8)));
  }
}
