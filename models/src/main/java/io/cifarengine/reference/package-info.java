// SPDX-License-Identifier: Apache-2.0

/**
 * The layers and losses once more, in double and in plain loops: what the float engine is checked
 * against.
 *
 * <p>Nothing here shares code with the engine, so that one mistake cannot hide in both. A further
 * layer is one class and one line in {@code ReferenceLayers}; a further loss is one class and one
 * line in {@code ReferenceLosses}.
 */
package io.cifarengine.reference;
