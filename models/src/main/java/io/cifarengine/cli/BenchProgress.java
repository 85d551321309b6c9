// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.speed.SpeedListener;

/** Shows on stderr what is being measured: one line on a terminal, a line each elsewhere. */
final class BenchProgress implements SpeedListener {
  private final Progress.Style style;
  private int shownWidth;

  BenchProgress(Progress.Style style) {
    this.style = style;
  }

  @Override
  public void onCase(int number, int count, String what) {
    String line = "[" + number + "/" + count + "] " + what;
    switch (style) {
      case BAR -> redraw(line);
      case LINES -> System.err.println(line);
      case NONE -> {}
    }
  }

  /** Leaves an empty line for what comes next. */
  void end() {
    if (shownWidth > 0) {
      redraw("");
      System.err.print('\r');
      System.err.flush();
    }
  }

  private void redraw(String line) {
    String erase = " ".repeat(Math.max(0, shownWidth - line.length()));
    System.err.print('\r' + line + erase);
    System.err.flush();
    shownWidth = line.length();
  }
}
