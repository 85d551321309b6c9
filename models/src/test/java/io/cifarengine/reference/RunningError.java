// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

/**
 * |float - exact| &lt;= bound, operation by operation: the running error analysis of Higham, "Accuracy and
 * Stability of Numerical Algorithms", 3.3, for the sums and functions that the engine documents.
 *
 * <p>u = 2^-24 is the rounding of one operation; k roundings in a row stay within gamma_k = k u / (1 - k
 * u). An input that is itself off by E moves a result by the derivative's size times E, which comes on
 * top. Results too small for a normal float are off by at most half of the smallest one, {@link #TINY}
 * covers several. The doubles' own rounding, 2^-29 of all this, disappears in the slack of gamma.
 */
final class RunningError {
  static final double U = 0x1p-24;
  private static final double TINY = 0x1p-146;

  /** Engine: tanh and sigmoid are right to 2 units in the last place, each at most 2 u |y|. */
  private static final double TWO_ULPS = 4 * U;

  /** Engine: exp is right to 1 unit in the last place. */
  private static final double ONE_ULP = 2 * U;

  private RunningError() {}

  static double gamma(int k) {
    return k * U / (1 - k * U);
  }

  /** Additions that one element of a sum over n passes through: its lane of 16, then the tree. */
  static double gammaOfLanes(int n) {
    return gamma((n + 15) / 16 + 4);
  }

  /** y = x W + b: a chain of fma over the inputs, which starts from b. */
  static Bounded linear(Bounded x, Bounded w, Bounded b, int n) {
    int out = b.size();
    int in = x.size() / n;
    Bounded y = new Bounded(n * out);
    for (int e = 0; e < n; e++) {
      for (int j = 0; j < out; j++) {
        double sum = b.value[j];
        double magnitude = b.most(j);
        double moved = 0;
        for (int i = 0; i < in; i++) {
          sum += x.value[e * in + i] * w.value[i * out + j];
          magnitude += x.most(e * in + i) * w.most(i * out + j);
          moved += x.bound[e * in + i] * Math.abs(w.value[i * out + j]);
        }
        y.value[e * out + j] = sum;
        y.bound[e * out + j] = gamma(in) * magnitude + moved + in * TINY;
      }
    }
    return y;
  }

  /** dx = dy W'. */
  static Bounded linearInput(Bounded w, Bounded dy, int in, int out) {
    return productWithTransposed(w, dy, in, out, out);
  }

  /** dx = dy W', whose elements are parts of sums that are rounded so often. */
  static Bounded productWithTransposed(Bounded w, Bounded dy, int in, int out, int roundings) {
    int n = dy.size() / out;
    Bounded dx = new Bounded(n * in);
    for (int e = 0; e < n; e++) {
      for (int i = 0; i < in; i++) {
        int at = e * in + i;
        for (int j = 0; j < out; j++) {
          int d = e * out + j;
          dx.value[at] += dy.value[d] * w.value[i * out + j];
          dx.bound[at] +=
              (gamma(roundings) * dy.most(d) + dy.bound[d]) * Math.abs(w.value[i * out + j]) + TINY;
        }
      }
    }
    return dx;
  }

