// SPDX-License-Identifier: Apache-2.0
/** Convolutions as products of patches: the specification, and the path that never stores all patches. */
package io.cifarengine.internal.conv;
