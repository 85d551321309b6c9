// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader of machine code on instructions and loops made by hand. */
class LoopTest {
  private static final String LOAD = "62f17c48100c0b"; // vmovups (rbx + rcx), zmm1
  private static final String FMA = "62f27548b8c2"; // vfmadd231ps zmm2, zmm1, zmm0
  private static final String SPILL = "62f17c48114424 02".replace(" ", ""); // zmm0 to 128(rsp)
  private static final String ADD = "4883c110"; // rcx += 16
  private static final String COMPARE = "4839d1"; // rcx - rdx
  private static final String CALL = "e800010000";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** A body, counted and closed by a jump back to its begin, between two instructions outside. */
  private static byte[] loop(String body) {
    int size = body.length() / 2 + (ADD + COMPARE).length() / 2;
    String jump = "0f8c" + HexFormat.of().toHexDigits(Integer.reverseBytes(-size - 6));
    return bytes("4831c9" + body + ADD + COMPARE + jump + "c3");
  }

  /** Lengths as a disassembler has them. */
  @ParameterizedTest
  @CsvSource({
    "90, 1",
    "c3, 1",
    "55, 1",
    "4155, 2",
    "4881ecd0070000, 7",
    "4883c110, 4",
    "48b8efcdab8967452301, 10",
    "b801000000, 5",
    "66b80100, 4",
    "6681c10100, 5",
    "41c7400858640000, 8",
    "66c744240c1000, 7",
    "f6c101, 3",
    "f7c101000000, 6",
    "f7d1, 2",
    "f6d9, 2",
    "eb05, 2",
    "e900010000, 5",
    "0f8c00010000, 6",
    "7c10, 2",
    "ffd2, 2",
    "41ffd2, 3",
    "ff2500010000, 6",
    "8b0500010000, 6",
    "8b0425ffffffff, 7",
    "448b5424c8, 5",
    "0f1f840000000000, 8",
    "66660f1f840000000000, 10",
    "450fb6d2, 4",
    "440f4cc1, 4",
    "0fba e005, 4",
    "f20f38f0c1, 5",
    "660f3a0fc108, 6",
    "f0480fb10e, 5",
    "a801, 2",
    "6bc910, 3",
    "69c900010000, 6",
    "c8000100, 4",
    "c5f877, 3",
    "c5fa100c8a, 5",
    "c4c17e7f4220, 6",
    "c4e37d0fc108, 6",
    "c5fdc6c101, 5",
    "62d17e486f949a10000000, 11",
    "62f27548b8c2, 6",
    "62f17c48114424 02, 8",
    "62f1754872e017, 7",
    "62f37d48030c0a01, 8",
    "62f17c48c2c111, 7",
    "c5f93d, 0",
    "06, 0",
    "e80001, 0",
    "62f17c, 0",
    "d5, 0"
  })
  void anInstructionHasItsLength(String hex, int length) {
    byte[] code = bytes(hex.replace(" ", ""));
    if (length > 0) {
      assertEquals(length, Instruction.decode(code, 0).length());
    } else {
      assertEquals(
          "no x86-64 instruction at offset 0: " + HexFormat.ofDelimiter(" ").formatHex(code),
          assertThrows(IllegalArgumentException.class, () -> Instruction.decode(code, 0))
              .getMessage());
    }
  }

  @Test
  void aLoopWithoutFaultsHasNone() {
    assertEquals(
        List.of(new Loop(7 + 6 + 4 + 3 + 6, 5, 1, 2, 0, 0)), Loop.ofVectors(loop(LOAD + FMA)));
  }

  @Test
  void aVectorThatMovesToTheStackOrBackIsSeen() {
    String[] moves = {
      SPILL,
      "62f17c48104424 02", // vmovups
      "62f17e486f442402", // vmovdqu32
      "62f1fe487f842438000000", // vmovdqu64
      "62e1fe487f2c24", // zmm21, without a displacement
      "62f17c4828442402", // vmovaps
      "c5fc11442420", // vmovups of 256 bits
      "c4e17c11442420", // the same in three bytes
      "62f27548b8442402", // an fma with an operand there
    };
    for (String move : moves) {
      Loop loop = Loop.ofVectors(loop(LOAD + FMA + move.replace(" ", ""))).get(0);
      assertEquals(1, loop.stackMoves(), move);
      assertEquals(2, loop.vectors(), move);
    }
  }

