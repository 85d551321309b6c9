// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.conv.Im2Col;
import io.cifarengine.internal.conv.Window;
import io.cifarengine.internal.conv.Winograd;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.ConvCase;
import io.cifarengine.testing.Draw;
import java.util.Arrays;
import java.util.function.IntFunction;

/** A convolution with its operands, by the engine and by its specification. */
final class ConvolutionProblem {
  final ConvCase sizes;
  final ConvGeometry geometry;
  final float[] x;
  final float[] w;
  final float[] b;
  final float[] dy;

  ConvolutionProblem(ConvCase sizes, float[] x, float[] w, float[] b, float[] dy) {
    this.sizes = sizes;
    geometry = sizes.geometry();
    this.x = x;
    this.w = w;
    this.b = b;
    this.dy = dy;
  }

  /** The operands drawn in this order: x, W, b, dy. */
  private static ConvolutionProblem of(ConvCase sizes, IntFunction<float[]> draw) {
    return new ConvolutionProblem(
        sizes,
        draw.apply(sizes.xSize()),
        draw.apply(sizes.wSize()),
        draw.apply(sizes.filters()),
        draw.apply(sizes.ySize()));
  }

  static ConvolutionProblem uniform(ConvCase sizes, Draw draw) {
    return of(sizes, draw::uniform);
  }

  static ConvolutionProblem ofIntegers(ConvCase sizes, Draw draw) {
    return of(sizes, draw::integers);
  }

  /** One in {@code every} of an operand is a zero, denormal, infinity or NaN. */
  static ConvolutionProblem withSpecials(ConvCase sizes, Draw draw, int every) {
    return of(sizes, n -> draw.withSpecials(n, every));
  }

  /** What a convolution and its gradients give. */
  static final class Results {
    final float[] y;
    final float[] dx;
    final float[] dw;
    final float[] db;

    /** All NaN: what is overwritten may hold anything. */
    Results(ConvCase sizes) {
      y = nan(sizes.ySize());
      dx = nan(sizes.xSize());
      dw = nan(sizes.wSize());
      db = nan(sizes.filters());
    }

    private static float[] nan(int n) {
      float[] x = new float[n];
      Arrays.fill(x, Float.NaN);
      return x;
    }

    void assertSame(Results actual, String what) {
      Bits.assertSame(y, actual.y, "y, " + what);
      Bits.assertSame(dx, actual.dx, "dx, " + what);
      Bits.assertSame(dw, actual.dw, "dW, " + what);
      Bits.assertSame(db, actual.db, "db, " + what);
    }
  }

  /** By the engine. */
  Results run(Engine engine) {
    Results results = new Results(sizes);
    Tensor y = wrap(results.y, geometry.outputShape());
    Tensor images = wrap(x, geometry.imageShape());
    Tensor weight = Tensor.wrap(w, geometry.weightShape());
    Tensor gradient = wrap(dy, geometry.outputShape());
    Tensor dx = wrap(results.dx, geometry.imageShape());
    Convolution.forward(engine, geometry, images, weight, Tensor.wrap(b, sizes.filters()), y);
    Convolution.backwardData(engine, geometry, gradient, weight, dx);
    backwardWeights(engine, results.dw, results.db, Into.OVERWRITE);
    return results;
  }

  /** dW and db by the engine, assigned or added. */
  void backwardWeights(Engine engine, float[] dw, float[] db, Into into) {
    Convolution.backwardWeights(
        engine,
        geometry,
        wrap(x, geometry.imageShape()),
        wrap(dy, geometry.outputShape()),
        Tensor.wrap(dw, geometry.weightShape()),
        Tensor.wrap(db, sizes.filters()),
        into);
  }

  private Tensor wrap(float[] data, Shape example) {
    return Tensor.wrap(data, example.withBatch(sizes.n()));
  }

  /** By the specification of its shape. */
  Results specified(Engine engine) {
    Results results = sizes.minimal() ? winograd() : im2col(engine);
    specifyWeights(engine, results.dw, results.db);
    return results;
  }

  private Results winograd() {
    Results results = new Results(sizes);
    int n = sizes.n();
    int channels = sizes.channels();
    int filters = sizes.filters();
    float[] turned = Im2Col.turned(9, channels, filters, w);
    Window image = sizes.window();
    Window gradient = sizes.gradientWindow();
    Winograd.product(image, n, x, w, filters, b, results.y);
    Winograd.product(gradient, n, dy, turned, channels, new float[channels], results.dx);
    return results;
  }

  /** dW and db by the specification of its shape. */
  void specifyWeights(Engine engine, float[] dw, float[] db) {
    Window image = geometry.ofInput();
    if (sizes.minimal()) {
      Winograd.weightGradient(image, sizes.n(), x, dy, sizes.filters(), dw, db);
    } else {
      Im2Col.weightGradient(engine.gemm(), image, sizes.n(), x, dy, sizes.filters(), dw, db);
    }
  }

  private Results im2col(Engine engine) {
    Results results = new Results(sizes);
    int n = sizes.n();
    int channels = sizes.channels();
    int filters = sizes.filters();
    float[] turned =
        Im2Col.turned(sizes.kernelHeight() * sizes.kernelWidth(), channels, filters, w);
    Im2Col.product(engine.gemm(), geometry.ofInput(), n, x, w, filters, b, results.y);
    Im2Col.product(
        engine.gemm(),
        geometry.ofOutputGradient(),
        n,
        dy,
        turned,
        channels,
        new float[channels],
        results.dx);
    return results;
  }

  /** This problem with some of its images only. */
  ConvolutionProblem ofImages(int from, int to) {
    int xSize = geometry.imageShape().size();
    int ySize = geometry.outputShape().size();
    return new ConvolutionProblem(
        sizes.ofImages(to - from),
        Arrays.copyOfRange(x, from * xSize, to * xSize),
        w,
        b,
        Arrays.copyOfRange(dy, from * ySize, to * ySize));
  }
}
