// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Cifar;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Layout;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.nn.Initializer;
import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.nn.SquaredError;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.train.Evaluation;
import io.cifarengine.zoo.Models;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The updates of a {@code Trainer}, without the measurements that end its epochs: gather and normalize
 * a batch of bytes, forward, loss, backward, a look for gradients that are not finite, update.
 */
final class TrainingWork {
  private final Network network;
  private final Sgd sgd;
  private final LossFunction lossFunction;
  private final Batches batches;
  private final int blocksPerUpdate;
  private final int examplesPerUpdate;
  private Iterator<Batch> pass = Collections.emptyIterator();

  /** Renders the model's images and builds it. */
  TrainingWork(Engine engine, TrainingModel model) {
    this(engine, model, images(model));
  }

  private TrainingWork(Engine engine, TrainingModel model, ImageDataset images) {
    network = Network.build(engine, images.exampleShape(), Randoms.seeded(1), layers(model));
    Sgd plain = Sgd.over(network);
    sgd =
        switch (model.recipe) {
          case CIFAR100_PERCEPTRON -> plain.learningRate(0.001f).momentum(0.8f).weightDecay(1e-4f);
          case CIFAR10_PERCEPTRON, CIFAR10_LINEAR -> plain.learningRate(0.001f);
          case CIFAR10_CONVOLUTIONAL -> plain.learningRate(0.015f).momentum(0.5f);
        };
    lossFunction =
        switch (model.recipe) {
          case CIFAR100_PERCEPTRON, CIFAR10_CONVOLUTIONAL -> new SoftmaxCrossEntropy(engine);
          case CIFAR10_PERCEPTRON, CIFAR10_LINEAR -> new SquaredError();
        };
    int block = model.isFullBatch() ? Evaluation.BATCH_SIZE : model.batchSize;
    batches = Batches.of(engine, images, block);
    blocksPerUpdate = model.isFullBatch() ? batches.count() : 1;
    examplesPerUpdate = model.batchSize;
  }

  private static ImageDataset images(TrainingModel model) {
    SyntheticImages rendered =
        model.recipe == TrainingModel.Recipe.CIFAR100_PERCEPTRON
            ? SyntheticImages.coarseAndFine(1)
            : SyntheticImages.tenClasses(1);
    Cifar.Labels labels = model.classes == 100 ? Cifar.Labels.FINE : Cifar.Labels.COARSE;
    ImageDataset bytes = rendered.dataset(SyntheticImages.Split.TRAIN, model.examples, labels);
    return switch (model.recipe) {
      case CIFAR100_PERCEPTRON -> bytes.normalization(Normalization.Z_SCORE);
      case CIFAR10_PERCEPTRON -> centered(bytes, 100);
      case CIFAR10_LINEAR -> centered(bytes, 1);
      case CIFAR10_CONVOLUTIONAL -> centered(bytes, 1).layout(Layout.NHWC);
    };
  }

  private static ImageDataset centered(ImageDataset bytes, double scale) {
    return bytes.normalization(Normalization.centered(MeanImage.of(bytes), scale));
  }

  private static List<LayerFactory> layers(TrainingModel model) {
    return switch (model.recipe) {
      case CIFAR100_PERCEPTRON ->
          Models.twoLayerNetwork(
              model.hidden, Layers::tanh, model.classes, Initializer.legacyPositive());
      case CIFAR10_PERCEPTRON ->
          Models.twoLayerNetwork(
              model.hidden, Layers::sigmoid, model.classes, Initializer.normal(1e-3));
      case CIFAR10_LINEAR -> Models.linearClassifier(model.classes, Initializer.normal(1e-5));
      case CIFAR10_CONVOLUTIONAL ->
          Models.convolutionalNetwork(
              List.of(32, 64, 64),
              List.of(model.hidden),
              Layers::sigmoid,
              model.classes,
              Initializer.glorotUniform());
    };
  }

  /** One update; the mean loss before it. */
  double step() {
    if (!pass.hasNext()) {
      pass = batches.iterator();
    }
    double total = 0;
    for (int block = 0; block < blocksPerUpdate; block++) {
      Batch batch = pass.next();
      Loss loss =
          lossFunction.of(network.forward(batch.images()), batch.labels(), examplesPerUpdate);
      network.backward(loss.gradient(), block == 0 ? Into.OVERWRITE : Into.ACCUMULATE);
      total += loss.total();
    }
    double mean = total / examplesPerUpdate;
    if (!Double.isFinite(mean) || !network.gradientsAreFinite()) {
      throw new IllegalStateException("the training diverged: its speed would mean nothing");
    }
    sgd.step();
    return mean;
  }
}
