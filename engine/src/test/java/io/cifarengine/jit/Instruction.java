// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.jit;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * One x86-64 instruction of compiled code: its length, and what is asked of a loop.
 *
 * <p>The two tables give what follows each opcode (Intel's Software Developer's Manual, volume 2,
 * appendix A), in the legacy form and in VEX and EVEX alike (chapters 2.3 and 2.7).
 *
 * @param at offset of its first byte
 * @param length in bytes
 * @param target the offset that a jump goes to, -1 for any other instruction
 * @param call whether it calls
 * @param wide whether it works on vectors of 256 or 512 bits
 * @param fma whether it is a packed multiply-add
 * @param onStack whether its memory operand stands at rsp
 */
record Instruction(
    int at, int length, int target, boolean call, boolean wide, boolean fma, boolean onStack) {
  /**
   * Opcode by opcode: {@code .} nothing, {@code m} ModRM, {@code M} and {@code Z} ModRM and an immediate
   * of 1 or of 4 bytes, {@code T} ModRM and an immediate in two of its eight forms, {@code 1 2 3 8 z v} an
   * immediate, {@code j J} a distance of 1 or 4 bytes, {@code p r} a prefix, {@code e a b} another table,
   * {@code V E} a VEX or EVEX prefix, {@code x} no instruction.
   */
  private static final String ONE_BYTE =
      "mmmm1zxxmmmm1zxe" // 00: arithmetic
          + "mmmm1zxxmmmm1zxx"
          + "mmmm1zpxmmmm1zpx"
          + "mmmm1zpxmmmm1zpx"
          + "rrrrrrrrrrrrrrrr" // 40: REX
          + "................" // 50: push, pop
          + "xxEmppppzZ1M...."
          + "jjjjjjjjjjjjjjjj" // 70: conditional jumps
          + "MZxMmmmmmmmmmmmm" // 80: arithmetic, mov
          + "..........x....."
          + "8888....1z......"
          + "11111111vvvvvvvv" // B0: mov of a constant
          + "MM2.VVMZ3.2..1x."
          + "mmmmxxx.mmmmmmmm"
          + "jjjj1111JJxj...." // E0: calls and jumps
          + "p.pp..TT......mm";

  /** Opcodes behind 0F. */
  private static final String TWO_BYTES =
      "mmmmx.....x.xm.M"
          + "mmmmmmmmmmmmmmmm" // 10: moves of vectors
          + "mmmmxxxxmmmmmmmm"
          + "........axbxxxxx"
          + "mmmmmmmmmmmmmmmm"
          + "mmmmmmmmmmmmmmmm" // 50: arithmetic of vectors
          + "mmmmmmmmmmmmmmmm"
          + "MMMMmmm.mmmmmmmm"
          + "JJJJJJJJJJJJJJJJ" // 80: conditional jumps
          + "mmmmmmmmmmmmmmmm"
          + "...mMmxx...mMmmm"
          + "mmmmmmmmmmMmmmmm"
          + "mmMmMMMm........"
          + "mmmmmmmmmmmmmmmm"
          + "mmmmmmmmmmmmmmmm"
          + "mmmmmmmmmmmmmmmm";

  private static final int CALL = 0xE8;

  /**
   * The instruction whose first byte stands at {@code at}.
   *
   * @throws IllegalArgumentException if none begins there
   */
  static Instruction decode(byte[] code, int at) {
    try {
      return decodeAt(code, at);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw none(code, at);
    }
  }

  private static Instruction decodeAt(byte[] code, int at) {
    int p = at;
    boolean words = false; // operands of 16 bits
    boolean rexW = false;
    boolean extendedBase = false; // r8 to r15
    int op = code[p++] & 0xFF;
    char kind = ONE_BYTE.charAt(op);
    while (kind == 'p' || kind == 'r') {
      words |= op == 0x66;
      rexW = kind == 'r' && (op & 8) != 0;
      extendedBase = kind == 'r' && (op & 1) != 0;
      op = code[p++] & 0xFF;
      kind = ONE_BYTE.charAt(op);
    }
    int map = 0;
    boolean wide = false;
    if (kind == 'V' || kind == 'E') {
      // C5 [R vvvv L pp], C4 [RXB mmmmm] [W vvvv L pp],
      // 62 [RXBR' 0 mmm] [W vvvv 1 pp] [z L'L b V' aaa]
      boolean two = op == 0xC5;
      int first = code[p] & 0xFF;
      map = two ? 1 : first & (kind == 'E' ? 7 : 31);
      extendedBase = !two && (first & 0x20) == 0;
      wide = kind == 'E' ? (code[p + 2] & 0x60) != 0 : (code[two ? p : p + 1] & 4) != 0;
      p += kind == 'E' ? 3 : two ? 1 : 2;
      op = code[p++] & 0xFF;
      kind = map == 1 ? TWO_BYTES.charAt(op) : map == 3 ? 'M' : 'm';
    } else if (kind == 'e') {
      op = code[p++] & 0xFF;
      map = 1;
      kind = TWO_BYTES.charAt(op);
      if (kind == 'a' || kind == 'b') {
        map = kind == 'a' ? 2 : 3;
        op = code[p++] & 0xFF;
        kind = kind == 'a' ? 'm' : 'M';
      }
    }
    boolean onStack = false;
    int form = 0; // bits 3 to 5 of ModRM tell apart the instructions of one opcode
    if ("mMZT".indexOf(kind) >= 0) {
      int modRm = code[p++] & 0xFF;
      int mod = modRm >> 6;
      int base = modRm & 7;
      form = modRm >> 3 & 7;
      if (mod != 3) {
        if (base == 4) {
          base = code[p++] & 7; // SIB
          onStack = base == 4 && !extendedBase;
        }
        p += mod == 1 ? 1 : mod == 2 || base == 5 ? 4 : 0;
      }
    }
    int full = words ? 2 : 4;
    p +=
        switch (kind) {
          case '.', 'm' -> 0;
          case '1', 'M', 'j' -> 1;
          case '2' -> 2;
          case '3' -> 3;
          case '8' -> 8;
          case 'J' -> 4;
          case 'z', 'Z' -> full;
          case 'v' -> rexW ? 8 : full;
          case 'T' -> form > 1 ? 0 : op == 0xF6 ? 1 : full;
          default -> throw none(code, at);
        };
    if (p > code.length) {
      throw none(code, at);
    }
    boolean call = map == 0 && (op == CALL || (op == 0xFF && (form == 2 || form == 3)));
    int target = -1;
    if (kind == 'j') {
      target = p + code[p - 1];
    } else if (kind == 'J' && !call) {
      target = p + int32(code, p - 4);
    }
    boolean fma = map == 2 && (op == 0x98 || op == 0xA8 || op == 0xB8);
    return new Instruction(at, p - at, target, call, wide, fma, onStack);
  }

  private static int int32(byte[] code, int at) {
    return (code[at] & 0xFF)
        | ((code[at + 1] & 0xFF) << 8)
        | ((code[at + 2] & 0xFF) << 16)
        | (code[at + 3] << 24);
  }

  private static IllegalArgumentException none(byte[] code, int at) {
    String bytes =
        HexFormat.ofDelimiter(" ")
            .formatHex(Arrays.copyOfRange(code, at, Math.min(at + 15, code.length)));
    return new IllegalArgumentException("no x86-64 instruction at offset " + at + ": " + bytes);
  }

  /** The offset behind its last byte. */
  int end() {
    return at + length;
  }
}
