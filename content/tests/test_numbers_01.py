"""Lessons 1 to 6: what the notes say, recomputed."""

import cmath
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import pytest

from recount import CONTENT


def says(lesson: int, *phrases: str) -> None:
    [path] = CONTENT.glob(f"{lesson:02}-*.md")
    text = " ".join(path.read_text(encoding="utf-8").replace("\n> ", " ").split())
    for phrase in phrases:
        assert phrase in text, f"lesson {lesson} no longer says {phrase!r}"


def shown(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}"


def slope(f: Callable[[float], float], x: float, step: float = 1e-5) -> float:
    return (f(x + step) - f(x - step)) / (2 * step)


def curvature(f: Callable[[float], float], x: float, step: float = 1e-3) -> float:
    return (f(x + step) - 2 * f(x) + f(x - step)) / step**2


def peak(f: Callable[[float], float], points: int = 100_000) -> float:
    """Return where in (0, 1) a function is highest, by looking everywhere."""
    return max((k / points for k in range(1, points)), key=f)


def sigmoid(t: float) -> float:
    return 1 / (1 + math.exp(-t))


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


# Lesson 1


def test_disease_after_a_positive_test() -> None:
    ill, positive_if_ill, positive_if_healthy = 0.01, 0.90, 0.05
    says(1, "affects 1 % of people", "finds 90 % of the ill", "for 5 % of the healthy")
    both = positive_if_ill * ill
    evidence = both + positive_if_healthy * (1 - ill)
    says(1, rf"\frac{{{both:.3f}}}{{{evidence:.4f}}}\approx{both / evidence:.3f}")
    says(1, f"About {round(100 * both / evidence)} %")
    assert evidence - both > both, "false alarms outnumber the ill"


def test_products_become_posteriors() -> None:
    products = (0.03, 0.01)
    first, second = (p / sum(products) for p in products)
    says(
        1,
        f"Products of 0.03 and 0.01 for two alternatives give posteriors of {first:.2f} and {second:.2f}",
    )


def test_parameters_of_the_class_conditional() -> None:
    for d in range(1, 8):
        free = len(list(product((0, 1), repeat=d))) - 1  # the probabilities sum to one
        assert free == 2**d - 1
    says(1, "$2^d-1$ without it", "$d$ with it")
    says(1, rf"$2^{{20}}={2**20:,}$".replace(",", r"\,"))


def test_laplace_smoothing_gives_a_distribution() -> None:
    counts = (7, 0, 2)
    smoothed = [(count + 1) / (sum(counts) + len(counts)) for count in counts]
    assert sum(smoothed) == pytest.approx(1)
    assert min(smoothed) > 0
    says(1, r"\frac{n_{v,y}+1}{n_y+V}")


# Lesson 2


def test_likelihood_of_one_head_does_not_integrate_to_one() -> None:
    assert mean([k / 1000 for k in range(1001)]) == pytest.approx(1 / 2)
    says(2, r"\int_0^1\theta\,d\theta=\tfrac12")


@pytest.mark.parametrize(("heads", "tails"), [(7, 3), (1, 4), (30, 70)])
def test_coin_mle_is_the_share_of_heads(heads: int, tails: int) -> None:
    best = peak(lambda p: heads * math.log(p) + tails * math.log(1 - p))
    assert best == pytest.approx(heads / (heads + tails), abs=1e-4)
    says(2, r"\frac{\alpha_H}{\alpha_H+\alpha_T}")


@pytest.mark.parametrize("tosses", [10, 100, 1000, 100_000])
def test_map_of_a_coin_approaches_its_mle(tosses: int) -> None:
    heads, tails = round(0.7 * tosses), round(0.3 * tosses)
    best = peak(lambda p: (heads + 4) * math.log(p) + (tails + 4) * math.log(1 - p))
    says(2, f"| {tosses:,} | 0.700 | {best:.3f} |")


def test_three_heads() -> None:
    says(2, rf"=\frac{{3+1}}{{3+2}}={peak(lambda p: (3 + 1) * math.log(p) + math.log(1 - p)):.1f}$")


