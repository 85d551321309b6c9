// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

/** The studies' networks, with the batches they are trained with. */
public enum TrainingModel {
  /** The CIFAR-100 perceptron. */
  MLP_3072_128_20(Recipe.CIFAR100_PERCEPTRON, 128, 20, 128, 12_800),
  /** Its wider sister. */
  MLP_3072_256_20(Recipe.CIFAR100_PERCEPTRON, 256, 20, 128, 12_800),
  /** The one on fine labels. */
  MLP_3072_128_100(Recipe.CIFAR100_PERCEPTRON, 128, 100, 128, 12_800),
  /** The CIFAR-10 perceptron on mini-batches. */
  MLP_3072_200_10(Recipe.CIFAR10_PERCEPTRON, 200, 10, 500, 12_500),
  /** The same on full batches. */
  MLP_3072_200_10_FULL(Recipe.CIFAR10_PERCEPTRON, 200, 10, 12_800, 12_800),
  /** The CIFAR-10 linear classifier, full batches. */
  LINEAR_3072_10_FULL(Recipe.CIFAR10_LINEAR, 0, 10, 12_800, 12_800),
  /** The CIFAR-10 network of three convolutions. */
  CNN_32_64_64(Recipe.CIFAR10_CONVOLUTIONAL, 64, 10, 50, 2_000);

  /** What is common to the networks of an experiment. */
  enum Recipe {
    /** tanh, softmax cross-entropy, momentum 0.8, weight decay 1e-4, each channel z-scored. */
    CIFAR100_PERCEPTRON,
    /** Sigmoid, squared error, images less their mean, times 100. */
    CIFAR10_PERCEPTRON,
    /** Squared error, images less their mean. */
    CIFAR10_LINEAR,
    /** 32, 64 and 64 filters, sigmoid, softmax cross-entropy, momentum 0.5, images less their mean. */
    CIFAR10_CONVOLUTIONAL
  }

  final Recipe recipe;
  final int hidden;
  final int classes;
  final int batchSize;

  /** Of the training set, a multiple of the batch. */
  final int examples;

  TrainingModel(Recipe recipe, int hidden, int classes, int batchSize, int examples) {
    this.recipe = recipe;
    this.hidden = hidden;
    this.classes = classes;
    this.batchSize = batchSize;
    this.examples = examples;
  }

  /** Whether an update takes the whole training set. */
  boolean isFullBatch() {
    return batchSize == examples;
  }
}
