// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

/** Which characters a YAML file may hold, and which a plain key. */
final class YamlText {
  /** YAML's own limit is 1024 characters of source, of which an escape takes six. */
  static final int MAX_KEY = 128;

  private YamlText() {}

  /**
   * Whether a character may stand in a file as itself. YAML 1.1 and 1.2 disagree on whether U+0085,
   * U+2028 and U+2029 end a line, and on byte order marks within a file, so they may not.
   */
  static boolean isPrintable(int codePoint) {
    return (codePoint >= ' ' && codePoint <= '~')
        || (codePoint >= 0xA0
            && codePoint <= 0xFFFD
            && codePoint != 0x2028
            && codePoint != 0x2029
            && codePoint != 0xFEFF
            && !isSurrogate(codePoint))
        || codePoint > 0xFFFF;
  }

  static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  static boolean isKeyCharacter(char c) {
    return isWordCharacter(c) || c == '.' || c == '-';
  }
}
