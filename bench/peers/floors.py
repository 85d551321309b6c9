# SPDX-License-Identifier: Apache-2.0
"""What the project asks of itself beside PyTorch: floors that it must hold, goals that it works towards."""

from dataclasses import dataclass

STEP = "mlp 3072-128-20 b128"


@dataclass(frozen=True)
class Floor:
    """A ratio to PyTorch, of a case or the geometric mean over a group, at a number of threads."""

    what: str
    of: str  # a case or a group
    threads: int
    floor: float
    goal: float


@dataclass(frozen=True)
class Scaling:
    """The speed of ours with 2 threads over that with 1."""

    what: str
    of: str
    floor: float
    goal: float


FLOORS = (
    Floor("products, geometric mean", "gemm", 1, 0.85, 1.0),
    Floor("products, geometric mean", "gemm", 2, 0.85, 1.0),
    Floor("convolutions, geometric mean", "conv", 1, 0.85, 1.0),
    Floor("convolutions, geometric mean", "conv", 2, 0.85, 1.0),
    Floor("training, perceptron", STEP, 1, 2.0, 3.3),
    Floor("training, perceptron", STEP, 2, 2.0, 3.2),
    Floor("training, perceptron of 10 classes", "mlp 3072-200-10 b500", 1, 1.2, 1.5),
    Floor("training, perceptron of 10 classes", "mlp 3072-200-10 b500", 2, 1.25, 1.65),
    Floor("training, perceptron, full batch", "mlp 3072-200-10 b12800", 1, 1.05, 1.25),
    Floor("training, perceptron, full batch", "mlp 3072-200-10 b12800", 2, 1.05, 1.25),
    Floor("training, linear, full batch", "linear 3072-10 b12800", 1, 2.0, 3.0),
    Floor("training, linear, full batch", "linear 3072-10 b12800", 2, 2.0, 3.0),
    Floor("training, convolutional network", "cnn b50", 1, 1.3, 1.7),
    Floor("training, convolutional network", "cnn b50", 2, 1.6, 2.5),
)
SCALING = Scaling("training, 2 threads over 1", STEP, 1.75, 1.9)
