// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

/** The matrix products of the papers' networks, and two squares to compare with other libraries. */
public enum GemmShape {
  /** A large square. */
  SQUARE_1024(Form.AB, 1024, 1024, 1024),
  /** A larger square. */
  SQUARE_2048(Form.AB, 2048, 2048, 2048),
  /** y = x W of the CIFAR-100 perceptron's first layer. */
  MLP_FORWARD(Form.AB, 128, 128, 3072),
  /** dW = x' dy of the same layer. */
  MLP_WEIGHTS(Form.ATB, 3072, 128, 128),
  /** y = h W of its last layer. */
  MLP_OUTPUT(Form.AB, 128, 20, 128),
  /** dh = dy W' of its last layer. */
  MLP_HIDDEN(Form.ABT, 128, 128, 20),
  /** y = x W of the CIFAR-10 two-layer network, mini-batch. */
  NN_SGD_FORWARD(Form.AB, 500, 200, 3072),
  /** dW = x' dy of the same layer. */
  NN_SGD_WEIGHTS(Form.ATB, 3072, 200, 500),
  /** y = x W of the CIFAR-10 two-layer network, all 45,000 images. */
  NN_FULL_BATCH(Form.AB, 45000, 200, 3072),
  /** The convolutions as products of patches, batch 50. */
  CONV1(Form.AB, 51200, 32, 27),
  /** The second convolution. */
  CONV2(Form.AB, 12800, 64, 288),
  /** The third convolution. */
  CONV3(Form.AB, 3200, 64, 576),
  /** The dense layer after them. */
  DENSE(Form.AB, 50, 64, 1024);

  /** Which product it is. */
  enum Form {
    AB,
    ATB,
    ABT
  }

  final Form form;
  final int m;
  final int n;
  final int k;

  GemmShape(Form form, int m, int n, int k) {
    this.form = form;
    this.m = m;
    this.n = n;
    this.k = k;
  }

  /** 2 m n k, in units of 10^9. */
  double gigaflop() {
    return 2e-9 * m * n * k;
  }
}
