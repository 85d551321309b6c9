// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

/** Images with labels of one kind. */
public enum ImageSet {
  /** CIFAR-10. */
  CIFAR10(10),
  /** CIFAR-100 with its 20 superclasses. */
  CIFAR100_COARSE(20),
  /** CIFAR-100 with its 100 classes. */
  CIFAR100_FINE(100);

  private final int classes;

  ImageSet(int classes) {
    this.classes = classes;
  }

  /** How many classes there are. */
  public int classes() {
    return classes;
  }

  /** In words for results: {@code cifar100 coarse}. */
  public String inWords() {
    return toString().replace('-', ' ');
  }

  @Override
  public String toString() {
    return Words.of(this);
  }
}
