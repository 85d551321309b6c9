// SPDX-License-Identifier: Apache-2.0

/** What decides a training: settings with their keys, their schema, and where their values came from. */
package io.cifarengine.config;
