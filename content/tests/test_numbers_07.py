"""Lessons 7 and 8: what the notes say, recomputed."""

import math
import random
import re
from collections.abc import Sequence
from itertools import product

import pytest

from recount import derivative, drawing, draws, layer, mean, says, size, weights


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def mean_square(values: Sequence[float]) -> float:
    return mean([v * v for v in values])


def relu(values: Sequence[float]) -> list[float]:
    return [max(0.0, v) for v in values]


def random_layer(
    dice: random.Random, inputs: Sequence[float], units: int, std: float
) -> list[float]:
    return [sum(dice.gauss(0, std) * v for v in inputs) for _ in range(units)]


def test_cross_correlation_and_convolution_of_the_example() -> None:
    kernel, values = (1, 0, -1), (1, 2, 4)
    assert sum(k * v for k, v in zip(kernel, values, strict=True)) == -3
    assert sum(k * v for k, v in zip(reversed(kernel), values, strict=True)) == 3
    says(7, r"Cross-correlation $1\cdot1+0\cdot2-1\cdot4=-3$", "$(-1,0,1)$, gives $+3$")


def test_output_sizes() -> None:
    for n, f, p, s in product(range(5, 12), range(1, 6), range(3), range(1, 4)):
        assert size(n, f, p, s) == (n - f + 2 * p) // s + 1
    says(7, r"O=\left\lfloor\frac{N-F+2P}{S}\right\rfloor+1")
    assert size(8, 3, stride=2) == 3
    says(7, r"With $N=8$, $F=3$, $P=0$, $S=2$ the output size is $\lfloor2.5\rfloor+1=3$")
    assert size(224, 7, padding=3, stride=2) == 112
    says(7, r"$112\times112$, since $\lfloor(224-7+6)/2\rfloor+1=111+1=112$")
    assert size(32, 5) == 28
    says(7, r"gives one $28\times28$ feature map", r"\frac{32-5+2\cdot0}{1}+1=28")
    assert size(28, 2, stride=2) == 14
    says(7, r"$6\times14\times14$: each side becomes $(28-2)/2+1=14$")
    assert size(5, 3, padding=1, stride=2) == 3
    says(7, '"$N=5$, $F=3$, $P=1$, $S=2$ give $O=3$"')


