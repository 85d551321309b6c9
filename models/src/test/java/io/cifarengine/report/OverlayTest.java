// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.experiment.TrialResult;
import io.cifarengine.train.TrainingResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static TrialResult of(String experiment, TrainingResult training) {
    return Results.trial(1, Results.grid(experiment).tested(), training);
  }

  private static TrialResult of(String experiment) {
    return of(experiment, Results.training(0, 6, OptionalInt.empty()));
  }

  private static Map<String, TrialResult> named(TrialResult a, TrialResult b) {
    Map<String, TrialResult> named = new LinkedHashMap<>();
    named.put("a & b", a);
    named.put("second", b);
    return named;
  }

  @Test
  void eachPanelHasEachTrainingUnderItsName() {
    String svg = Overlay.svg("two <of them>", named(of("nn"), of("nn-sgd"))).orElseThrow();
    assertEquals(3, svg.split("Line: a &amp; b\\. Line: second\\.", -1).length - 1, svg);
    assertTrue(svg.contains(">two &lt;of them&gt;<"), svg);
    for (String panel :
        new String[] {"training loss", "training accuracy", "validation accuracy"}) {
      assertTrue(svg.contains(">" + panel + "<"), panel);
    }
  }

  @Test
  void lossesOfDifferentKindsAreCalledSo() {
    String different = Overlay.svg("", named(of("nn"), of("momentum"))).orElseThrow();
    assertTrue(different.contains(">training loss (of different kinds)<"), different);
    assertFalse(Overlay.svg("", named(of("nn"), of("linear"))).orElseThrow().contains("different"));
  }

  @Test
  void aTrainingWithoutEpochsIsLeftOut() {
    TrialResult none = of("nn", Results.diverged(0, -1));
    String svg = Overlay.svg("", named(none, of("nn-sgd"))).orElseThrow();
    assertTrue(svg.contains("Line: second.") && !svg.contains("Line: a"), svg);
    assertEquals(Optional.empty(), Overlay.svg("", named(none, none)));
    assertEquals(Optional.empty(), Overlay.svg("", Map.of()));
  }
}
