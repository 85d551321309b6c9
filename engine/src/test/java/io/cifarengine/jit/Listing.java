// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.jit;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Machine code out of what a JVM prints under {@code -XX:CompileCommand=print,CLASS::METHOD}. */
public final class Listing {
  /**
   * A whole method at the last level; what entered in the middle of a running loop has {@code @ BCI} before
   * its size and is left out.
   */
  private static final Pattern C2 =
      Pattern.compile("Compiled method \\(c2\\) .* 4 +([\\w.$]+::[\\w<>$]+) \\(\\d+ bytes\\)");

  /** {@code  0x00007f35a8eef500: 8bae 5001 | 0000 4c8b}; comments have a semicolon after the colon. */
  private static final Pattern BYTES = Pattern.compile(" *0x[0-9a-f]+: ([0-9a-f |]+)");

  private Listing() {}

  /**
   * The code of each method called {@code CLASS::METHOD}, as C2 compiled it last; methods without any are
   * absent, and no method has any where the JVM has a disassembler (hsdis) and prints instructions instead.
   */
  public static Map<String, byte[]> lastOfC2(List<String> lines) {
    Map<String, byte[]> methods = new HashMap<>();
    String method = null;
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    boolean inCode = false;
    for (String line : lines) {
      if (line.startsWith("Compiled method ")) {
        Matcher c2 = C2.matcher(line);
        method = c2.matches() ? c2.group(1) : null;
      } else if (line.equals("[MachCode]")) {
        inCode = true;
        code.reset();
      } else if (line.equals("[/MachCode]")
          || line.equals("[Stub Code]")
          || line.equals("[Exception Handler]")) {
        if (inCode && method != null && code.size() > 0) {
          methods.put(method, code.toByteArray());
        }
        inCode = false;
      } else if (inCode) {
        Matcher bytes = BYTES.matcher(line);
        if (bytes.matches()) {
          code.writeBytes(HexFormat.of().parseHex(bytes.group(1).replaceAll("[ |]", "")));
        }
      }
    }
    return methods;
  }
}
