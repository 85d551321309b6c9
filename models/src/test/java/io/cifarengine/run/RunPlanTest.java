// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.config.ConfigException;
import io.cifarengine.config.Configuration;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.config.SplitOrder;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.Experiments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  private static ExperimentOptions options(Map<Setting<?>, String> only) {
    return new ExperimentOptions(
        OptionalInt.of(7),
        OptionalInt.of(300),
        Optional.of(SplitOrder.SEQUENTIAL),
        -5,
        3,
        only,
        true);
  }

  @Test
  void everyExperimentsPlanReadsBackEqual() throws ConfigException {
    List<Experiment> all = new ArrayList<>(Experiments.all());
    all.add(Experiments.every());
    for (Experiment experiment : all) {
      RunPlan plan = RunPlan.of(experiment, ExperimentOptions.none());
      assertEquals(plan, RunPlan.read("config.yaml", plan.yaml()));
    }
  }

  @Test
  void optionsReadBackEqual() throws ConfigException {
    Map<Setting<?>, String> only = new LinkedHashMap<>();
    only.put(Setting.HIDDEN, "[256]");
    only.put(Setting.LEARNING_RATE, "0.003");
    RunPlan plan = RunPlan.of(Experiments.named("hidden-units").orElseThrow(), options(only));
    RunPlan read = RunPlan.read("config.yaml", plan.yaml());
    assertEquals(plan, read);
    assertEquals(3, read.trials().size(), "one arm, three seeds");
    assertEquals(-3L, read.trials().get(2).settings().value(Setting.SEED));
  }

  @Test
  void aTrainingReadsBackWithItsSettings() throws ConfigException {
    Configuration given = Configuration.defaults().set("hidden=[]").set("seed=7").set("epochs=3");
    RunPlan plan = RunPlan.training(given);
    RunPlan read = RunPlan.read("config.yaml", plan.yaml());
    assertEquals(plan.settings(), read.settings());
    assertEquals(given.settings(), read.trials().get(0).settings());
    assertTrue(read.isTraining());
    assertFalse(RunPlan.of(Experiments.every(), ExperimentOptions.none()).isTraining());
  }

  @Test
  void aConfigurationThatSomebodySpoiledIsNamed() {
    for (String text :
        List.of(
            "experiment: momentumm\n",
            "experiment: momentum\nseeds: 0\n",
            "experiment: momentum\nonly: [colour=red]\n",
            "experiment: momentum\nepochs: none\n",
            "experiment: comparison\nfresh: perhaps\n",
            "experiment: momentum\ncolour: red\n",
            "experiment: momentum\nmomentum: 0.9\n",
            "experiment: momentum\nseed:\n  epochs: 1\n",
            "experiment: momentum\nonly: [red]\n",
            "epochs: none\n",
            "\tx")) {
      ConfigException failure =
          assertThrows(ConfigException.class, () -> RunPlan.read("config.yaml", text), text);
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.startsWith("config.yaml:"), message);
      assertFalse(message.contains("--set"), message);
    }
  }

  @Test
  void aKeyThatIsNoOptionOfAnExperimentIsNamed() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> RunPlan.read("config.yaml", "experiment: momentum\nmomentum: 0.9\n"));
    assertEquals(
        "config.yaml: momentum: no option of an experiment (expected one of [seed, epochs, limit,"
            + " split])",
        failure.getMessage());
  }

  @Test
  void originsSayWhatAnOptionChanged() {
    RunPlan plan = RunPlan.of(Experiments.named("linear").orElseThrow(), options(Map.of()));
    assertEquals("option", plan.origins().get(Setting.EPOCHS.key()));
    assertEquals("paper", plan.origins().get(Setting.LEARNING_RATE.key()));
    assertEquals(7, plan.settings().value(Setting.EPOCHS));
    assertEquals(Settings.defaults().inWords().keySet(), plan.origins().keySet());
  }
}
