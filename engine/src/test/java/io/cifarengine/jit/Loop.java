// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What stands in an innermost loop of compiled code: from where jumps backward go to the last of them,
 * with no other loop's last jump in between. Around a long loop C2 puts one that visits a safepoint every
 * 1,000 passes; it may enter the inner one behind its first instructions, so ends tell more than begins.
 *
 * @param bytes its size
 * @param instructions all of them
 * @param fmas packed multiply-adds
 * @param vectors what works on vectors of 256 or 512 bits, less the stack moves
 * @param stackMoves instructions on such vectors whose memory operand stands on the stack
 * @param calls direct and indirect ones
 */
public record Loop(int bytes, int instructions, int fmas, int vectors, int stackMoves, int calls) {
  /**
   * The loops that do a method's work on vectors: those with at least half as many vector instructions as
   * the one with most. C2 makes copies of a loop, with and without checks of indices or for each side of
   * a branch, and all of them count. A jump backward to shared code that leaves the method (an uncommon
   * trap) looks like a loop too: with calls and stack moves, but without other instructions on vectors.
   *
   * @throws IllegalArgumentException if the bytes are no sequence of x86-64 instructions
   */
  public static List<Loop> ofVectors(byte[] method) {
    List<Loop> all = innermost(method);
    int most = all.stream().mapToInt(Loop::vectors).max().orElse(0);
    return all.stream().filter(loop -> loop.vectors > 0 && 2 * loop.vectors >= most).toList();
  }

  private static List<Loop> innermost(byte[] method) {
    List<Instruction> instructions = instructions(method);
    // Where a loop begins, and where its last jump back ends.
    TreeMap<Integer, Integer> ends = new TreeMap<>();
    for (Instruction i : instructions) {
      if (i.target() >= 0 && i.target() <= i.at()) {
        ends.merge(i.target(), i.end(), Math::max);
      }
    }
    List<Loop> loops = new ArrayList<>();
    ends.forEach(
        (begin, end) -> {
          if (ends.values().stream().noneMatch(other -> other > begin && other < end)) {
            loops.add(between(instructions, begin, end));
          }
        });
    return loops;
  }

  private static List<Instruction> instructions(byte[] method) {
    List<Instruction> all = new ArrayList<>();
    boolean[] begins = new boolean[method.length];
    for (int at = 0; at < method.length; ) {
      Instruction next = Instruction.decode(method, at);
      all.add(next);
      begins[at] = true;
      at = next.end();
    }
    for (Instruction i : all) {
      if (i.target() >= 0 && i.target() < method.length && !begins[i.target()]) {
        throw new IllegalArgumentException(
            "the jump at offset " + i.at() + " goes to " + i.target() + ", inside an instruction");
      }
    }
    return all;
  }

  private static Loop between(List<Instruction> method, int begin, int end) {
    int instructions = 0;
    int fmas = 0;
    int vectors = 0;
    int stackMoves = 0;
    int calls = 0;
    for (Instruction i : method) {
      if (i.at() >= begin && i.at() < end) {
        instructions++;
        fmas += i.fma() ? 1 : 0;
        vectors += i.wide() && !i.onStack() ? 1 : 0;
        stackMoves += i.wide() && i.onStack() ? 1 : 0;
        calls += i.call() ? 1 : 0;
      }
    }
    return new Loop(end - begin, instructions, fmas, vectors, stackMoves, calls);
  }
}
