// SPDX-License-Identifier: Apache-2.0

/** What can be computed: operands are checked here, once, and nowhere below. */
package io.cifarengine.compute;
