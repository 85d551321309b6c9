// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.List;
import java.util.Map;

/**
 * What a {@link TableExperiment} came to.
 *
 * @param experiment which one
 * @param data the name of the data
 * @param synthetic whether the images were rendered
 * @param rows a value for each column, by its name: a number or a text
 * @param verdict whether the rows are as they must be
 */
public record TableResult(
    TableExperiment experiment,
    String data,
    boolean synthetic,
    List<Map<String, Object>> rows,
    Verdict verdict)
    implements Outcome {
  @Override
  public double seconds() {
    return 0;
  }

  @Override
  public boolean failed() {
    return false;
  }
}
