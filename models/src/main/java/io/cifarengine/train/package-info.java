// SPDX-License-Identifier: Apache-2.0

/** The training loop, when to stop it, and what came out. */
package io.cifarengine.train;
