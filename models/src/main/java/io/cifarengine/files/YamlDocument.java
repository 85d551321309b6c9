// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

/**
 * What a file of the YAML subset holds.
 *
 * @param source the file's name, as errors show it
 * @param root its entries; none where it holds nothing but comments
 */
public record YamlDocument(String source, YamlValue.Mapping root) {}
