// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.compute.Engine;
import java.io.IOException;

/** {@code version}. */
final class VersionCommand implements Command {
  @Override
  public String name() {
    return "version";
  }

  @Override
  public String summary() {
    return "the version, of this program and of its numbers";
  }

  @Override
  public String help() {
    return "cifar-engine version\n";
  }

  @Override
  public int run(Arguments arguments) throws IOException {
    Stdout.println("cifar-engine " + version() + ", numerics " + Engine.NUMERICS);
    return ExitCode.DONE;
  }

  /** From the jar's manifest; a run from class files has none. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version != null ? version : "(not from a jar)";
  }
}