  /** dW = x' dy: a chain over the examples. */
  static Bounded weightGradient(Bounded x, Bounded dy, int n) {
    int in = x.size() / n;
    int out = dy.size() / n;
    Bounded dw = new Bounded(in * out);
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        for (int e = 0; e < n; e++) {
          int a = e * in + i;
          int d = e * out + j;
          dw.value[i * out + j] += x.value[a] * dy.value[d];
          dw.bound[i * out + j] +=
              gamma(n) * x.most(a) * dy.most(d)
                  + x.bound[a] * dy.most(d)
                  + Math.abs(x.value[a]) * dy.bound[d]
                  + TINY;
        }
      }
    }
    return dw;
  }

  /** db = dy' 1, in lanes. */
  static Bounded biasGradient(Bounded dy, int n) {
    return columnSums(dy, n, gammaOfLanes(n));
  }

  /** dy' 1, for n rows whose sums stay within this gamma. */
  static Bounded columnSums(Bounded dy, int n, double gamma) {
    int out = dy.size() / n;
    Bounded db = new Bounded(out);
    for (int i = 0; i < dy.size(); i++) {
      db.value[i % out] += dy.value[i];
      db.bound[i % out] += gamma * dy.most(i) + dy.bound[i];
    }
    return db;
  }

  /** |tanh'| &lt;= 1. */
  static Bounded tanh(Bounded x) {
    return activation(new ReferenceTanh(), x, 1, TWO_ULPS);
  }

  /** |sigmoid'| &lt;= 1/4. */
  static Bounded sigmoid(Bounded x) {
    return activation(new ReferenceSigmoid(), x, 0.25, TWO_ULPS);
  }

  /** |relu'| &lt;= 1, and nothing is rounded. */
  static Bounded relu(Bounded x) {
    return activation(new ReferenceRelu(), x, 1, 0);
  }

  private static Bounded activation(
      ReferenceLayer layer, Bounded x, double steepest, double rounding) {
    Bounded y = new Bounded(x.size());
    System.arraycopy(layer.forward(x.value, 1), 0, y.value, 0, x.size());
    for (int i = 0; i < x.size(); i++) {
      double moved = steepest * x.bound[i];
      y.bound[i] = moved + (rounding == 0 ? 0 : rounding * (Math.abs(y.value[i]) + moved) + TINY);
    }
    return y;
  }

  /** dx = dy s with s = fma(-y, y, 1), whose derivative by y is -2y. */
  static Bounded tanhInput(Bounded y, Bounded dy) {
    Bounded dx = new Bounded(y.size());
    for (int i = 0; i < y.size(); i++) {
      double s = 1 - y.value[i] * y.value[i];
      double moved = (2 * Math.abs(y.value[i]) + y.bound[i]) * y.bound[i];
      product(dx, i, dy, s, moved + U * (Math.abs(s) + moved));
    }
    return dx;
  }

  /** dx = dy s with s = fma(-y, y, y), whose derivative by y is 1 - 2y. */
  static Bounded sigmoidInput(Bounded y, Bounded dy) {
    Bounded dx = new Bounded(y.size());
    for (int i = 0; i < y.size(); i++) {
      double s = y.value[i] * (1 - y.value[i]);
      double moved = (Math.abs(1 - 2 * y.value[i]) + y.bound[i]) * y.bound[i];
      product(dx, i, dy, s, moved + U * (Math.abs(s) + moved));
    }
    return dx;
  }

  private static void product(Bounded dx, int i, Bounded dy, double s, double sBound) {
    dx.value[i] = dy.value[i] * s;
    double moved = dy.most(i) * sBound + Math.abs(s) * dy.bound[i];
    dx.bound[i] = moved + U * (Math.abs(dx.value[i]) + moved) + TINY;
  }

  /** dx = dy where x &gt; 0, else 0; where the float x may be on the other side, the other may come. */
  static Bounded reluInput(Bounded x, Bounded dy) {
    Bounded dx = new Bounded(x.size());
    for (int i = 0; i < x.size(); i++) {
      dx.value[i] = x.value[i] > 0 ? dy.value[i] : 0;
      boolean certain = x.bound[i] == 0 || Math.abs(x.value[i]) > x.bound[i];
      dx.bound[i] = !certain ? dy.most(i) : x.value[i] > 0 ? dy.bound[i] : 0;
    }
    return dx;
  }

  /**
   * p = softmax x. The exponent x[j] - max is off by both errors and one rounding, an exponential by
   * its exponent's error and one unit, their sum by its lanes; all terms are positive, so relative
   * errors only add up.
   */
  static Bounded softmax(Bounded x, int n) {
    int classes = x.size() / n;
    Bounded p = new Bounded(x.size());
    System.arraycopy(
        ReferenceSoftmaxCrossEntropy.probabilities(x.value, n), 0, p.value, 0, x.size());
    if (classes == 1) {
      return p; // x - x, e^0 and 1 / 1 are exact
    }
    for (int at = 0; at < x.size(); at += classes) {
      double maximum = Double.NEGATIVE_INFINITY;
      double most = 0;
      for (int j = at; j < at + classes; j++) {
        maximum = Math.max(maximum, x.value[j]);
        most = Math.max(most, x.bound[j]);
      }
      double[] relative = new double[classes];
      double worst = 0;
      for (int j = 0; j < classes; j++) {
        double moved = x.bound[at + j] + most;
        double exponent = moved + U * (maximum - x.value[at + j] + moved);
        relative[j] = StrictMath.exp(exponent) * (1 + ONE_ULP) - 1;
        worst = Math.max(worst, relative[j]);
      }
      double sum = (1 + worst) * (1 + gammaOfLanes(classes)) - 1;
      for (int j = 0; j < classes; j++) {
        double quotient = (1 + relative[j]) * (1 + U) / (1 - sum) - 1;
        p.bound[at + j] = p.value[at + j] * quotient + TINY;
      }
    }
    return p;
  }

  /** d = (p - t) / n: two more roundings. */
  static Bounded crossEntropyGradient(Bounded p, int[] labels) {
    return differences(p, labels, 1);
  }

  /** d = 2 (y - t) / n: two roundings, and doubling is exact. */
  static Bounded squaredErrorGradient(Bounded y, int[] labels) {
    return differences(y, labels, 2);
  }

  private static Bounded differences(Bounded y, int[] labels, int factor) {
    int n = labels.length;
    int classes = y.size() / n;
    Bounded d = new Bounded(y.size());
    for (int i = 0; i < y.size(); i++) {
      boolean label = i % classes == labels[i / classes];
      double difference = factor * (label ? y.value[i] - 1 : y.value[i]);
      double moved = factor * y.bound[i];
      double off = moved + (label ? U * (Math.abs(difference) + moved) : 0);
      d.value[i] = difference / n;
      d.bound[i] = (off + U * (Math.abs(difference) + off)) / n + TINY;
    }
    return d;
  }
}
