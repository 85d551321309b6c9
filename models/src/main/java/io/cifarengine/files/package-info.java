// SPDX-License-Identifier: Apache-2.0

/**
 * Files that are whole or absent, JSON, YAML for configurations, and safetensors; every error is a
 * sentence that names the file.
 */
package io.cifarengine.files;
