// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

/** What a result does to its destination. */
public enum Into {
  /** The old values do not matter. */
  OVERWRITE,
  /** The result adds to the old values. */
  ACCUMULATE
}
