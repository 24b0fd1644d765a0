"""Lessons 9 and 10: what the notes say, recomputed."""

import math
import re
from collections.abc import Sequence
from itertools import product, starmap

import pytest

from recount import derivative, drawing, draws, layer, mean, says, size, weights


def test_searches() -> None:
    assert len(list(product(range(5), repeat=4))) == 625
    says(9, "Four with five values each already need $5^4=625$")
    assert round((1e-1 - 0.01) / (1e-1 - 1e-5), 2) == 0.90
    says(9, "from $10^{-5}$ to $10^{-1}$, 90 % of all values would exceed 0.01")


def test_distinct_values_of_the_two_searches_in_the_figure() -> None:
    lists = re.findall(r"\\foreach \S+ in \{([^}]*)\}", drawing("grid-vs-random"))
    columns, rows, tried = [part.split(",") for part in lists]
    assert len(columns) * len(rows) == len(tried) == 9
    assert (len(set(columns)), len({point.split("/")[0] for point in tried})) == (3, 9)
    draws("grid-vs-random", "3 distinct values", "9 distinct values")
    says(9, "show only three distinct values of the important one, nine random trials show nine")


def test_alexnet() -> None:
    first = size(227, 11, stride=4)
    last = size(size(size(first, 3, stride=2), 3, stride=2), 3, stride=2)
    assert (first, last, size(224, 11, stride=4)) == (55, 6, 54)
    says(9, "only 227 fits the sizes that follow without padding: $(227-11)/4+1=55$")
    # conv 2, 4 and 5 see only the half of the maps that lies on their own GPU
    convolutions = [(3, 96, 11), (48, 256, 5), (256, 384, 3), (192, 384, 3), (192, 256, 3)]
    full = [(last * last * 256, 4096), (4096, 4096), (4096, 1000)]
    total = sum(starmap(layer, convolutions)) + sum(starmap(layer, full))
    assert round(total / 1e6) == 61
    says(9, "about 60 million parameters")
    assert sum(starmap(layer, full)) > 0.9 * total
    assert round(weights(*full[0]) / 1e6) == 38
    says(9, r"the first alone has $6\cdot6\cdot256\cdot4096\approx38$ million weights")


# Lesson 10 ------------------------------------------------------------------------------------

