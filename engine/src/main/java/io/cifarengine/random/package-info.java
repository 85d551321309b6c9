// SPDX-License-Identifier: Apache-2.0

/** Random numbers that are pure functions of a key, and NumPy's legacy stream. */
package io.cifarengine.random;
