// SPDX-License-Identifier: Apache-2.0

/** Fixed worker threads that share out tasks; no queue, no futures. */
package io.cifarengine.internal.parallel;
