// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.speed.KernelSpeed;
import io.cifarengine.speed.Machine;
import io.cifarengine.speed.ModelSpeed;
import io.cifarengine.speed.SpeedReport;
import io.cifarengine.speed.StepPhases;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast it is, in tables: with one thread, with all, and how many times faster these are. */
public final class SpeedText {
  private static final String NOTHING = "-";

  private final StringBuilder out = new StringBuilder();
  private final List<Machine.Limit> limits;

  private SpeedText(List<Machine.Limit> limits) {
    this.limits = limits;
  }

  /** The machine, its kernels, its models and their phases. */
  public static String of(SpeedReport report) {
    SpeedText text = new SpeedText(report.machine().limits());
    text.machine(report.machine());
    text.kernels(report.kernels());
    text.models(report.models());
    report.steps().forEach(text::step);
    return text.out.toString();
  }

  private void machine(Machine machine) {
    line("cpu: %s, %d cores, %s", machine.cpu(), machine.cores(), machine.system());
    line("java: %s", machine.java());
    line("flags: %s", machine.flags().isEmpty() ? "none" : String.join(" ", machine.flags()));
    String width =
        machine.simdBits() > 0
            ? ", " + machine.simdBits() / Float.SIZE + " floats a vector"
            : ", one float at a time";
    line("kernels: %s%s%n", machine.kernels(), width);

    List<String> header = new ArrayList<>(List.of("limits"));
    List<String> peak = new ArrayList<>(List.of("fma from registers, GFLOP/s"));
    List<String> memory = new ArrayList<>(List.of("reading memory, GB/s"));
    for (Machine.Limit limit : limits) {
      header.add(threads(limit));
      peak.add(tenths(limit.flopsPerSecond() * 1e-9));
      memory.add(tenths(limit.bytesPerSecond() * 1e-9));
    }
    if (several()) {
      int last = limits.size() - 1;
      header.add("scaling");
      peak.add(scaling(limits.get(last).flopsPerSecond() / limits.get(0).flopsPerSecond()));
      memory.add(scaling(limits.get(last).bytesPerSecond() / limits.get(0).bytesPerSecond()));
    }
    out.append(new TextTable().row(header).row(peak).row(memory));
  }

  private void kernels(List<KernelSpeed> kernels) {
    List<String> above = new ArrayList<>(List.of("", ""));
    List<String> header = new ArrayList<>(List.of("kernel", "shape"));
    for (Machine.Limit limit : limits) {
      above.addAll(List.of(threads(limit), ""));
      header.addAll(List.of("GFLOP/s", "% peak"));
    }
    TextTable table = table(above, header);
    for (KernelSpeed kernel : kernels) {
      List<String> row = new ArrayList<>(List.of(kernel.name(), kernel.shape()));
      for (int i = 0; i < limits.size(); i++) {
        addFlops(row, kernel.flopsPerSecond(i), limits.get(i));
      }
      addScaling(row, kernel.seconds());
      table.row(row);
    }
    out.append('\n').append(table);
    line(
        "A multiply-add of the definition is two flops; minimal filtering does with fewer of them.");
  }

  private void models(List<ModelSpeed> models) {
    List<String> above = new ArrayList<>(List.of("", "", ""));
    List<String> header = new ArrayList<>(List.of("training", "network", "batch"));
    for (Machine.Limit limit : limits) {
      above.addAll(List.of(threads(limit), "", ""));
      header.addAll(List.of("images/s", "GFLOP/s", "% peak"));
    }
    TextTable table = table(above, header);
    for (ModelSpeed model : models) {
      List<String> row = new ArrayList<>(List.of(model.experiment(), model.network()));
      row.add(model.batch() == 0 ? "full" : Integer.toString(model.batch()));
      for (int i = 0; i < limits.size(); i++) {
        row.add(String.format(Locale.ROOT, "%,.0f", model.imagesPerSecond(i)));
        addFlops(row, model.flopsPerSecond(i), limits.get(i));
      }
      addScaling(row, model.seconds());
      table.row(row);
    }
    out.append('\n').append(table);
  }

  /** A header of two lines, with the column of the scaling where there is one. */
  private TextTable table(List<String> above, List<String> header) {
    if (several()) {
      above.add("");
      header.add("scaling");
    }
    return new TextTable().row(above).row(header);
  }

  private static void addFlops(List<String> row, double flops, Machine.Limit limit) {
    row.add(tenths(flops * 1e-9));
    row.add(tenths(100 * flops / limit.flopsPerSecond()));
  }

  private void addScaling(List<String> row, List<Double> seconds) {
    if (several()) {
      row.add(scaling(seconds.get(0) / seconds.get(seconds.size() - 1)));
    }
  }

  private void step(StepPhases step) {
    String threads = step.threads() == 1 ? "1 thread" : step.threads() + " threads";
    String title = step.model() + ", " + step.images() + " images, " + threads;
    TextTable table =
        new TextTable().row(List.of(title, "forward ms", "dW ms", "dX ms", "all ms", "share %"));
    table.row(whole("gather", step.gather(), step));
    for (StepPhases.LayerTimes layer : step.layers()) {
      table.row(
          List.of(
              layer.layer(),
              milliseconds(layer.forward()),
              milliseconds(layer.parameterGradients()),
              milliseconds(layer.inputGradient()),
              milliseconds(layer.total()),
              share(layer.total(), step)));
    }
    table.row(whole("loss", step.loss(), step));
    table.row(whole("gradients finite?", step.check(), step));
    table.row(whole("update", step.update(), step));
    table.row(whole("a step", step.total(), step));
    out.append('\n').append(table);
  }

  private static List<String> whole(String name, double seconds, StepPhases step) {
    return List.of(name, "", "", "", milliseconds(seconds), share(seconds, step));
  }

  private boolean several() {
    return limits.size() > 1;
  }

  private static String threads(Machine.Limit limit) {
    return limit.threads() == 1 ? "1 thread" : limit.threads() + " threads";
  }

  private static String tenths(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String scaling(double factor) {
    return String.format(Locale.ROOT, "%.2f", factor);
  }

  private static String milliseconds(double seconds) {
    return seconds == 0 ? NOTHING : String.format(Locale.ROOT, "%.3f", 1e3 * seconds);
  }

  private static String share(double seconds, StepPhases step) {
    return seconds == 0 ? NOTHING : tenths(100 * seconds / step.total());
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
