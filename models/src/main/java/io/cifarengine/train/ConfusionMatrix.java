// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Dataset;
import io.cifarengine.nn.ArgMax;
import io.cifarengine.nn.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * count(t, p) = how many examples of class t the network takes for class p: for the class with the
 * largest output, the first of equal ones. Immutable.
 */
public final class ConfusionMatrix {
  /**
   * Examples of one class that were taken for another.
   *
   * @param expected the class of the examples
   * @param predicted the class that the network named instead
   * @param count how often
   */
  public record Confusion(int expected, int predicted, int count) {}

  private final List<String> classNames;
  private final int[][] counts;

  private ConfusionMatrix(List<String> classNames, int[][] counts) {
    this.classNames = List.copyOf(classNames);
    this.counts = counts;
  }

  /**
   * The matrix of a classifier on a whole set, in the batches of an {@link Evaluation}.
   *
   * @throws IllegalArgumentException where the network has not one output for each class
   */
  public static ConfusionMatrix of(Network network, Dataset dataset) {
    int classes = dataset.classes();
    if (network.outputShape().size() != classes) {
      throw new IllegalArgumentException(
          "confusion matrix: expected a network with "
              + classes
              + " outputs, one for each class, found "
              + network.outputShape().size());
    }
    int[][] counts = new int[classes][classes];
    for (Batch batch : Batches.of(network.engine(), dataset, Evaluation.BATCH_SIZE)) {
      float[] y = network.forward(batch.images()).data();
      for (int i = 0; i < batch.size(); i++) {
        counts[batch.labels()[i]][ArgMax.of(y, i * classes, classes)]++;
      }
    }
    return new ConfusionMatrix(dataset.classNames(), counts);
  }

  /**
   * The matrix with these counts, row by row.
   *
   * @throws IllegalArgumentException where they are not as many as classes squared, or one is negative
   */
  public static ConfusionMatrix of(List<String> classNames, long[] counts) {
    int classes = classNames.size();
    if (counts.length != classes * classes || Arrays.stream(counts).anyMatch(c -> c < 0)) {
      throw new IllegalArgumentException(
          "confusion matrix: expected "
              + classes * classes
              + " counts of at least 0, found "
              + counts.length);
    }
    int[][] rows = new int[classes][classes];
    for (int i = 0; i < counts.length; i++) {
      rows[i / classes][i % classes] = Math.toIntExact(counts[i]);
    }
    return new ConfusionMatrix(classNames, rows);
  }

  /** How many examples of one class were taken for another, or for their own. */
  public int count(int expected, int predicted) {
    return counts[expected][predicted];
  }

  /** How many classes there are. */
  public int classes() {
    return counts.length;
  }

  /** The names of the classes. */
  public List<String> classNames() {
    return classNames;
  }

  /** The fraction of all examples that were taken for their own class; NaN where there are none. */
  public double accuracy() {
    int correct = 0;
    for (int k = 0; k < counts.length; k++) {
      correct += counts[k][k];
    }
    return (double) correct / examples();
  }

  /** How many examples there are. */
  public int examples() {
    int examples = 0;
    for (int k = 0; k < counts.length; k++) {
      examples += expected(k);
    }
    return examples;
  }

  /** count(t, t) / sum over p of count(t, p): how much of a class is found; NaN where there is none. */
  public double recall(int expected) {
    return (double) counts[expected][expected] / expected(expected);
  }

  /** count(p, p) / sum over t of count(t, p): how far a class's name can be trusted; NaN where it was never named. */
  public double precision(int predicted) {
    int named = 0;
    for (int[] row : counts) {
      named += row[predicted];
    }
    return (double) counts[predicted][predicted] / named;
  }

  /**
   * The most frequent confusions: the most frequent first, equal ones in the order of their classes;
   * fewer than n where there are fewer that ever happened.
   *
   * @throws IllegalArgumentException where n is negative
   */
  public List<Confusion> mostFrequent(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("confusions: expected at least 0, found " + n);
    }
    List<Confusion> confusions = new ArrayList<>();
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        if (t != p && counts[t][p] > 0) {
          confusions.add(new Confusion(t, p, counts[t][p]));
        }
      }
    }
    confusions.sort(Comparator.comparingInt(Confusion::count).reversed()); // stable
    return List.copyOf(confusions.subList(0, Math.min(n, confusions.size())));
  }

  private int expected(int k) {
    int sum = 0;
    for (int count : counts[k]) {
      sum += count;
    }
    return sum;
  }
}
