// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts what passed through, so that a throughput in operations shows elements or examples a second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Samples {
  /** Elements or examples so far. */
  public long samples;
}
