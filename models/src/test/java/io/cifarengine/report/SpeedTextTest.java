// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.files.Json;
import io.cifarengine.files.JsonObject;
import io.cifarengine.speed.KernelSpeed;
import io.cifarengine.speed.Machine;
import io.cifarengine.speed.ModelSpeed;
import io.cifarengine.speed.SpeedReport;
import io.cifarengine.speed.StepPhases;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedTextTest {
  @Test
  void twoThreadsStandBesideOneWithTheirScaling() {
    assertEquals(
        """
        cpu: A Processor, 2 cores, Linux amd64
        java: 25 (VM)
        flags: --add-modules=jdk.incubator.vector -Xmx1g
        kernels: vector512, 16 floats a vector

                             limits  1 thread  2 threads  scaling
        fma from registers, GFLOP/s     100.0      190.0     1.90
               reading memory, GB/s      10.0       12.5     1.25

                          1 thread          2 threads
        kernel     shape   GFLOP/s  % peak    GFLOP/s  % peak  scaling
        square  10x10x10      50.0    50.0       95.0    50.0     1.90
        A multiply-add of the definition is two flops; minimal filtering does with fewer of them.

                                      1 thread                   2 threads
        training      network  batch  images/s  GFLOP/s  % peak   images/s  GFLOP/s  % peak  scaling
        momentum  3072-128-20    128    50,000     40.0    40.0     80,000     64.0    33.7     1.60
              nn  3072-200-10   full    10,000     20.0    20.0     10,000     20.0    10.5     1.00

        momentum, 128 images, 2 threads  forward ms  dW ms  dX ms  all ms  share %
                                 gather                             0.200     10.0
                              flatten()           -      -      -       -        -
                             linear(20)       0.500  0.400      -   0.900     45.0
                                   loss                             0.100      5.0
                      gradients finite?                             0.300     15.0
                                 update                             0.500     25.0
                                 a step                             2.000    100.0
        """,
        SpeedText.of(report(2))
            .lines()
            .map(line -> line.stripTrailing() + "\n")
            .collect(joining()));
  }

  @Test
  void noLineIsLongerThanAHundredCharacters() {
    SpeedText.of(report(2)).lines().forEach(line -> assertTrue(line.length() <= 100, line));
  }

  @Test
  void oneThreadHasOneColumnAndNoScaling() {
    String text = SpeedText.of(report(1));
    assertTrue(!text.contains("scaling") && !text.contains("2 threads"), text);
    List<String> lines = text.lines().map(String::strip).toList();
    assertTrue(lines.contains("square  10x10x10      50.0    50.0"), text);
    assertTrue(lines.contains("momentum  3072-128-20    128    50,000     40.0    40.0"), text);
  }

  @Test
  void theJsonHasTheSameNumbers() throws Exception {
    JsonObject json = JsonObject.read("bench", Json.document(SpeedJson.of(report(2))));
    JsonObject machine = json.object("machine");
    assertEquals("A Processor", machine.text("cpu"));
    assertEquals("25 (VM)", machine.text("java"));
    assertEquals(List.of("--add-modules=jdk.incubator.vector", "-Xmx1g"), machine.list("flags"));
    assertEquals(512, machine.whole("simd_bits"));
    assertEquals(
        "[{\"threads\":1,\"peak_gflops\":100,\"memory_gbytes\":10},"
            + "{\"threads\":2,\"peak_gflops\":190,\"memory_gbytes\":12.5}]",
        Json.compact(machine.list("limits")));
    assertEquals(
        "[{\"kernel\":\"square\",\"shape\":\"10x10x10\",\"multiply_adds\":1000,\"rates\":["
            + "{\"threads\":1,\"seconds\":0.00000004,\"gflops\":50,\"of_peak\":0.5},"
            + "{\"threads\":2,\"seconds\":0.0000000210526315789,\"gflops\":95,\"of_peak\":0.5}]}]",
        Json.compact(json.list("kernels")));
    String trainings = Json.compact(json.list("trainings"));
    assertTrue(trainings.contains("\"images_per_second\":50000"), trainings);
    assertTrue(trainings.contains("\"full_batch\":true"), trainings);
    String steps = Json.compact(json.list("steps"));
    assertTrue(
        steps.contains(
            "{\"layer\":\"linear(20)\",\"forward\":0.0005,\"parameter_gradients\":0.0004,"
                + "\"input_gradient\":0}"),
        steps);
    assertTrue(steps.contains("\"total\":0.002"), steps);
  }

  /** Rates that come out even. */
  private static SpeedReport report(int threads) {
    List<Machine.Limit> limits =
        List.of(new Machine.Limit(1, 100e9, 10e9), new Machine.Limit(2, 190e9, 12.5e9));
    Machine machine =
        new Machine(
            "A Processor",
            2,
            "25 (VM)",
            "Linux amd64",
            List.of("--add-modules=jdk.incubator.vector", "-Xmx1g"),
            "vector512",
            512,
            limits.subList(0, threads));
    return new SpeedReport(
        machine,
        List.of(
            new KernelSpeed("square", "10x10x10", 1000, times(threads, 2000 / 50e9, 2000 / 95e9))),
        List.of(
            new ModelSpeed(
                "momentum",
                "3072-128-20",
                128,
                128,
                400_000,
                times(threads, 128 / 50e3, 128 / 80e3)),
            new ModelSpeed("nn", "3072-200-10", 0, 5000, 1_000_000, times(threads, 0.5, 0.5))),
        List.of(
            new StepPhases(
                "momentum",
                threads,
                128,
                List.of(
                    new StepPhases.LayerTimes("flatten()", 0, 0, 0),
                    new StepPhases.LayerTimes("linear(20)", 0.5e-3, 0.4e-3, 0)),
                0.2e-3,
                0.1e-3,
                0.3e-3,
                0.5e-3)));
  }

  private static List<Double> times(int threads, double one, double two) {
    return List.of(one, two).subList(0, threads);
  }
}
