// SPDX-License-Identifier: Apache-2.0
/**
 * Convolutions as products of patches, and by minimal filtering: the two specifications, and what computes their bits
 * block by block.
 */
package io.cifarengine.internal.conv;
