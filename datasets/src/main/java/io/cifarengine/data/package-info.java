// SPDX-License-Identifier: Apache-2.0

/** Labelled images: they stay bytes in memory and become floats while a batch is gathered. */
package io.cifarengine.data;
