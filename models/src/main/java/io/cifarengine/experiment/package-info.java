// SPDX-License-Identifier: Apache-2.0

/** The papers' experiments as data, the one runner of all grids, and what came out. */
package io.cifarengine.experiment;
