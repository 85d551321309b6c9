# SPDX-License-Identifier: Apache-2.0
"""PyTorch's side of the comparison: the same work under the same names as SideBySide does in Java.

    python bench/peers/pytorch.py conv --threads 2 --seconds 1

prints a line a case, NAME <tab> MEDIAN <tab> BEST <tab> UNIT. It is PyTorch as one writes it: eager,
with its defaults. Convolutions have channels_last, the faster layout. compare.py runs both sides.
"""

import argparse
import re
import statistics
import sys
import time
from dataclasses import dataclass, field

try:
    import torch
except ImportError:
    torch = None  # compare.py needs the names alone to print tables again

GFLOPS = "GFLOP/s"
SAMPLES = "samples/s"
LEAST_RUNS = 3
SAMPLES_A_RUN = 2048  # about as many, or one batch: what is timed then lasts milliseconds
CONV_BATCH = 50


@dataclass(frozen=True)
class Recipe:
    """What is common to the networks of an experiment; names of torch.nn, options of SGD."""

    activation: str
    loss: str
    sgd: dict = field(default_factory=dict)
    examples: int = 12800


CIFAR100_PERCEPTRON = Recipe("Tanh", "CrossEntropyLoss", {"lr": 1e-3, "momentum": 0.8, "weight_decay": 1e-4})
CIFAR10_DENSE = Recipe("Sigmoid", "MSELoss", {"lr": 1e-3})
CIFAR10_CONVOLUTIONAL = Recipe("Sigmoid", "CrossEntropyLoss", {"lr": 0.015, "momentum": 0.5}, 2000)

# A test of the Java side reads these names. Their numbers are the sizes: M x N x K of C = A B; channels,
# filters and pixels a side; widths of the layers and the batch.
GEMM = (
    "gemm 1024x1024x1024",
    "gemm 2048x2048x2048",
    "gemm 128x128x3072",
    "gemm 500x200x3072",
    "gemm 3072x128x128",
    "gemm 3072x200x500",
    "gemm 45000x200x3072",
    "gemm 51200x32x27",
    "gemm 12800x64x288",
    "gemm 3200x64x576",
    "gemm 50x64x1024",
)
CONV = (
    "conv 3-32@32 forward",
    "conv 3-32@32 dW",
    "conv 3-32@32 dX",
    "conv 32-64@16 forward",
    "conv 32-64@16 dW",
    "conv 32-64@16 dX",
    "conv 64-64@8 forward",
    "conv 64-64@8 dW",
    "conv 64-64@8 dX",
)
TRAIN = {
    "mlp 3072-128-20 b128": CIFAR100_PERCEPTRON,
    "mlp 3072-256-20 b128": CIFAR100_PERCEPTRON,
    "mlp 3072-128-100 b128": CIFAR100_PERCEPTRON,
    "mlp 3072-200-10 b500": CIFAR10_DENSE,
    "mlp 3072-200-10 b12800": CIFAR10_DENSE,
    "linear 3072-10 b12800": CIFAR10_DENSE,
    "cnn b50": CIFAR10_CONVOLUTIONAL,
}
CASES = {"gemm": GEMM, "conv": CONV, "train": tuple(TRAIN)}


def sizes(name):
    return [int(digits) for digits in re.findall(r"\d+", name)]


def channels_last(x):
    return x.to(memory_format=torch.channels_last)


def product(name):
    """C = A B into a C that is there already."""
    m, n, k = sizes(name)
    a, b, c = torch.randn(m, k), torch.randn(k, n), torch.empty(m, n)
    return 2e-9 * m * n * k, GFLOPS, lambda: torch.mm(a, b, out=c)


def convolution(name):
    """3 x 3 with bias and padding 1: forward, dW with db, or dX."""
    channels, filters, side = sizes(name)
    x = channels_last(torch.randn(CONV_BATCH, channels, side, side))
    w = channels_last(torch.randn(filters, channels, 3, 3))
    b = torch.randn(filters)
    dy = channels_last(torch.randn(CONV_BATCH, filters, side, side))

    def backward(dx, dw, db):
        return torch.ops.aten.convolution_backward(
            dy, x, w, [filters], [1, 1], [1, 1], [1, 1], False, [0, 0], 1, [dx, dw, db]
        )

    parts = {
        "forward": lambda: torch.nn.functional.conv2d(x, w, b, padding=1),
        "dW": lambda: backward(False, True, True),
        "dX": lambda: backward(True, False, False),
    }
    gigaflop = 2e-9 * CONV_BATCH * side * side * 9 * channels * filters
    return gigaflop, GFLOPS, parts[name.split()[-1]]


