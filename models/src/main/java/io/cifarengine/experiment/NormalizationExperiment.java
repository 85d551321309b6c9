// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.random.Randoms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Table 1 of the CIFAR-100 study: mean and deviation of the channels of an image after the z-score. */
final class NormalizationExperiment extends TableExperiment {
  private static final List<String> CHANNELS = List.of("red", "green", "blue");

  /**
   * Each of the 1,024 floats is off by at most half an ulp of a number below 32 (the z-score of one
   * pixel among 1,024 is below sqrt(1024)), so their mean is, and their deviation by about as much.
   */
  private static final double TOLERANCE = 0x1p-20;

  @Override
  public String name() {
    return "normalization";
  }

  @Override
  public String title() {
    return "mean and deviation of an image's channels after the z-score";
  }

  @Override
  public String source() {
    return "CIFAR-100 study, Table 1";
  }

  @Override
  public String description() {
    return """
        Takes one training image, chosen by the seed, and shows mean and population standard deviation
        of each channel as a network sees it: 0 and 1.""";
  }

  @Override
  public Settings settings() {
    return Settings.defaults();
  }

  @Override
  public TableResult run(Engine engine, SplitData data, Settings settings) {
    ImageDataset images = data.train();
    Randoms randoms = Randoms.seeded(settings.value(Setting.SEED)).stream("image");
    int image = randoms.below(images.size(), 0);
    float[] values = new float[images.exampleShape().size()];
    images.reader(engine).read(image, values, 0);
    List<Map<String, Object>> rows = new ArrayList<>();
    List<String> outside = new ArrayList<>();
    int area = values.length / CHANNELS.size();
    for (int c = 0; c < CHANNELS.size(); c++) {
      double mean = 0;
      double squares = 0;
      for (int i = c * area; i < (c + 1) * area; i++) {
        mean += values[i] / (double) area;
        squares += values[i] * (double) values[i] / area;
      }
      double deviation = Math.sqrt(squares - mean * mean);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("image", image);
      row.put("channel", CHANNELS.get(c));
      row.put("paper mean", 0.0);
      row.put("our mean", mean);
      row.put("paper deviation", 1.0);
      row.put("our deviation", deviation);
      rows.add(row);
      if (!(Math.abs(mean) <= TOLERANCE && Math.abs(deviation - 1) <= TOLERANCE)) {
        outside.add(CHANNELS.get(c));
      }
    }
    return new TableResult(
        this,
        data.name(),
        data.synthetic(),
        rows,
        Verdict.ofTable(data.synthetic(), rows.size(), outside));
  }
}
