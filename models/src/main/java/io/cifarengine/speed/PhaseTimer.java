// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.data.Batch;
import io.cifarengine.nn.Layer;
import io.cifarengine.nn.Loss;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A training step on one batch, layer by layer, with a look at the clock behind each part. It does what
 * {@code Network} does in forward and backward: below the first layer that learns nothing has a gradient,
 * and a layer that only reshapes computes nothing.
 */
final class PhaseTimer {
  private static final int GATHER = 0;
  private static final int LOSS = 1;
  private static final int CHECK = 2;
  private static final int UPDATE = 3;
  private static final int LAYERS = 4;

  private static final int FEWEST_STEPS = 3;

  private final TrainingStep step;
  private final Engine engine;
  private final List<Layer> layers;
  private final int firstLearning;
  private final Tensor[] y;
  private final Tensor[] dy;
  private long[] nanos = new long[0];
  private long last;

  PhaseTimer(TrainingStep step) {
    this.step = step;
    engine = step.network.engine();
    layers = step.network.layersAsComputed(step.images());
    int first = 0;
    while (layers.get(first).parameters().isEmpty()) {
      first++;
    }
    firstLearning = first;
    y = new Tensor[layers.size() + 1]; // y[i] goes into layer i
    dy = new Tensor[layers.size() + 1];
    y[0] = Tensor.zeros(step.network.inputShape().withBatch(step.images()));
    for (int i = 0; i < layers.size(); i++) {
      y[i + 1] = Tensor.zeros(layers.get(i).outputShape().withBatch(step.images()));
    }
    for (int i = 0; i < dy.length; i++) {
      dy[i] = Tensor.zeros(y[i].shape());
    }
  }

  /** The median of every part, over all steps behind the warm-up. */
  StepPhases measure(String model, Stopwatch watch) {
    run(watch.warmUpSeconds(), 1);
    return phases(model, run(watch.seconds(), FEWEST_STEPS));
  }

  private List<long[]> run(double seconds, int fewest) {
    List<long[]> steps = new ArrayList<>();
    long begin = System.nanoTime();
    while (steps.size() < fewest || (System.nanoTime() - begin) * 1e-9 < seconds) {
      nanos = new long[LAYERS + 3 * layers.size()];
      run();
      steps.add(nanos);
    }
    return steps;
  }

  private void run() {
    last = System.nanoTime();
    Batch batch = step.gather();
    y[0] = batch.images();
    mark(GATHER);
    for (int i = 0; i < layers.size(); i++) {
      forward(i);
    }
    Loss loss = step.loss.of(y[layers.size()], batch.labels());
    dy[layers.size()] = loss.gradient();
    mark(LOSS);
    for (int i = layers.size() - 1; i >= firstLearning; i--) {
      backward(i);
    }
    step.check(loss.total());
    mark(CHECK);
    step.sgd.step();
    mark(UPDATE);
  }

  private void forward(int i) {
    Layer layer = layers.get(i);
    if (layer.reshapes()) {
      y[i + 1] = y[i].reshape(y[i + 1].shape());
    } else {
      layer.forward(engine, y[i], y[i + 1]);
      mark(forwardOf(i));
    }
  }

  private void backward(int i) {
    Layer layer = layers.get(i);
    if (!layer.parameters().isEmpty()) {
      layer.parameterGradients(engine, y[i], dy[i + 1], Into.OVERWRITE);
      mark(parametersOf(i));
    }
    if (i == firstLearning) {
      return;
    }
    if (layer.reshapes()) {
      dy[i] = dy[i + 1].reshape(y[i].shape());
    } else {
      layer.inputGradient(engine, y[i], y[i + 1], dy[i + 1], dy[i]);
      mark(inputOf(i));
    }
  }

  private void mark(int part) {
    long now = System.nanoTime();
    nanos[part] = now - last;
    last = now;
  }

  private static int forwardOf(int layer) {
    return LAYERS + 3 * layer;
  }

  private static int parametersOf(int layer) {
    return LAYERS + 3 * layer + 1;
  }

  private static int inputOf(int layer) {
    return LAYERS + 3 * layer + 2;
  }

  private StepPhases phases(String model, List<long[]> steps) {
    List<StepPhases.LayerTimes> times = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      times.add(
          new StepPhases.LayerTimes(
              layers.get(i).describe(),
              seconds(steps, forwardOf(i)),
              seconds(steps, parametersOf(i)),
              seconds(steps, inputOf(i))));
    }
    return new StepPhases(
        model,
        engine.threads(),
        step.images(),
        times,
        seconds(steps, GATHER),
        seconds(steps, LOSS),
        seconds(steps, CHECK),
        seconds(steps, UPDATE));
  }

  private static double seconds(List<long[]> steps, int part) {
    return Stopwatch.median(steps.stream().mapToDouble(times -> times[part] * 1e-9).toArray());
  }
}