def test_same_padding_and_the_border() -> None:
    assert all(size(n, f, padding=(f - 1) // 2) == n for n in (8, 15, 32) for f in (1, 3, 5, 7))
    assert not any(size(32, f, padding=p) == 32 for f in (2, 4, 6) for p in range(f))
    windows = list(product(range(size(9, 3)), repeat=2))
    covering = {
        pixel: sum(all(0 <= a - b < 3 for a, b in zip(pixel, w, strict=True)) for w in windows)
        for pixel in [(0, 0), (4, 4)]
    }
    assert covering == {(0, 0): 1, (4, 4): 3**2}
    says(7, r"P=\frac{F-1}{2}", "a corner pixel lies in a single window, an inner one in $F^2$")


def test_receptive_fields() -> None:
    def seen(kernel: int, layers: int) -> int:
        cells = {0}
        for _ in range(layers):
            cells = {c + offset for c in cells for offset in range(kernel)}
        return len(cells)

    assert all(seen(f, m) == 1 + m * (f - 1) for f in (2, 3, 5) for m in (1, 2, 3, 4))
    assert (seen(5, 2), seen(3, 3)) == (9, 7)
    says(
        7,
        r"$9\times9$, since $1+2\cdot4=9$",
        r"Three $3\times3$ layers, for instance, see $7\times7$",
    )
    draws("receptive-field", "seven")


def test_parameters_of_the_example_layer() -> None:
    assert (weights(3, 6, 5), layer(3, 6, 5)) == (450, 456)
    says(7, r"456: $6\cdot5\cdot5\cdot3=450$ weights and 6 biases", "the sum of 75 products")
    assert weights(3, 1, 5) == 75
    connections = weights(3 * 32 * 32, 6 * 28 * 28)
    assert (3 * 32 * 32, 6 * 28 * 28, round(connections / 1e6, 1)) == (3072, 4704, 14.5)
    says(7, r"$3072\cdot4704\approx14.5$ million")


def test_max_pooling_is_not_exactly_invariant() -> None:
    def pooled(row: Sequence[int]) -> list[int]:
        return [max(row[i : i + 2]) for i in range(0, len(row), 2)]

    assert pooled([0, 9, 0, 0]) == [9, 0]
    assert pooled([0, 0, 9, 0]) == [0, 9]
    says(7, "the row 0 9 0 0 gives 9 0; shifted by one pixel, 0 0 9 0, it gives 0 9")


def test_pooling_in_the_figure() -> None:
    cells = {
        (int(c), int(r)): int(v)
        for c, r, v in re.findall(r"(\d)/(\d)/(\d)[,}]", drawing("pooling"))
    }
    windows = [
        [cells[c + i, r + j] for i in (0, 1) for j in (0, 1)] for r in (2, 0) for c in (0, 2)
    ]
    draws("pooling", "3/" + "/".join(str(max(w)) for w in windows) + ",")
    draws("pooling", "-1/" + "/".join(f"{mean(w):g}" for w in windows) + "}")


# Lesson 8 -------------------------------------------------------------------------------------


def batch_norm(values: Sequence[float], gamma: float, beta: float) -> list[float]:
    centre = mean(values)
    spread = math.sqrt(mean([(v - centre) ** 2 for v in values]))
    return [gamma * (v - centre) / spread + beta for v in values]


def test_batch_norm() -> None:
    assert batch_norm([1, 3], gamma=3, beta=5) == [2, 8]
    says(
        8,
        r"values 1 and 3 in a mini-batch; $\gamma=3$, $\beta=5$",
        "2 and 8: the mean is 2 and the variance 1",
    )
    values, shifted = [0.3, -1.2, 2.0, 0.9], [7.3, 5.8, 9.0, 7.9]
    assert batch_norm(values, 1, 0) == pytest.approx(batch_norm(shifted, 1, 0))
    says(8, "A constant added to all values also raises their mean by that constant")
    slope = derivative(lambda w: batch_norm([w, 2.0, -1.0], 1, 0)[0], 0.5)
    scaled = derivative(lambda w: batch_norm([w, 8.0, -4.0], 1, 0)[0], 4 * 0.5)
    assert scaled == pytest.approx(slope / 4, rel=1e-4)
    says(8, r"=\frac1a\,\frac{\partial\,\mathrm{BN}(Wu)}{\partial W}")


def test_activations() -> None:
    grid = [i / 100 for i in range(-500, 501)]
    for x in grid[::50]:
        assert derivative(sigmoid, x) == pytest.approx(sigmoid(x) * (1 - sigmoid(x)), rel=1e-4)
        assert math.tanh(x) == pytest.approx(2 * sigmoid(2 * x) - 1)
    assert max(sigmoid(x) * (1 - sigmoid(x)) for x in grid) == 1 / 4
    assert round(0.25**10, 6) == 1e-6
    says(
        8,
        r"each derivative is at most $\tfrac14$, and $(\tfrac14)^{10}\approx10^{-6}$",
        "about a million",
    )
    assert round(derivative(math.tanh, 3), 2) == 0.01
    says(8, "already 0.01 at $x=3$")
    assert math.exp(-1e-12) == pytest.approx(1)
    says(8, "The plain $e^x$ would jump from 1 down to 0 at $x=0$")


def test_size_of_a_covariance_matrix_of_images() -> None:
    values = 3 * 224 * 224
    assert f"{values:,}" == "150,528"
    assert values**2 > 2e10
    says(8, r"$224\times224$ pixels has 150,528 values", r"has over $2\cdot10^{10}$ entries")


def test_scales_of_starting_weights() -> None:
    assert 0.01 * math.sqrt(400) == pytest.approx(0.2)
    assert round(0.2**10, 7) == 1e-7
    says(8, r"$0.01\cdot\sqrt{400}=0.2$, and $0.2^{10}\approx10^{-7}$")
    n_in, n_out = 300, 500
    bound = math.sqrt(6 / (n_in + n_out))
    assert (2 * bound) ** 2 / 12 == pytest.approx(2 / (n_in + n_out))
    says(8, r"\sqrt{\tfrac{6}{n_{in}+n_{out}}}", r"\mathrm{Var}(w)=\frac{2}{n_{in}+n_{out}}")
    assert (3 * 3 * 64, round(math.sqrt(2 / 576), 3)) == (576, 0.059)
    says(8, r"$3\cdot3\cdot64=576$ inputs, and $\sqrt{2/576}\approx0.059$")


def test_relu_halves_the_signal_of_xavier_but_not_of_msra() -> None:
    n, ratios = 400, {}
    for factor in (1, 2):
        dice = random.Random(8)
        values, squares = [dice.gauss(0, 1) for _ in range(n)], []
        for _ in range(6):
            values = relu(random_layer(dice, values, n, math.sqrt(factor / n)))
            squares.append(mean_square(values))
        ratios[factor] = (squares[-1] / squares[0]) ** (1 / 5)
    assert ratios[1] == pytest.approx(1 / 2, rel=0.1)
    assert ratios[2] == pytest.approx(1, rel=0.1)
    says(8, "its mean square halves each time", "twice the weight variance makes up for that")


def test_activations_in_the_figure_of_starting_weights() -> None:
    shown = {
        0.01: ("0.21", "0.011", "0.0001"),
        500**-0.5: ("0.63", "0.41", "0.29"),
        0.2: ("0.91", "0.90", "0.90"),
    }
    for std, labels in shown.items():
        dice = random.Random(1)
        values, measured = [dice.gauss(0, 1) for _ in range(500)], []
        for _ in range(6):
            values = [math.tanh(a) for a in random_layer(dice, values, 500, std)]
            measured.append(math.sqrt(mean_square(values)))
        assert [measured[i] for i in (0, 2, 5)] == pytest.approx(
            [float(x) for x in labels], rel=0.3
        )
        draws("init-histograms", *(f"std {x}" for x in labels))


def test_two_msra_convolutions_at_least_double_the_variance_of_a_residual_block() -> None:
    n, dice = 400, random.Random(4)
    std = math.sqrt(2 / n)
    values = [dice.gauss(0, 1) for _ in range(n)]
    plain = random_layer(dice, relu(random_layer(dice, values, n, std)), n, std)
    activated_first = random_layer(dice, relu(random_layer(dice, relu(values), n, std)), n, std)
    growth = [
        mean_square([x + f for x, f in zip(values, branch, strict=True)]) / mean_square(values)
        for branch in (plain, activated_first)
    ]
    assert growth == pytest.approx([3, 2], rel=0.15)
    says(8, "it at least doubles each time")


def test_all_zero_weights_give_gradients_to_the_output_bias_only() -> None:
    def loss(w: Sequence[float]) -> float:
        hidden = [math.tanh(w[0] * 0.7 + w[1]), math.tanh(w[2] * 0.7 + w[3])]
        return (w[4] * hidden[0] + w[5] * hidden[1] + w[6] - 1) ** 2

    def gradient(at: Sequence[float]) -> list[float]:
        return [
            derivative(lambda v, i=i: loss([*at[:i], v, *at[i + 1 :]]), at[i]) for i in range(7)
        ]

    assert gradient([0] * 7) == pytest.approx([0, 0, 0, 0, 0, 0, -2], abs=1e-4)
    first = gradient([0.3] * 7)
    assert first[:2] == pytest.approx(first[2:4])
    assert first[4] == pytest.approx(first[5])
    says(8, "Only the output bias can learn", "so each update changes them equally")


def test_dropout() -> None:
    assert 5 / 0.8 == 6.25
    assert 0.8 * 6.25 == 5
    says(8, "0 with probability 0.2, else $5/0.8=6.25$, so 5 on average. Test: 5.")


def test_snapshot_schedule_restarts() -> None:
    total, cycles, start = 400, 4, 0.1
    length = math.ceil(total / cycles)
    rate = [
        start / 2 * (1 + math.cos(math.pi * ((t - 1) % length) / length))
        for t in range(1, total + 1)
    ]
    assert [t for t, r in enumerate(rate) if r == start] == [0, 100, 200, 300]
    assert all(rate[t] < start / 1000 for t in (99, 199, 299, 399))
    says(8, r"\bigl((t-1)\bmod K\bigr)", r"K=\lceil T/M\rceil", "four times it falls")
