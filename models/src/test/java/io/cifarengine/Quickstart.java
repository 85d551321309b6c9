// SPDX-License-Identifier: Apache-2.0
package io.cifarengine;

import static io.cifarengine.nn.Layers.flatten;
import static io.cifarengine.nn.Layers.linear;
import static io.cifarengine.nn.Layers.relu;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Cifar;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Normalization;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.train.Evaluation;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a small perceptron, on CIFAR-10 in the folder given or on synthetic images. */
public final class Quickstart {
  public static void main(String[] args) throws IOException {
    SyntheticImages rendered = SyntheticImages.tenClasses(1);
    ImageDataset train =
        args.length > 0
            ? Cifar.train10(Path.of(args[0]))
            : rendered.dataset(SyntheticImages.Split.TRAIN, 5_000, Cifar.Labels.COARSE);
    ImageDataset test =
        args.length > 0
            ? Cifar.test10(Path.of(args[0]))
            : rendered.dataset(SyntheticImages.Split.TEST, 1_000, Cifar.Labels.COARSE);
    train = train.normalization(Normalization.Z_SCORE);
    test = test.normalization(Normalization.Z_SCORE);

    try (Engine engine = Engine.create()) {
      Randoms randoms = Randoms.seeded(42);
      Network network =
          Network.build(
              engine,
              train.exampleShape(),
              randoms.stream("weights"),
              flatten(),
              linear(64),
              relu(),
              linear(train.classes()));
      Sgd sgd = Sgd.over(network).learningRate(0.01f).momentum(0.9f);
      SoftmaxCrossEntropy crossEntropy = new SoftmaxCrossEntropy(engine);
      Batches batches = Batches.of(engine, train, 100);

      for (int epoch = 1; epoch <= 5; epoch++) {
        for (Batch batch : batches.shuffled(randoms.stream(epoch))) {
          Loss loss = crossEntropy.of(network.forward(batch.images()), batch.labels());
          network.backward(loss.gradient());
          sgd.step();
        }
        System.out.println("epoch " + epoch + ": " + Evaluation.of(network, test));
      }
    }
  }
}