  @Test
  void otherMovesAreNoStackMovesOfVectors() {
    String[] moves = {
      "c5fa11442408", // vmovss of a scalar to the stack
      "4c89542408", // r10 to the stack
      "62d17c4811442402", // a vector to r12
      "62f17c4811450 1".replace(" ", ""), // a vector to rbp, no frame pointer in compiled code
      "62f17c481144 8802".replace(" ", ""), // a vector to rax + 4 rcx
      "62f17c4811 0500010000".replace(" ", ""), // a vector to a constant's place, rip + 256
      "62f17c4828c4", // zmm4 to zmm0, whose number is that of rsp
    };
    for (String move : moves) {
      assertEquals(0, Loop.ofVectors(loop(LOAD + FMA + move)).get(0).stackMoves(), move);
    }
  }

  @Test
  void aDirectAndAnIndirectCallAreSeen() {
    assertEquals(1, Loop.ofVectors(loop(LOAD + CALL + FMA)).get(0).calls());
    assertEquals(1, Loop.ofVectors(loop(LOAD + "41ffd2" + FMA)).get(0).calls());
    assertEquals(1, Loop.ofVectors(loop(LOAD + "ff5008" + FMA)).get(0).calls());
    assertEquals(0, Loop.ofVectors(loop(LOAD + "ffc0" + FMA)).get(0).calls()); // eax += 1
    assertEquals(0, Loop.ofVectors(loop(LOAD + "b8e8e8e8e8" + FMA)).get(0).calls()); // a constant
  }

  @Test
  void onlyTheInnermostLoopCounts() {
    byte[] inner = loop(LOAD + FMA);
    int size = 5 + inner.length - 1; // without its return
    String hex = CALL + HexFormat.of().formatHex(inner, 0, inner.length - 1);
    byte[] nested =
        bytes(hex + "0f8c" + HexFormat.of().toHexDigits(Integer.reverseBytes(-size - 6)));
    assertEquals(Loop.ofVectors(inner), Loop.ofVectors(nested));
  }

  /** As around a loop with safepoints: the outer loop enters behind the first instruction. */
  @Test
  void aLoopThatEntersAnotherInItsMiddleIsAnOuterOne() {
    String inner = "4831c9" + LOAD + FMA + "7cee"; // 18 bytes back
    byte[] code = bytes(inner + CALL + "eb" + "ea"); // 22 bytes back, behind the first instruction
    assertEquals(List.of(new Loop(18, 4, 1, 2, 0, 0)), Loop.ofVectors(code));
  }

  /** A loop that goes on at two places is one loop, up to the later. */
  @Test
  void aLoopWithTwoJumpsBackIsOne() {
    String early = "7cf1"; // 15 bytes back: over itself and what stands before it
    byte[] code = bytes(LOAD + FMA + early + CALL + FMA + "0f8c" + "e0ffffff");
    assertEquals(List.of(new Loop(32, 6, 2, 3, 0, 1)), Loop.ofVectors(code));
  }

  @Test
  void loopsWithLittleOfTheWorkAreLeftOut() {
    String work = HexFormat.of().formatHex(loop(LOAD + FMA + FMA + FMA));
    String tail = HexFormat.of().formatHex(loop(LOAD + CALL));
    String half = HexFormat.of().formatHex(loop(LOAD + FMA + CALL));
    String scalar = HexFormat.of().formatHex(loop(CALL));
    List<Loop> loops = Loop.ofVectors(bytes(work + tail + half + scalar));
    assertEquals(2, loops.size());
    assertEquals(0, loops.get(0).calls());
    assertEquals(1, loops.get(1).calls());
    assertEquals(List.of(), Loop.ofVectors(bytes(scalar)));
  }

  /** What a wrong length leads to, sooner or later. */
  @Test
  void aJumpIntoAnInstructionIsRefused() {
    assertEquals(
        "the jump at offset 3 goes to 1, inside an instruction",
        assertThrows(IllegalArgumentException.class, () -> Loop.ofVectors(bytes("4831c9" + "7cfc")))
            .getMessage());
  }
}