VGG_BLOCKS = {16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
VGG_CHANNELS = (64, 128, 256, 512, 512)


def test_vgg() -> None:
    says(
        10,
        "64, 128, 256, 512, 512",
        "VGG-16 has 13 convolutional layers",
        "(2, 2, 3, 3, 3), VGG-19 has 16",
    )
    assert {depth: sum(blocks) for depth, blocks in VGG_BLOCKS.items()} == {16: 13, 19: 16}
    channels, side, convolutional = 3, 224, 0
    for width, repeats in zip(VGG_CHANNELS, VGG_BLOCKS[16], strict=True):
        for _ in range(repeats):
            convolutional += layer(channels, width, 3)
            side, channels = size(side, 3, padding=1), width
        side = size(side, 2, stride=2)
    assert side == 7
    says(10, r"$7\times7$: each layer halves the side, and $224/2^5=7$")
    full = sum(starmap(layer, [(side * side * channels, 4096), (4096, 4096), (4096, 1000)]))
    assert round((convolutional + full) / 1e6) == 138
    assert full > convolutional
    says(10, "Most of VGG-16's 138 million parameters sit in the fully connected layers")


def test_small_kernels_of_vgg() -> None:
    assert (2 * weights(1, 1, 3), weights(1, 1, 5)) == (18, 25)
    says(10, r"2\cdot 9\,C^2=18\,C^2<25\,C^2")
    assert (3 * weights(1, 1, 3), weights(1, 1, 7)) == (27, 49)
    says(10, r"$49\,C^2$ weights instead of $3\cdot9\,C^2=27\,C^2$")
    assert 28 * 28 * weights(256, 256, 3) == 14 * 14 * weights(512, 512, 3)
    says(10, "a quarter of the positions, four times the weights")


# input channels; 1x1; 3x3 reduced to, then; 5x5 reduced to, then; behind the pooling
INCEPTION = (
    (192, 64, 96, 128, 16, 32, 32),
    (256, 128, 128, 192, 32, 96, 64),
    (480, 192, 96, 208, 16, 48, 64),
    (512, 160, 112, 224, 24, 64, 64),
    (512, 128, 128, 256, 24, 64, 64),
    (512, 112, 144, 288, 32, 64, 64),
    (528, 256, 160, 320, 32, 128, 128),
    (832, 256, 160, 320, 32, 128, 128),
    (832, 384, 192, 384, 48, 128, 128),
)


# the column of parameters in the table of the paper
PRINTED_THOUSANDS = (2.7, 112, 159, 380, 364, 437, 463, 580, 840, 1072, 1388, 1000)


def inception(c: int, one: int, red3: int, three: int, red5: int, five: int, pool: int) -> int:
    branches = [
        (c, one, 1),
        (c, red3, 1),
        (red3, three, 3),
        (c, red5, 1),
        (red5, five, 5),
        (c, pool, 1),
    ]
    return sum(starmap(layer, branches))


def test_googlenet() -> None:
    widths = [one + three + five + pool for _, one, _, three, _, five, pool in INCEPTION]
    assert widths == [*(module[0] for module in INCEPTION[1:]), 1024]
    assert widths[0] == 256
    says(
        10,
        "branches with 64, 128, 32 and 32 channels give 256",
        "the 1024 pooled values to 1000 class scores",
    )
    stem = layer(3, 64, 7) + layer(64, 64) + layer(64, 192, 3)
    total = stem + sum(starmap(inception, INCEPTION)) + layer(1024, 1000)
    assert round(total / 1e6) == 7
    assert 8 < 60e6 / total < 9
    says(
        10,
        "about 7 million parameters",
        "AlexNet about 60 million: a ratio of almost nine",
        "The paper says twelve",
    )
    assert round(sum(PRINTED_THOUSANDS) / 1e3) == 7
    assert 3 + 2 * len(INCEPTION) + 1 == 22
    says(10, "It has 22 layers with weights")


def test_what_googlenet_saves() -> None:
    assert f"{weights(192, 32, 5):,}".replace(",", "{,}") == "153{,}600"
    reduced = weights(192, 16) + weights(16, 32, 5)
    assert f"{reduced:,}".replace(",", "{,}") == "15{,}872"
    assert round(weights(192, 32, 5) / reduced) == 10
    says(
        10,
        r"$25\cdot192\cdot32=153{,}600$ weights",
        r"$192\cdot16+25\cdot16\cdot32=15{,}872$, about a tenth",
    )
    assert round(weights(7 * 7 * 1024, 4096) / 1e6) == 206
    says(10, r"$7\cdot7\cdot1024\cdot4096\approx206$ million weights")


def test_bottleneck() -> None:
    narrow = 64
    block = weights(4 * narrow, narrow) + weights(narrow, narrow, 3) + weights(narrow, 4 * narrow)
    assert (block, 2 * weights(narrow, narrow, 3)) == (17 * narrow**2, 18 * narrow**2)
    says(10, "4C^2+9C^2+4C^2=17C^2", r"$2\cdot9C^2=18C^2$ of a basic block")
    basic = 2 * weights(256, 256, 3)
    assert (round(basic / block), round(basic / 1e6, 2), round(block, -4)) == (17, 1.18, 70_000)
    says(
        10,
        r"About 17 times: $2\cdot9\cdot256^2\approx1.18$ million against $17\cdot64^2\approx70{,}000$",
    )


def test_derivative_of_a_residual_block() -> None:
    def residual(x: float) -> float:
        return 0.3 * math.tanh(2 * x)

    assert derivative(lambda x: residual(x) + x, 0.4) == pytest.approx(
        1 + derivative(residual, 0.4)
    )
    says(10, r"\frac{\partial y}{\partial x}=I+\frac{\partial F}{\partial x}")


def test_the_baseline_of_nas_changes_no_gradient() -> None:
    rewards, theta = (0.7, 0.9, 0.4), (0.2, -0.5, 0.1)

    def policy(t: Sequence[float]) -> list[float]:
        return [math.exp(v) / sum(map(math.exp, t)) for v in t]

    def moved(i: int, value: float) -> list[float]:
        return [*theta[:i], value, *theta[i + 1 :]]

    def reinforce(i: int, baseline: float) -> float:
        return sum(
            p
            * (reward - baseline)
            * derivative(lambda v, a=a: math.log(policy(moved(i, v))[a]), theta[i])
            for a, (p, reward) in enumerate(zip(policy(theta), rewards, strict=True))
        )

    for i in range(3):
        exact = derivative(
            lambda v, i=i: sum(p * r for p, r in zip(policy(moved(i, v)), rewards, strict=True)),
            theta[i],
        )
        assert reinforce(i, 0) == pytest.approx(exact, abs=1e-6)
        assert reinforce(i, mean(rewards)) == pytest.approx(exact, abs=1e-6)
    says(10, r"\bigl[(R(a)-b)\,\nabla_\theta\log\pi_\theta(a)\bigr]")
