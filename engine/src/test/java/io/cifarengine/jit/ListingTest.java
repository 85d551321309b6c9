// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.jit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static List<String> compiled(String header, String... code) {
    return List.of(
        "----------------------------------- Assembly -----------------------------------",
        header,
        " total in heap  [0x00007f35a8eef010,0x00007f35a8f03110] = 82176",
        "[Constant Pool (empty)]",
        "[MachCode]",
        "[Verified Entry Point]",
        "  # {method} {0x00007f35334031c8} 'high' '(I[F)V' in 'a/B'",
        String.join("\n", code),
        "[Exception Handler]",
        "  0x00007f35a8ef8e00: f4f4 ",
        "[/MachCode]");
  }

  private static Map<String, byte[]> read(List<String> lines) {
    return Listing.lastOfC2(lines.stream().flatMap(String::lines).toList());
  }

  @Test
  void theBytesAreThoseOfTheMainCodeWithoutComments() {
    Map<String, byte[]> code =
        read(
            compiled(
                "Compiled method (c2)    2034  409   !b  4       a.B::high (1262 bytes)",
                "  0x00007f35a8eef4e0: ;   {runtime_call}",
                "  0x00007f35a8eef4e0: e8db 7f13 | 1666 6666 | 0f ",
                "",
                "  0x00007f35a8eef4e9: ; implicit exception: dispatches to 0x00007f35a8ef5af0",
                "                      ;*invokestatic load {reexecute=0 rethrow=0}",
                "  0x00007f35a8eef4e9: 458b "));
    assertEquals(Set.of("a.B::high"), code.keySet());
    assertArrayEquals(HexFormat.of().parseHex("e8db7f13166666660f458b"), code.get("a.B::high"));
  }

  @Test
  void theLastCompilationOfAWholeMethodByC2Counts() {
    String first = "Compiled method (c2) 2428  430    b  4       a.B::high (1262 bytes)";
    String last = "Compiled method (c2) 2500  431    b  4       a.B::high (1262 bytes)";
    String other = "Compiled method (c2) 2500  432       4       a.B::low (126 bytes)";
    String onStack = "Compiled method (c2) 2600  433 % b  4       a.B::high @ 427 (1262 bytes)";
    String c1 = "Compiled method (c1) 2700  434       3       a.B::high (1262 bytes)";
    List<String> lines =
        List.of(
            String.join("\n", compiled(first, "  0x01: 01 ")),
            String.join("\n", compiled(last, "  0x01: 02 ")),
            String.join("\n", compiled(other, "  0x01: 03 ")),
            String.join("\n", compiled(onStack, "  0x01: 04 ")),
            String.join("\n", compiled(c1, "  0x01: 05 ")));
    Map<String, byte[]> code = read(lines);
    assertEquals(Set.of("a.B::high", "a.B::low"), code.keySet());
    assertArrayEquals(new byte[] {2}, code.get("a.B::high"));
    assertArrayEquals(new byte[] {3}, code.get("a.B::low"));
  }

  @Test
  void whereTheJvmPrintsInstructionsThereAreNoBytes() {
    assertEquals(
        Map.of(),
        read(
            compiled(
                "Compiled method (c2) 2428  430       4       a.B::high (1262 bytes)",
                "  0x00007f35a8eef4e0: mov %eax,-0x14000(%rsp)")));
  }
}
