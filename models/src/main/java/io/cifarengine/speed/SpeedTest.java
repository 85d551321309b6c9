// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.MachineLimits;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.Setting;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.nn.NetworkSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures the machine, the kernels, the models and their phases, one after another, with each engine: an
 * engine of one thread, and where there is one, an engine of all. It needs no images of anybody's.
 */
public final class SpeedTest {
  private final List<Engine> engines;
  private final Effort effort;
  private final SpeedListener listener;
  private final List<KernelCase> kernels = KernelCase.all();
  private final Map<ImageSet, ImageDataset> rendered = new EnumMap<>(ImageSet.class);
  private int begun;

  /** A test with these engines, the one of the fewest threads first; all have the same kernels. */
  public SpeedTest(List<Engine> engines, Effort effort, SpeedListener listener) {
    this.engines = List.copyOf(engines);
    this.effort = effort;
    this.listener = listener;
  }

  /** All of it. */
  public SpeedReport run() {
    begun = 0;
    List<Machine.Limit> before = limits();
    warmUp();
    List<KernelSpeed> kernelSpeeds = kernels.stream().map(this::kernel).toList();
    List<ModelSpeed> modelSpeeds = ModelCase.ALL.stream().map(this::model).toList();
    List<StepPhases> steps =
        ModelCase.ALL.stream().filter(ModelCase::phases).map(this::phases).toList();
    Machine machine = machine(best(before, limits())); // a machine may be busy for a while
    return new SpeedReport(machine, kernelSpeeds, modelSpeeds, steps);
  }

  private void begin(String what) {
    long phases = ModelCase.ALL.stream().filter(ModelCase::phases).count();
    int count = 2 * engines.size() + 1 + kernels.size() + ModelCase.ALL.size() + (int) phases;
    listener.onCase(++begun, count, what);
  }

  private List<Machine.Limit> limits() {
    List<Machine.Limit> limits = new ArrayList<>();
    for (Engine engine : engines) {
      begin("limits of the machine, threads: " + engine.threads());
      limits.add(
          new Machine.Limit(
              engine.threads(),
              MachineLimits.flopsPerSecond(engine),
              MachineLimits.bytesPerSecond(engine)));
    }
    return limits;
  }

  /** The higher ones of two measurements. */
  static List<Machine.Limit> best(List<Machine.Limit> first, List<Machine.Limit> second) {
    List<Machine.Limit> best = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Machine.Limit one = first.get(i);
      Machine.Limit other = second.get(i);
      best.add(
          new Machine.Limit(
              one.threads(),
              Math.max(one.flopsPerSecond(), other.flopsPerSecond()),
              Math.max(one.bytesPerSecond(), other.bytesPerSecond())));
    }
    return best;
  }

  private Machine machine(List<Machine.Limit> limits) {
    Engine any = engines.get(0);
    return new Machine(
        Host.cpu(),
        Runtime.getRuntime().availableProcessors(),
        Host.java(),
        Host.system(),
        Host.flags(),
        any.kernels(),
        any.simdBits(),
        limits);
  }

  /** Every kernel and every training, so that none is measured while others that share its code still compile. */
  private void warmUp() {
    begin("all of it, not yet counted");
    Engine all = engines.get(engines.size() - 1);
    for (KernelCase one : kernels) {
      Consumer<Engine> work = one.operands().get();
      effort.kernels().warmUp(() -> work.accept(all));
    }
    for (ModelCase one : ModelCase.ALL) {
      effort.models().warmUp(one.step(all, images(one))::run);
    }
  }

  private KernelSpeed kernel(KernelCase one) {
    begin(one.name());
    Consumer<Engine> work = one.operands().get();
    List<Double> seconds = new ArrayList<>();
    for (Engine engine : engines) {
      seconds.add(effort.kernels().median(() -> work.accept(engine)));
    }
    return new KernelSpeed(one.name(), one.shape(), one.multiplyAdds(), seconds);
  }

  private ModelSpeed model(ModelCase one) {
    begin("training of " + one.experiment());
    List<Double> seconds = new ArrayList<>();
    int images = 0;
    long multiplyAdds = 0;
    for (Engine engine : engines) {
      TrainingStep step = one.step(engine, images(one));
      seconds.add(effort.models().median(step::run));
      images = step.images();
      multiplyAdds = multiplyAdds(NetworkSummary.of(step.network));
    }
    return new ModelSpeed(
        one.experiment(), one.network(), one.batch(), images, multiplyAdds, seconds);
  }

  private StepPhases phases(ModelCase one) {
    begin("phases of " + one.experiment());
    Engine all = engines.get(engines.size() - 1);
    return new PhaseTimer(one.step(all, images(one))).measure(one.experiment(), effort.models());
  }

  private ImageDataset images(ModelCase one) {
    return rendered.computeIfAbsent(
        one.settings().value(Setting.DATASET), set -> one.render(effort.images()));
  }

  /**
   * For one image, forward and backward: as many for dW as forward takes, and as many for dX, which the
   * first layer that learns leaves out.
   */
  static long multiplyAdds(NetworkSummary network) {
    long sum = 0;
    boolean learned = false;
    for (NetworkSummary.Row row : network.rows()) {
      sum += (learned ? 3 : 2) * row.multiplyAdds();
      learned |= row.parameters() > 0;
    }
    return sum;
  }
}
