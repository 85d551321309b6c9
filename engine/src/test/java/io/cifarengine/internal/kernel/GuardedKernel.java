// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import java.util.List;

/**
 * A vector kernel whose compiled loop is under guard. A kernel that moves, or gets another name, changes
 * its line here.
 *
 * @param group kernels of one group share a JVM and are warmed in the order of the table
 * @param owner the simple name of its class, in this package
 * @param method the method that holds the loop, with no other of its name
 * @param stackMoves moves of vectors to or from the stack that a pass of its loop may have
 * @param call runs it once
 */
record GuardedKernel(String group, String owner, String method, int stackMoves, Runnable call) {
  /**
   * Of 28 accumulators, two vectors of B and a broadcast JDK 25 keeps one on the stack where the step from row to row
   * is no literal, so that checks of the array's length stay in the loop; JDK 17 none.
   */
  private static final int OF_THE_PLACE_TILE = 2;

  static final List<GuardedKernel> ALL =
      List.of(
          tiles("VectorPackedTile", "high", () -> KernelCalls.tile(KernelCalls.ROWS)),
          tiles("VectorPackedTile", "middle", () -> KernelCalls.tile(8)),
          tiles("VectorPackedTile", "low", () -> KernelCalls.tile(4)),
          tiles("VectorThinTile", "narrow", () -> KernelCalls.thinTile(KernelCalls.COLUMNS / 2)),
          tiles("VectorThinTile", "wide", () -> KernelCalls.thinTile(KernelCalls.COLUMNS)),
          tiles("VectorNarrowTile", "packed", KernelCalls::narrowTile),
          tiles("VectorNarrowTile", "patches", KernelCalls::narrowPatchTile),
          tiles("VectorPatchTile", "whole", KernelCalls::patchTile),
          tiles("VectorPatchTile", "fresh", KernelCalls::freshTile),
          new GuardedKernel(
              "tiles", "VectorPlaceTile", "whole", OF_THE_PLACE_TILE, KernelCalls::placeTile),
          tiles("VectorPlaceTile", "low", KernelCalls::lowPlaceTile),
          tiles("VectorColorTile", "whole", KernelCalls::colorTile),
          tiles("VectorGemmKernel", "packPanel", KernelCalls::packPanel),
          tiles("VectorGemmKernel", "packPanels", KernelCalls::packPanels),
          tiles("VectorGemmKernel", "copyRows", KernelCalls::copyRows),
          functions("exp", KernelCalls::exp),
          functions("tanh", KernelCalls::tanh),
          functions("sigmoid", KernelCalls::sigmoid),
          elementwise("add", KernelCalls::add),
          elementwise("addRowsOfTwo", KernelCalls::addRows),
          elementwise("relu", KernelCalls::relu),
          elementwise("reluBackward", KernelCalls::reluBackward),
          elementwise("tanhBackward", KernelCalls::tanhBackward),
          elementwise("sigmoidBackward", KernelCalls::sigmoidBackward),
          elementwise("momentumStep", KernelCalls::momentumStep),
          elementwise("decay", KernelCalls::decay),
          elementwise("addSquares", KernelCalls::addSquares),
          elementwise("isFinite", KernelCalls::isFinite),
          new GuardedKernel("peak", "VectorPeakKernel", "run", 0, KernelCalls::peak),
          pooling("max", KernelCalls::max),
          pooling("maxAndWinners", KernelCalls::maxAndWinners),
          pooling("spread", KernelCalls::spread),
          pooling("maxBackward", KernelCalls::maxBackward),
          winograd("imageRuns", KernelCalls::image),
          winograd("gradient", KernelCalls::gradient),
          winograd("evenRows", KernelCalls::outputs),
          winograd("oddRows", KernelCalls::outputs),
          winograd("expand", KernelCalls::expand),
          winograd("contract", KernelCalls::contract),
          new GuardedKernel("pixels", "VectorPixelKernel", "center", 0, KernelCalls::center),
          new GuardedKernel("pixels", "VectorPixelKernel", "inFloats", 0, KernelCalls::inFloats));

  private static GuardedKernel tiles(String owner, String method, Runnable call) {
    return new GuardedKernel("tiles", owner, method, 0, call);
  }

  private static GuardedKernel functions(String method, Runnable call) {
    return new GuardedKernel("functions", "VectorElementaryFunctions", method, 0, call);
  }

  private static GuardedKernel elementwise(String method, Runnable call) {
    return new GuardedKernel("elementwise", "VectorElementwiseKernel", method, 0, call);
  }

  private static GuardedKernel pooling(String method, Runnable call) {
    return new GuardedKernel("pooling", "VectorPoolingKernel", method, 0, call);
  }

  private static GuardedKernel winograd(String method, Runnable call) {
    return new GuardedKernel("winograd", "VectorWinogradKernel", method, 0, call);
  }

  /** The binary name of its class. */
  String ownerName() {
    return GuardedKernel.class.getPackageName() + "." + owner;
  }

  /** As options of a JVM have it, and as it prints it. */
  String qualified() {
    return ownerName() + "::" + method;
  }

  @Override
  public String toString() {
    return owner + "." + method;
  }
}