def test_three_hypotheses() -> None:
    posterior = {"first": 0.4, "second": 0.3, "third": 0.3}
    assert max(posterior, key=lambda h: posterior[h]) == "first"
    says(2, f"$0.3+0.3={posterior['second'] + posterior['third']:.1f}$")


# Lesson 3


def test_cross_entropy_of_one_sample() -> None:
    losses = [shown(-math.log(p), 2) for p in (0.9, 0.5, 0.1, 0.01)]
    says(3, f"0.9, 0.5, 0.1 and 0.01 for the right class: {', '.join(losses[:3])} and {losses[3]}")


def test_entropy_that_a_perfect_prediction_leaves() -> None:
    entropy = -sum(p * math.log(p) for p in (0.7, 0.2, 0.1))
    says(3, f"$p=q=(0.7,0.2,0.1)$ it is {entropy:.2f}")


def test_ideal_discriminator_leaves_the_jensen_shannon_divergence() -> None:
    data, made = (0.5, 0.3, 0.2), (0.1, 0.3, 0.6)
    half = [(p + q) / 2 for p, q in zip(data, made, strict=True)]

    def divergence(one: Sequence[float], other: Sequence[float]) -> float:
        return sum(p * math.log(p / q) for p, q in zip(one, other, strict=True))

    best = sum(
        p * math.log(d) + q * math.log(1 - d)
        for p, q in zip(data, made, strict=True)
        for d in [peak(lambda d, p=p, q=q: p * math.log(d) + q * math.log(1 - d))]
    )
    jensen_shannon = (divergence(data, half) + divergence(made, half)) / 2
    assert best == pytest.approx(2 * jensen_shannon - math.log(4), abs=1e-6)
    says(3, r"Jensen–Shannon divergence (times 2, minus $\log4$)")


def test_hinge_loss_of_the_example() -> None:
    label, score = -1, -0.3
    says(3, f"label ${label}$ gets the score ${score}$")
    assert label * score > 0
    says(3, f"Correctly, with a loss of {max(0, 1 - label * score):.1f}")
    assert {max(0, 1 - y * predicted) for y in (-1, 1) for predicted in (-1, 1)} == {0, 2}
    says(3, r"$\pm1$ it could only be 0 or 2")


def test_bayes_risk_of_two_halves() -> None:
    risk = mean([1 - max(p, 1 - p) for p in (0.8, 0.6)])
    says(3, rf"$\tfrac12\cdot0.2+\tfrac12\cdot0.4={risk:.1f}$")


def test_sample_complexity_of_a_thousand_hypotheses() -> None:
    size, epsilon, delta = 1000, 0.1, 0.05
    realizable = math.ceil((math.log(size) + math.log(1 / delta)) / epsilon)
    agnostic = math.ceil(2 * math.log(2 * size / delta) / epsilon**2)
    says(3, f"asks for {realizable} samples, the agnostic one for {agnostic:,}")
    assert size * (1 - epsilon) ** realizable <= delta, "the union bound holds"
    assert 2 * size * math.exp(-2 * agnostic * (epsilon / 2) ** 2) <= delta * (1 + 1e-9)


def test_ten_samples_per_parameter_do_not_follow() -> None:
    says(3, rf"32\,d\ln2\approx{32 * math.log(2):.1f}\,d")
    says(3, rf"\log_{{10}}2^{{32}}\approx{math.log10(2**32):.2f}")
    samples = (math.log(2 ** (32 * 100)) + math.log(1 / 0.05)) / 0.1
    says(3, f"about {round(samples, -2):,.0f} samples, not {10 * 100:,}")


def test_a_line_with_bias_shatters_two_points_but_not_three() -> None:
    def shattered(points: Sequence[float]) -> bool:
        cuts = [(w, b / 4) for w in (-1, 0, 1) for b in range(-20, 21)]
        found = {tuple(w * x + b > 0 for x in points) for w, b in cuts}
        return len(found) == 2 ** len(points)

    assert shattered((0.5, 2.5))
    assert not any(shattered(points) for points in combinations((-2.1, -1.1, 0.1, 1.1, 2.1), 3))
    says(3, "have VC dimension $d+1$")


def test_folds() -> None:
    shares = [round(100 * (folds - 1) / folds) for folds in (5, 10)]
    says(3, f"| {shares[0]} % or {shares[1]} % of $n$ | $n-1$ |")


