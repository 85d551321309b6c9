// SPDX-License-Identifier: Apache-2.0

/** What data is: shapes and flat row-major arrays. */
package io.cifarengine.tensor;
