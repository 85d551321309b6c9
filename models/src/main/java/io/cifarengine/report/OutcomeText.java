// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.ComparisonResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.TableResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/** What an experiment came to as a table and the lines under it. */
public final class OutcomeText {
  /** The last line where the images were rendered. */
  static final String SYNTHETIC =
      "These are synthetic images, not CIFAR: nothing here compares with the paper.";

  private static final MathContext DIGITS = new MathContext(4);

  private OutcomeText() {}

  /** The text. */
  public static String of(Outcome outcome) {
    if (outcome instanceof ExperimentResult result) {
      return ExperimentTable.of(result);
    }
    return outcome instanceof ComparisonResult result
        ? ComparisonTable.of(result)
        : table((TableResult) outcome);
  }

  private static String table(TableResult result) {
    TextTable table = new TextTable();
    table.row(List.copyOf(result.rows().get(0).keySet()));
    for (Map<String, Object> row : result.rows()) {
      table.row(row.values().stream().map(OutcomeText::cell).toList());
    }
    return result.experiment().name()
        + ": "
        + result.experiment().title()
        + "\n"
        + result.experiment().source()
        + "; measured on "
        + result.data()
        + "\n\n"
        + table
        + "\nverdict: "
        + result.verdict().words()
        + "\n"
        + (result.synthetic() ? SYNTHETIC + "\n" : "");
  }

  private static String cell(Object value) {
    return value instanceof Double number
        ? new BigDecimal(number).round(DIGITS).toString()
        : value.toString();
  }
}
