// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts arithmetic, so that a throughput in operations shows GFLOP/s beside it. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Flops {
  /** Floating-point operations so far, in units of 10^9. */
  public double gflops;
}
