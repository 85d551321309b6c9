// SPDX-License-Identifier: Apache-2.0

/** Line charts, heat maps and weight images: pictures as pure functions of numbers. */
package io.cifarengine.plot;
