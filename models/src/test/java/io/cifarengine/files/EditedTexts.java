// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A safetensors file whose texts somebody has changed and signed anew: damage is refused earlier. */
public final class EditedTexts {
  private EditedTexts() {}

  /** Replaces a text, which must be there. */
  public static void replace(Path file, String key, String text) throws IOException {
    Safetensors content = Safetensors.read(file);
    Map<String, String> texts = new LinkedHashMap<>(content.metadata());
    if (texts.replace(key, text) == null) {
      throw new AssertionError(file + ": no text " + key + " in " + texts.keySet());
    }
    new Safetensors(content.tensors(), texts).write(file);
  }
}
