// SPDX-License-Identifier: Apache-2.0

/** Words for people. */
package io.cifarengine.text;
