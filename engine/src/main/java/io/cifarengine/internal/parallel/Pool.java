// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.parallel;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Objects to use again: as many as were ever in use at once. It is what lets an operation called
 * from many threads allocate nothing after its first calls.
 */
public final class Pool<T> {
  private final ArrayDeque<T> idle = new ArrayDeque<>();
  private final Supplier<T> maker;
  private boolean closed;

  /** A pool that makes a new object where none is idle. */
  public Pool(Supplier<T> maker) {
    this.maker = maker;
  }

  /** An object for the caller alone, until {@link #giveBack}. */
  public T borrow() {
    synchronized (this) {
      T object = idle.poll();
      if (object != null) {
        return object;
      }
    }
    return maker.get();
  }

  /** Takes an object back. */
  public synchronized void giveBack(T object) {
    if (!closed) {
      idle.push(object);
    }
  }

  /** Lets go of all objects, also of those that are given back from now on. */
  public synchronized void close() {
    closed = true;
    idle.clear();
  }
}
