// SPDX-License-Identifier: Apache-2.0

/** Results as text, as JSON and as figures. */
package io.cifarengine.report;
