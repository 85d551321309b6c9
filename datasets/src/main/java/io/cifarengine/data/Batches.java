// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.RangeTask;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Tensor;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A dataset in batches, gathered by the engine's threads into buffers that are used again. The last
 * batch is short where the size does not divide; nothing is dropped.
 *
 * <p>One loop at a time: a second one, or another order, makes the first fail.
 */
public final class Batches implements Iterable<Batch> {
  /** Images a range has at least: one takes about 1 us. */
  private static final int GRAIN = 4;

  private final Engine engine;
  private final Dataset dataset;
  private final int batchSize;
  private final Batch whole;
  private final Batch last;
  private final ExampleReader[] readers;
  private final int[] order;
  private final RangeTask gather = this::gather;

  /** Counts passes and orders, so that a loop notices that it is not the last one begun. */
  private int pass;

  // What is being gathered.
  private Batch batch;
  private int first;

  private Batches(Engine engine, Dataset dataset, int batchSize) {
    this.engine = engine;
    this.dataset = dataset;
    this.batchSize = batchSize;
    int size = dataset.size();
    whole = new Batch(zeros(dataset, Math.min(batchSize, size)));
    int rest = size % batchSize;
    last = rest == 0 || size < batchSize ? whole : new Batch(zeros(dataset, rest));
    batch = whole;
    readers = new ExampleReader[engine.threads()];
    Arrays.setAll(readers, i -> dataset.reader(engine));
    order = new int[size];
    inOrder();
  }

  private static Tensor zeros(Dataset dataset, int n) {
    return Tensor.zeros(dataset.exampleShape().withBatch(n));
  }

  /**
   * Batches of this size.
   *
   * @throws IllegalArgumentException where the size is not positive
   */
  public static Batches of(Engine engine, Dataset dataset, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size: expected at least 1, found " + batchSize);
    }
    return new Batches(engine, dataset, batchSize);
  }

  /** These batches, with the examples in the dataset's order. */
  public Batches inOrder() {
    Arrays.setAll(order, i -> i);
    pass++;
    return this;
  }

  /** These batches, with the examples in an order that is a function of the random source alone. */
  public Batches shuffled(Randoms randoms) {
    System.arraycopy(randoms.permutation(order.length), 0, order, 0, order.length);
    pass++;
    return this;
  }

  /** How many batches a pass has. */
  public int count() {
    return order.length / batchSize + (order.length % batchSize == 0 ? 0 : 1);
  }

  /** How many examples a pass has. */
  public int examples() {
    return order.length;
  }

  /** One pass, in the order last asked for. */
  @Override
  public Iterator<Batch> iterator() {
    return new Pass(0);
  }

  /**
   * A pass in the order last asked for that leaves out the batches before this one, as the rest of an
   * epoch that was broken off does: {@code batches.shuffled(randoms).from(100)} begins with the batch
   * that a whole pass has after 100 others.
   *
   * @param batch from 0, all of them, to {@link #count}, none
   * @throws IllegalArgumentException where there is no such batch
   */
  public Iterable<Batch> from(int batch) {
    if (batch < 0 || batch > count()) {
      throw new IllegalArgumentException(
          "batches: expected to begin at batch 0 to " + count() + ", found " + batch);
    }
    int example = (int) Math.min((long) batch * batchSize, order.length);
    return () -> new Pass(example);
  }

  private final class Pass implements Iterator<Batch> {
    private final int own = ++pass;
    private int next;

    Pass(int first) {
      next = first;
    }

    @Override
    public boolean hasNext() {
      if (own != pass) {
        throw new ConcurrentModificationException(
            "another pass over these batches began before this one was done");
      }
      return next < order.length;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the pass over " + order.length + " examples is done");
      }
      Batch filled = fill(next);
      next += filled.size();
      return filled;
    }
  }

  private Batch fill(int from) {
    first = from;
    batch = order.length - from >= whole.size() ? whole : last;
    engine.forRanges(batch.size(), GRAIN, gather);
    return batch;
  }

  private void gather(int from, int to, int participant) {
    ExampleReader reader = readers[participant];
    float[] target = batch.images().data();
    int size = target.length / batch.size();
    for (int i = from; i < to; i++) {
      int index = order[first + i];
      batch.labels()[i] = dataset.label(index);
      reader.read(index, target, i * size);
    }
  }
}
