// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.speed.KernelSpeed;
import io.cifarengine.speed.Machine;
import io.cifarengine.speed.ModelSpeed;
import io.cifarengine.speed.SpeedReport;
import io.cifarengine.speed.StepPhases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How fast it is, as a map for {@code Json}; times in seconds, rates in units of 10^9. */
public final class SpeedJson {
  private SpeedJson() {}

  /** The machine, its kernels, its models and their phases. */
  public static Map<String, Object> of(SpeedReport report) {
    List<Machine.Limit> limits = report.machine().limits();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("machine", machine(report.machine()));
    map.put("kernels", report.kernels().stream().map(kernel -> kernel(kernel, limits)).toList());
    map.put("trainings", report.models().stream().map(model -> model(model, limits)).toList());
    map.put("steps", report.steps().stream().map(SpeedJson::step).toList());
    return map;
  }

  private static Map<String, Object> machine(Machine machine) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("cpu", machine.cpu());
    map.put("cores", machine.cores());
    map.put("java", machine.java());
    map.put("system", machine.system());
    map.put("flags", machine.flags());
    map.put("kernels", machine.kernels());
    map.put("simd_bits", machine.simdBits());
    map.put("limits", machine.limits().stream().map(SpeedJson::limit).toList());
    return map;
  }

  private static Map<String, Object> limit(Machine.Limit limit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("threads", limit.threads());
    map.put("peak_gflops", limit.flopsPerSecond() * 1e-9);
    map.put("memory_gbytes", limit.bytesPerSecond() * 1e-9);
    return map;
  }

  private static Map<String, Object> kernel(KernelSpeed kernel, List<Machine.Limit> limits) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kernel", kernel.name());
    map.put("shape", kernel.shape());
    map.put("multiply_adds", kernel.multiplyAdds());
    List<Map<String, Object>> rates = new ArrayList<>();
    for (int i = 0; i < limits.size(); i++) {
      rates.add(rate(limits.get(i), kernel.seconds().get(i), kernel.flopsPerSecond(i)));
    }
    map.put("rates", rates);
    return map;
  }

  private static Map<String, Object> model(ModelSpeed model, List<Machine.Limit> limits) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("training", model.experiment());
    map.put("network", model.network());
    map.put("full_batch", model.batch() == 0);
    map.put("images", model.images());
    map.put("multiply_adds_per_image", model.multiplyAdds());
    List<Map<String, Object>> rates = new ArrayList<>();
    for (int i = 0; i < limits.size(); i++) {
      Map<String, Object> rate =
          rate(limits.get(i), model.seconds().get(i), model.flopsPerSecond(i));
      rate.put("images_per_second", model.imagesPerSecond(i));
      rates.add(rate);
    }
    map.put("rates", rates);
    return map;
  }

  private static Map<String, Object> rate(Machine.Limit limit, double seconds, double flops) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("threads", limit.threads());
    map.put("seconds", seconds);
    map.put("gflops", flops * 1e-9);
    map.put("of_peak", flops / limit.flopsPerSecond());
    return map;
  }

  private static Map<String, Object> step(StepPhases step) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("training", step.model());
    map.put("threads", step.threads());
    map.put("images", step.images());
    map.put("gather", step.gather());
    map.put("layers", step.layers().stream().map(SpeedJson::layer).toList());
    map.put("loss", step.loss());
    map.put("check", step.check());
    map.put("update", step.update());
    map.put("total", step.total());
    return map;
  }

  private static Map<String, Object> layer(StepPhases.LayerTimes layer) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("layer", layer.layer());
    map.put("forward", layer.forward());
    map.put("parameter_gradients", layer.parameterGradients());
    map.put("input_gradient", layer.inputGradient());
    return map;
  }
}
