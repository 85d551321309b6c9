// SPDX-License-Identifier: Apache-2.0

/** The networks of the papers, each a list of layers. */
package io.cifarengine.zoo;