def test_one_large_error_and_many_small_ones() -> None:
    assert sum(1**2 for _ in range(100)) == 10**2
    says(3, "an error of 10 weighs as much as a hundred errors of 1")


# Lesson 4


@dataclass
class Line:
    weight: float
    bias: float

    def __call__(self, x: float) -> float:
        return self.weight * x + self.bias

    def reaches(self, y: float) -> float:
        return (y - self.bias) / self.weight


def fitted(xs: Sequence[float], ys: Sequence[float]) -> Line:
    """Solve the normal equations of one feature and a bias."""
    xx, xy = sum(x * x for x in xs), sum(x * y for x, y in zip(xs, ys, strict=True))
    n, x, y = len(xs), sum(xs), sum(ys)
    weight = (n * xy - x * y) / (n * xx - x * x)
    return Line(weight, (y - weight * x) / n)


def test_a_line_through_class_labels() -> None:
    line = fitted(range(1, 7), (0, 0, 0, 1, 1, 1))
    says(4, f"gives ${line(1):.2f}$ at $x=1$ and ${line(6):.2f}$ at $x=6$")
    says(4, f"put the cut at ${line.reaches(0.5):.1f}$ without error")
    tilted = fitted((*range(1, 7), 20), (0, 0, 0, 1, 1, 1, 1)).reaches(0.5)
    says(4, f"at $x=20$ moves it to ${tilted:.2f}$, and $x=4$ is now wrong")
    assert tilted > 4
    says(4, f"$(1-5)^2={(1 - 5) ** 2}$")


def cost(m: float) -> float:
    return -math.log(sigmoid(m))


def test_logistic_cost() -> None:
    says(4, rf"$\ln2\approx{cost(0):.3f}$", rf"it costs $-\ln 0.5={cost(0):.3f}$")
    says(4, f"difference is ${(1 - sigmoid(0)) ** 2:.2f}$")
    says(4, f"${cost(1):.3f}$ at $m=1$, ${cost(-1):.3f}$ at $m=-1$")
    says(4, f"${cost(1):.3f}$ at signed score 1, ${cost(5):.4f}$ at 5")
    says(4, f"a wrong score of 10 costs about {cost(-10):.0f}")
    assert cost(12) == pytest.approx(math.exp(-12), rel=1e-4)
    for label, score in product((0, 1), (-3.0, -0.5, 0.0, 2.0)):
        predicted = sigmoid(score)
        by_label = -math.log(predicted) if label else -math.log(1 - predicted)
        assert by_label == pytest.approx(math.log(1 + math.exp(-(2 * label - 1) * score)))


def test_curvature_of_two_losses_of_a_sigmoid() -> None:
    squared = [curvature(lambda t: (1 - sigmoid(t)) ** 2, t) for t in (0, -1)]
    assert squared[0] > 0 > squared[1]
    says(4, r"$(1-\sigma(t))^2$ is positive at $t=0$ and negative at $t=-1$")
    assert all(curvature(cost, k / 4) > 0 for k in range(-20, 21))


def test_gradient_of_the_logistic_loss() -> None:
    xs, ys, w, b = (0.5, -1.0, 2.0), (1, 0, 0), 0.7, -0.2

    def loss(w: float) -> float:
        return sum(cost((2 * y - 1) * (w * x + b)) for x, y in zip(xs, ys, strict=True))

    stated = sum((sigmoid(w * x + b) - y) * x for x, y in zip(xs, ys, strict=True))
    assert slope(loss, w) == pytest.approx(stated)
    says(4, r"\bigl(\sigma(w\T x_i+b)-y_i\bigr)\,x_i")


def test_gradient_descent_on_a_parabola() -> None:
    def ends(alpha: float, c: float) -> float:
        theta = 1.0
        for _ in range(2000):
            theta -= alpha * c * theta
        return abs(theta)

    for c in (0.5, 1.0, 4.0):
        assert ends(0.99 * 2 / c, c) < 1e-3
        assert ends(1.01 * 2 / c, c) > 1e3
    says(4, r"For $0<\alpha<2/c$")


