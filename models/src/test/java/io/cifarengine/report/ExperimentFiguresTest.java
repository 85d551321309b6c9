// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.GridExperiment;
import io.cifarengine.experiment.TrialResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ExperimentFiguresTest {
  private static final OptionalInt NEVER = OptionalInt.empty();
  private static final GridExperiment MOMENTUM = Results.grid("momentum");
  private static final String BEST = "best epoch";

  private static Document xml(String svg) throws Exception {
    var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bytes);
  }

  private static Map<String, String> figures(ExperimentResult result) throws Exception {
    Map<String, String> figures = ExperimentFigures.of(result);
    for (String svg : figures.values()) {
      assertEquals("svg", xml(svg).getDocumentElement().getTagName());
    }
    return figures;
  }

  private static String figure(ExperimentResult result, String name) throws Exception {
    return Objects.requireNonNull(figures(result).get(name), name);
  }

  /** Straight lines of a style, as x1, y1, x2, y2. */
  private static List<double[]> lines(String svg, String style) throws Exception {
    var nodes = xml(svg).getElementsByTagName("path");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> (Element) nodes.item(i))
        .filter(e -> List.of(e.getAttribute("class").split(" ", -1)).contains(style))
        .map(e -> e.getAttribute("d").substring(1).split("[L ]", -1))
        .map(numbers -> Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  @Test
  void aGridHasTheTestedArmsCurvesAFigureForEachArmAndOneOfAll() throws Exception {
    ExperimentResult result = Results.allArms(MOMENTUM, Results.training(1, 8, OptionalInt.of(3)));
    assertEquals(
        Set.of(
            "plots/accuracy.svg",
            "plots/loss.svg",
            "plots/arm-1.svg",
            "plots/arm-2.svg",
            "plots/arm-3.svg",
            "plots/arm-4.svg",
            "plots/arm-5.svg",
            "plots/arm-6.svg",
            "plots/arms.svg"),
        figures(result).keySet());
    String tested = figure(result, "plots/accuracy.svg");
    assertTrue(tested.contains(">momentum 0.8, learning rate 0.001<"), tested);
    assertTrue(figure(result, "plots/arm-6.svg").contains(">momentum 0.9, learning rate 0.005<"));
    assertEquals(
        12, lines(figure(result, "plots/arms.svg"), "drop").size(), "six arms, two panels");
  }

  @Test
  void withoutTheTestedArmTheOthersAreDrawn() throws Exception {
    TrialResult only = Results.trial(1, MOMENTUM.arms().get(5), Results.training(1, 4, NEVER));
    assertEquals(
        Set.of("plots/arm-1.svg", "plots/arms.svg"),
        figures(Results.of(MOMENTUM, false, only)).keySet());
  }

  @Test
  void theMarkerStandsAtTheBestEpoch() throws Exception {
    ExperimentResult result = Results.allArms(MOMENTUM, Results.training(1, 9, OptionalInt.of(3)));
    for (String name : List.of("plots/accuracy.svg", "plots/loss.svg")) {
      String svg = figure(result, name);
      assertTrue(svg.contains("Marked: best epoch 3."), svg);
      List<double[]> axes = lines(svg, "axis");
      double[] horizontal = axes.get(axes.size() - 1);
      List<double[]> drops = lines(svg, "drop");
      assertEquals(1, drops.size());
      // Epoch 3 of 1..9 lies a quarter of the way; the file holds hundredths of a pixel.
      double quarter = horizontal[0] + (horizontal[2] - horizontal[0]) / 4;
      assertEquals(quarter, drops.get(0)[0], 0.02);
    }
  }

  @Test
  void nothingIsMarkedWhereEarlyStoppingNeverFired() throws Exception {
    ExperimentResult result = Results.allArms(MOMENTUM, Results.training(1, 8, NEVER));
    assertFalse(figure(result, "plots/accuracy.svg").contains(BEST));
    assertTrue(lines(figure(result, "plots/arms.svg"), "drop").isEmpty());
  }

  @Test
  void thePapersAccuracyIsALineOfReferenceExceptOnSyntheticImages() throws Exception {
    TrialResult trial = Results.trial(1, MOMENTUM.tested(), Results.training(1, 8, NEVER));
    String real = figure(Results.of(MOMENTUM, false, trial), "plots/accuracy.svg");
    assertTrue(real.contains("Reference: paper 25.85 %, epoch 70."), real);
    assertFalse(real.contains("synthetic"));
    for (String svg : figures(Results.of(MOMENTUM, true, trial)).values()) {
      assertFalse(svg.contains(">paper"), svg);
      assertTrue(svg.contains("(synthetic images)"), svg);
    }
  }

  @Test
  void oneTrainingByFullBatchesHasTheLossOfTrainingFromEpochZeroWithThePapersLog()
      throws Exception {
    GridExperiment linear = Results.grid("linear");
    ExperimentResult result = Results.allArms(linear, Results.training(0, 30, NEVER));
    assertEquals(Set.of("plots/accuracy.svg", "plots/loss.svg"), figures(result).keySet());
    String loss = figure(result, "plots/loss.svg");
    assertTrue(loss.contains("Line: train. Line: paper&#39;s log."), loss);
    assertFalse(loss.contains("validation"), loss);
    assertTrue(loss.contains(">0</text>"), "a tick at epoch 0");
    String accuracy = figure(result, "plots/accuracy.svg");
    assertTrue(
        accuracy.contains("Line: train. Line: validation. Line: paper&#39;s log."), accuracy);
    TrialResult trial = Results.trial(1, linear.tested(), Results.training(0, 30, NEVER));
    assertFalse(
        figure(Results.of(linear, true, trial), "plots/loss.svg").contains(">paper"),
        "nothing of the paper beside synthetic images");
  }

  @Test
  void oneTrainingByMiniBatchesHasTheLossOfEveryBatchToo() throws Exception {
    ExperimentResult result =
        Results.allArms(Results.grid("nn-sgd"), Results.training(0, 5, NEVER));
    assertEquals(
        Set.of("plots/accuracy.svg", "plots/loss.svg", "plots/update-loss.svg"),
        figures(result).keySet());
  }

  @Test
  void aNetworkWithCrossEntropyHasTheLossOfValidationToo() throws Exception {
    ExperimentResult result = Results.allArms(Results.grid("cnn"), Results.training(1, 300, NEVER));
    String loss = figure(result, "plots/loss.svg");
    assertTrue(
        loss.contains("Line: train. Line: validation. Line: paper&#39;s log."),
        "its validation loss of epoch 300 was logged");
    assertTrue(figures(result).containsKey("plots/update-loss.svg"));
  }

  @Test
  void oneEpochIsEnough() throws Exception {
    assertEquals(9, figures(Results.allArms(MOMENTUM, Results.training(1, 1, NEVER))).size());
    assertEquals(
        2, figures(Results.allArms(Results.grid("linear"), Results.training(0, 0, NEVER))).size());
  }

  @Test
  void aDivergedTrainingIsDrawnAsFarAsItCameAndCalledSo() throws Exception {
    TrialResult far = Results.trial(1, MOMENTUM.arms().get(0), Results.diverged(1, 4));
    TrialResult nowhere = Results.trial(2, MOMENTUM.tested(), Results.diverged(1, 0));
    ExperimentResult result = Results.of(MOMENTUM, false, far, nowhere);
    assertEquals(Set.of("plots/arm-1.svg", "plots/arms.svg"), figures(result).keySet());
    assertTrue(figure(result, "plots/arm-1.svg").contains("learning rate 0.001, diverged<"));
    assertEquals(Set.of(), figures(Results.of(MOMENTUM, false, nowhere)).keySet());
    ExperimentResult batches = Results.allArms(Results.grid("nn-sgd"), Results.diverged(0, -1));
    assertEquals(Set.of("plots/update-loss.svg"), figures(batches).keySet());
  }

  @Test
  void fewOtherSeedsAreBrokenLinesAndManyAreLeftOut() throws Exception {
    TrialResult trial = Results.trial(1, MOMENTUM.tested(), Results.training(1, 4, NEVER));
    String three = figure(Results.of(MOMENTUM, false, trial, trial, trial), "plots/accuracy.svg");
    assertTrue(three.contains(", first of 3 seeds<"), three);
    assertTrue(three.contains("Line: validation, other seeds."), three);
    String five =
        figure(Results.of(MOMENTUM, false, trial, trial, trial, trial, trial), "plots/loss.svg");
    assertTrue(five.contains(", first of 5 seeds<"), five);
    assertFalse(five.contains("other seeds"), five);
  }
}
