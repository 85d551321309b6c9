// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

/** {@code key: value}; the key knows its own place. */
public record YamlEntry(YamlValue.Scalar key, YamlValue value) {}