def test_momentum_under_a_constant_gradient() -> None:
    alpha, beta, gradient, velocity = 0.1, 0.9, 3.0, 0.0
    for _ in range(500):
        velocity = beta * velocity - alpha * gradient
    assert velocity / (-alpha * gradient) == pytest.approx(10)
    says(4, r"ten times the plain step for $\beta=0.9$")


def test_mini_batch_gradients_average_to_the_full_one() -> None:
    gradients = (3.0, -1.0, 4.0, 1.5, -9.0)
    for size in range(1, 6):
        assert mean([mean(b) for b in combinations(gradients, size)]) == pytest.approx(
            mean(gradients)
        )
    says(4, r"\frac1n\sum_{i=1}^{n}\nabla_\theta\,\ell_i(\theta)")


def test_learning_rate_schedules() -> None:
    rate = 0.1
    for epoch in range(1, 26):
        rate *= 0.5 if epoch % 10 == 0 else 1
    says(4, rf"$0.1\cdot0.5^{{\lfloor25/10\rfloor}}=0.1\cdot0.5^2={rate:.3f}$")
    half_life = math.log(2) / 0.1
    assert math.exp(-0.1 * half_life) == pytest.approx(1 / 2)
    says(4, f"With $k=0.1$ an epoch that is about {half_life:.0f} epochs")
    gamma, s = 0.5, 10
    for t in (0, s, 4 * s):
        assert math.exp(math.log(gamma) / s * t) == pytest.approx(gamma ** (t // s))
    says(4, r"with $k=-\ln\gamma/s$ both agree at every multiple of $s$")


def test_cosine_schedule() -> None:
    low, high, end = 0.01, 0.2, 100

    def rate(t: float) -> float:
        return low + (high - low) / 2 * (1 + math.cos(math.pi * t / end))

    assert min(range(1, end), key=lambda t: slope(rate, t)) == end // 2
    assert rate(end / 2) == pytest.approx((low + high) / 2)
    assert all(rate(t + 1) < rate(t) for t in range(end))
    assert (rate(0), rate(end)) == pytest.approx((high, low))
    says(4, "Half-way, at $t=T/2$")


def test_first_step_of_adam() -> None:
    for gradient in (-5.0, 1e-3, 40.0):
        m, v = (1 - 0.9) * gradient, (1 - 0.999) * gradient**2
        step = 0.001 * (m / (1 - 0.9)) / (math.sqrt(v / (1 - 0.999)) + 1e-8)
        assert abs(step) == pytest.approx(0.001, rel=1e-4)
    beta, weights = 0.9, 0.0
    for t in range(1, 20):
        weights = beta * weights + (1 - beta)
        assert weights == pytest.approx(1 - beta**t)
    says(4, r"their weights add up to only $1-\beta^t$")


# Lesson 6


def perceptron(
    samples: Sequence[tuple[Sequence[float], int]], rounds: int
) -> tuple[list[float], int, float]:
    """Return the weights (the bias last), the number of updates and the largest norm on the way."""
    weights, updates, largest = [0.0] * (len(samples[0][0]) + 1), 0, 0.0
    for _ in range(rounds):
        for x, y in samples:
            extended = (*x, 1.0)
            if y * sum(w * v for w, v in zip(weights, extended, strict=True)) <= 0:
                weights = [w + y * v for w, v in zip(weights, extended, strict=True)]
                updates += 1
                largest = max(largest, math.hypot(*weights))
    return weights, updates, largest


def test_perceptron_stops_on_separable_data_within_the_bound() -> None:
    samples = [((0.0, 0.0), -1), ((1.0, 0.0), -1), ((0.0, 1.0), -1), ((1.0, 1.0), 1)]
    weights, updates, _ = perceptron(samples, 100)
    assert perceptron(samples, 200)[1] == updates, "it has stopped"
    separator = (1.0, 1.0, -1.5)
    margins = [
        y * sum(w * v for w, v in zip(separator, (*x, 1.0), strict=True)) / math.hypot(*separator)
        for x, y in samples
    ]
    radius = max(math.hypot(*x, 1.0) for x, _ in samples)
    assert min(margins) > 0
    assert 0 < updates <= (radius / min(margins)) ** 2
    says(6, r"\Bigl(\frac{R}{\gamma}\Bigr)^2")
    assert weights[0] > 0 < weights[1]


def test_perceptron_never_stops_on_xor_and_stays_bounded() -> None:
    samples = [((0.0, 0.0), -1), ((1.0, 0.0), 1), ((0.0, 1.0), 1), ((1.0, 1.0), -1)]
    early, late = perceptron(samples, 100), perceptron(samples, 1000)
    assert late[1] > early[1] + 800
    assert late[2] == early[2] < 10
    says(6, "They stay bounded, but wander or cycle for ever")


def test_an_update_raises_the_score_of_its_sample() -> None:
    w, b, x, y = (0.5, -2.0), 0.3, (1.0, 2.0), 1

    def score(w: Sequence[float], b: float) -> float:
        return y * (sum(a * v for a, v in zip(w, x, strict=True)) + b)

    after = score([a + y * v for a, v in zip(w, x, strict=True)], b + y)
    assert after - score(w, b) == pytest.approx(math.hypot(*x) ** 2 + 1)
    says(6, r"by $\norm{x}^2+1$")


def test_parameters_of_a_fully_connected_layer() -> None:
    for n, m in product((1, 3, 8), repeat=2):
        connections = [(i, j) for i in range(n) for j in range(m)]
        assert len(connections) + len(range(m)) == m * n + m
    says(6, "$mn+m$: one weight for each connection and one bias for each neuron")


@dataclass
class Dual:
    """A value with its derivative with respect to the input: forward mode."""

    value: float
    dot: float


def test_forward_mode_at_e() -> None:
    x = Dual(math.e, 1.0)
    y = Dual(math.log(x.value), x.dot / x.value)
    z = Dual(math.sqrt(y.value), y.dot / (2 * math.sqrt(y.value)))
    f = Dual(y.value + z.value, y.dot + z.dot)
    says(6, rf"$\dot y=\dot x/x=1/e\approx{y.dot:.3f}$")
    says(6, rf"=1/(2e)\approx{z.dot:.3f}$, since $y={y.value:.0f}$")
    says(6, rf"$\dot f=\dot y+\dot z=3/(2e)\approx{f.dot:.3f}$")
    assert f.dot == pytest.approx(3 / (2 * math.e))
    assert f.dot == pytest.approx(slope(lambda x: math.log(x) + math.sqrt(math.log(x)), math.e))


def test_reverse_mode_at_e() -> None:
    x = math.e
    y = math.log(x)
    f_bar = 1.0
    z_bar = f_bar * 1
    y_bar = z_bar / (2 * math.sqrt(y)) + f_bar * 1
    x_bar = y_bar / x
    says(6, rf"+\bar f\cdot1={z_bar / (2 * math.sqrt(y)):.1f}+{f_bar:.0f}={y_bar:.1f}$")
    says(6, rf"$\bar x=\bar y/x={y_bar:.1f}/e\approx{x_bar:.3f}$")
    assert x_bar == pytest.approx(slope(lambda x: math.log(x) + math.sqrt(math.log(x)), x))


def test_derivative_of_the_example_holds_where_it_is_real() -> None:
    for x in (1.1, 2.0, 7.0):
        stated = 1 / x + 1 / (2 * x * math.sqrt(math.log(x)))
        assert slope(lambda x: math.log(x) + math.sqrt(math.log(x)), x) == pytest.approx(stated)
    assert cmath.sqrt(math.log(0.9)).imag != 0
    says(6, r"f'(x)=\frac1x+\frac{1}{2x\sqrt{\log x}},\qquad x>1")


def test_error_of_a_sigmoid_output() -> None:
    for label, a in product((0, 1), (-2.0, 0.0, 1.5)):
        assert slope(lambda a, y=label: cost((2 * y - 1) * a), a) == pytest.approx(
            sigmoid(a) - label
        )
    says(6, r"simply $\delta=\hat y-y$")


def test_two_weights_in_a_row_are_not_convex() -> None:

    def loss(u: float, w: float) -> float:
        return (1 - u * w) ** 2

    assert loss(0, 0) > (loss(1, 1) + loss(-1, -1)) / 2
    says(6, r"even $(y-u\,w\,x)^2$ is not convex in $(u,w)$ together")