def dense(widths, activation):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), activation()]
    return layers[:-1]


def convolutional(activation):
    layers = []
    for channels, filters in ((3, 32), (32, 64), (64, 64)):
        layers += [torch.nn.Conv2d(channels, filters, 3, padding=1), torch.nn.MaxPool2d(2)]
    return [*layers, torch.nn.Flatten(), *dense((1024, 64, 10), activation)]


def training(name):
    """Whole updates, each on the next slice of the examples, which are floats already."""
    recipe = TRAIN[name]
    *widths, batch = sizes(name)
    activation = getattr(torch.nn, recipe.activation)
    if widths:
        net, classes = torch.nn.Sequential(*dense(widths, activation)), widths[-1]
        x = torch.randn(recipe.examples, widths[0])
    else:
        net, classes = channels_last(torch.nn.Sequential(*convolutional(activation))), 10
        x = channels_last(torch.randn(recipe.examples, 3, 32, 32))
    y = torch.randint(0, classes, (recipe.examples,))
    if recipe.loss == "MSELoss":
        y = torch.eye(classes)[y]  # 1 at the label
    loss = getattr(torch.nn, recipe.loss)()
    sgd = torch.optim.SGD(net.parameters(), **recipe.sgd)
    updates = max(1, SAMPLES_A_RUN // batch)
    batches = recipe.examples // batch
    done = 0

    def run():
        nonlocal done
        for _ in range(updates):
            begin = done % batches * batch
            sgd.zero_grad()
            loss(net(x[begin : begin + batch]), y[begin : begin + batch]).backward()
            sgd.step()
            done += 1

    return updates * batch, SAMPLES, run


PREPARE = {"gemm": product, "conv": convolution, "train": training}


def times(run, warmup, seconds):
    """Seconds of each run, after so many seconds, or one run, that do not count."""
    start = time.perf_counter()
    run()
    while time.perf_counter() - start < warmup:
        run()
    taken = []
    start = now = time.perf_counter()
    while len(taken) < LEAST_RUNS or now - start < seconds:
        begun = now
        run()
        now = time.perf_counter()
        taken.append(now - begun)
    return taken


def require_torch():
    if torch is None:
        sys.exit(f"{sys.executable} has no PyTorch; install it: {sys.executable} -m pip install torch")


def versions():
    """Of PyTorch and of the libraries that multiply for it."""
    require_torch()
    built = torch.__config__.show()

    def find(pattern):
        found = re.search(pattern, built)
        return found.group(1) if found else "none"

    return {
        "torch": torch.__version__,
        "mkl": find(r"Math Kernel Library Version ([\d.]+)"),
        "onednn": find(r"MKL-DNN v([\d.]+)"),
    }


# Seconds before what counts: a training has many kernels, and the JIT compiler shares the cores with the threads that it serves.
WARMUP = {"gemm": 2, "conv": 2, "train": 10}


def warmup_of(group, options):
    return WARMUP[group] if options.warmup is None else options.warmup


def positive_seconds(text):
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"expected a time above 0, found {text}")
    return seconds


def add_options(parser):
    """Those that both sides have."""
    parser.add_argument("--seconds", type=positive_seconds, default=1, help="time a case is measured (default 1)")
    parser.add_argument("--warmup", type=positive_seconds, help="time it runs before that (default 2, a training 10)")
    parser.add_argument("--only", default="", metavar="TEXT", help="cases with this in their name")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("group", choices=CASES)
    parser.add_argument("--threads", type=int, default=1)
    add_options(parser)
    options = parser.parse_args()
    require_torch()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    wanted = [name for name in CASES[options.group] if options.only in name]
    if not wanted:
        parser.error(f"--only: expected a part of a name such as {CASES[options.group][0]}, found {options.only}")
    for name in wanted:
        work, unit, run = PREPARE[options.group](name)
        taken = times(run, warmup_of(options.group, options), options.seconds)
        print(f"{name}\t{work / statistics.median(taken):.2f}\t{work / min(taken):.2f}\t{unit}", flush=True)


if __name__ == "__main__":
    main()
