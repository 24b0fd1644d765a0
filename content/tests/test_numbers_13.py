"""Lessons 13 to 17: what the notes say, recomputed."""

import math
import re
from collections.abc import Callable, Sequence
from itertools import permutations, product

import pytest

from recount import CONTENT, derivative, drawing, draws, mean, says, size


def softmax(scores: Sequence[float]) -> list[float]:
    total = sum(math.exp(s) for s in scores)
    return [math.exp(s) / total for s in scores]


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def cross_entropy(label: Sequence[float], predicted: Sequence[float]) -> float:
    return -sum(t * math.log(p) for t, p in zip(label, predicted, strict=True) if t)


def expected_of(chances: Sequence[float], values: Sequence[float]) -> float:
    return sum(p * v for p, v in zip(chances, values, strict=True))


def highest(f: Callable[[float], float], points: int = 10_000) -> float:
    """Return where in (0, 1) a function is highest, by looking everywhere."""
    return max((k / points for k in range(1, points)), key=f)


def test_reversed_gradient_is_the_gradient_of_the_objective() -> None:
    theta, weight = 0.4, 0.3

    def label_loss(t: float) -> float:
        return (t - 1) ** 2

    def domain_loss(t: float) -> float:
        return math.log(1 + math.exp(2 * t))

    step = derivative(label_loss, theta) - weight * derivative(domain_loss, theta)
    exact = derivative(lambda t: label_loss(t) - weight * domain_loss(t), theta)
    assert step == pytest.approx(exact)
    says(13, r"\frac{\partial L_y}{\partial\theta_f}-\lambda\frac{\partial L_d}{\partial\theta_f}")
    says(13, r"L_y(\theta_f,\theta_y)-\lambda\,L_d(\theta_f,\theta_d)")


def test_overlapping_domains_with_swapped_classes() -> None:
    source = {(-1.0, "cat"), (1.0, "dog")}
    target = {(-1.0, "dog"), (1.0, "cat")}
    assert {x for x, _ in source} == {x for x, _ in target}
    learnt = dict(source)
    assert mean([learnt[x] != y for x, y in source]) == 0
    assert mean([learnt[x] != y for x, y in target]) == 1
    says(13, "perfect overlap, wrong labels")


def test_cycle_loss_alone_is_content_with_no_change() -> None:
    def cycle(there: Callable[[float], float], back: Callable[[float], float]) -> float:
        return mean([abs(back(there(x)) - x) for x in (0.1, 0.5, 0.9)])

    assert cycle(lambda x: x, lambda x: x) == 0
    assert cycle(lambda _: 0.5, lambda x: x) > 0
    says(13, "on its own it would be satisfied if nothing were changed at all")


def test_contrastive_loss() -> None:
    def loss(pair: float, others: Sequence[float], temperature: float = 0.5) -> float:
        scores = [s / temperature for s in (pair, *others)]
        return -math.log(softmax(scores)[0])

    assert loss(1, []) == 0
    says(14, "Without them one constant embedding for all images would be perfect")
    assert loss(1, [1] * 6) == pytest.approx(math.log(2 * 4 - 1))
    says(14, r"\sum_{k=1}^{2N}\ind[k\neq i]")

    def share_of_the_nearest(temperature: float) -> float:
        return softmax([s / temperature for s in (0.9, 0.5, 0.1)])[0]

    assert share_of_the_nearest(0.1) > share_of_the_nearest(0.5) > share_of_the_nearest(2)
    says(14, "a small one stresses the most similar negatives")


def test_chain_rule_is_exact_in_every_order() -> None:
    weights = dict(zip(product((0, 1), repeat=3), (3, 1, 4, 1, 5, 9, 2, 6), strict=True))
    table = {x: w / sum(weights.values()) for x, w in weights.items()}

    def agreeing(x: Sequence[int], known: Sequence[int]) -> float:
        return sum(p for other, p in table.items() if all(other[k] == x[k] for k in known))

    for order, x in product(permutations(range(3)), table):
        factors = [agreeing(x, order[: k + 1]) / agreeing(x, order[:k]) for k in range(3)]
        assert math.prod(factors) == pytest.approx(table[x])
    says(14, "The chain rule is exact for every distribution and every order")


def test_mask_of_the_first_layer() -> None:
    centre = (2, 2)
    mask = [[int((r, c) < centre) for c in range(5)] for r in range(5)]
    assert mask == [[1] * 5, [1] * 5, [1, 1, 0, 0, 0], [0] * 5, [0] * 5]
    draws(
        "masked-kernel",
        r"\foreach \r in {0,1} \foreach \c in {0,...,4} \node[label] (k\r\c) at (\c+0.5,-\r-0.5) {1}",
        r"\foreach \c in {0,1} \node[label] (k2\c) at (\c+0.5,-2.5) {1}",
        r"\foreach \r in {3,4} \foreach \c in {0,...,4} \node[label] (k\r\c) at (\c+0.5,-\r-0.5) {0}",
    )
    says(14, "the centre, the places right of it and the two lower rows are zeros")


def test_the_elbo_lies_below_the_likelihood_by_a_divergence() -> None:
    prior, likelihood, q = (0.5, 0.3, 0.2), (0.1, 0.7, 0.4), (0.2, 0.5, 0.3)
    evidence = sum(p * x for p, x in zip(prior, likelihood, strict=True))
    posterior = [p * x / evidence for p, x in zip(prior, likelihood, strict=True)]

    def divergence(a: Sequence[float], b: Sequence[float]) -> float:
        return sum(x * math.log(x / y) for x, y in zip(a, b, strict=True))

    bound = -cross_entropy(q, likelihood) - divergence(q, prior)
    assert math.log(evidence) - bound == pytest.approx(divergence(q, posterior))
    says(14, r"which lies below it by $\KL(q_\phi(z\mid x)\,\|\,p_\theta(z\mid x))$")


def test_slopes_of_the_generator_losses() -> None:
    logit = math.log(0.01 / 0.99)
    assert sigmoid(logit) == pytest.approx(0.01)
    original = derivative(lambda a: math.log(1 - sigmoid(a)), logit)
    practical = derivative(lambda a: -math.log(sigmoid(a)), logit)
    assert (f"{original:.2f}", f"{practical:.2f}") == ("-0.01", "-0.99")
    says(14, "at $D=0.01$, $-0.01$ against $-0.99$")
    assert highest(lambda d: math.log(d) + math.log(1 - d)) == 0.5
    says(17, r"the discriminator can only guess: $D=\tfrac12$")


def test_softmax_of_the_example() -> None:
    shown = [f"{p:.3f}" for p in softmax([2, 1, 0])]
    assert shown == ["0.665", "0.245", "0.090"]
    says(15, "The scores 2, 1 and 0 become 0.665, 0.245 and 0.090")
    assert f"{cross_entropy([1, 0, 0], softmax([2, 1, 0])):.2f}" == "0.41"
    says(15, "gives minus log 0.665, which is 0.41")
    draws("softmax-loss", "0/2/0.665/1, 1/1/0.245/0, 2/0/0.090/0", r"$-\log0.665=0.41$")


def test_properties_of_the_softmax() -> None:
    scores = [2.0, -1.0, 0.5]
    assert softmax([s + 7 for s in scores]) == pytest.approx(softmax(scores))
    assert softmax([1.3, -0.4])[0] == pytest.approx(sigmoid(1.3 + 0.4))
    says(15, r"\mathrm{softmax}(z)_1=\sigma(z_1-z_2)")
    with pytest.raises(OverflowError):
        softmax([1000, 999])
    assert max(softmax([0, -1])) < 1
    says(15, "Implementations subtract the largest score first, so that no exponential overflows")


def test_gradient_of_the_softmax_loss() -> None:
    scores, label = [2.0, -1.0, 0.5], [0, 1, 0]
    for i, (predicted, truth) in enumerate(zip(softmax(scores), label, strict=True)):

        def loss(s: float, i: int = i) -> float:
            return cross_entropy(label, softmax([*scores[:i], s, *scores[i + 1 :]]))

        assert derivative(loss, scores[i]) == pytest.approx(predicted - truth, abs=1e-8)
    says(15, "Prediction minus label, $f(s)_i-t_i$")


def test_cross_entropy_of_a_blind_guess() -> None:
    losses = {cross_entropy([int(c == true) for c in range(10)], [0.1] * 10) for true in range(10)}
    assert {f"{loss:.2f}" for loss in losses} == {"2.30"}
    says(15, r"$\log C$, whatever the label: about 2.30 for ten classes")


def test_top_five_of_the_figure() -> None:
    animals, *_ = re.findall(r"\{(0/wolf[^}]*)\}", drawing("top-n-error"))
    names = [entry.split("/")[1] for entry in animals.split(", ")]
    heights, *_ = re.findall(r"\{(0/34/34[^}]*)\}", drawing("top-n-error"))
    chances = [int(entry.split("/")[1]) for entry in heights.split(", ")]
    assert sum(chances) == 100
    ranked = sorted(names, key=lambda name: -chances[names.index(name)])
    assert ranked.index("dog") == 2
    assert ("dog" in ranked[:1], "dog" in ranked[:5]) == (False, True)
    says(15, "A top-1 error, but no top-5 error", "the true class, dog, is third")
    wrong = [True] * 15 + [False] * 85
    assert mean(wrong) == 0.15
    says(15, "What does a top-5 error of 0.15 say?", "For 15 % of the samples")


def test_sizes_in_bisenet() -> None:
    side = 1024
    for _ in range(3):
        side = size(side, 3, padding=1, stride=2)
    assert side * 8 == 1024
    says(16, r"\left(\tfrac12\right)^{3}=\tfrac18", "Its three layers of stride 2")


def test_widths_of_an_stdc_module() -> None:
    n = 256
    widths = [n // 2, n // 4, n // 8, n // 8]
    assert sum(widths) == n
    says(16, "$N/2$, $N/4$, $N/8$ and $N/8$", "Together that is $N$")


def test_channels_of_u_net() -> None:
    channels = [
        int(c)
        for c in re.findall(r"\\node\[map\] \(\w+\) at \([\d.,-]+\) \{(\d+)\}", drawing("u-net"))
    ]
    down = [64 * 2**level for level in range(5)]
    assert channels == down + down[-2::-1]
    says(16, "with 64 channels at the top and 1024 at the bottom", "and the channels double")


def test_there_are_twenty_nine_exam_questions() -> None:
    [lesson] = CONTENT.glob("17-*.md")
    asked = re.findall(r"^### .*\?.*\.exam\}$", lesson.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(asked) == 29
    says(17, "The twenty-nine questions")


def test_inputs_of_a_unit_in_a_convolutional_layer() -> None:
    assert len(list(product(range(3), range(3), range(64)))) == 576
    says(17, r"such as $3\cdot3\cdot64=576$")


def test_trials_of_a_grid() -> None:
    assert len(list(product(("a", "b", "c", "d"), repeat=3))) == 4**3
    says(17, r"\text{trials of a grid}=v^{m}", "with $v$ values for each of $m$ hyperparameters")


def test_discounted_return_stays_finite() -> None:
    gamma, reward = 0.9, 2.0
    total = sum(gamma**k * reward for k in range(1000))
    assert total == pytest.approx(reward / (1 - gamma))
    says(17, r"keeps the sum of bounded rewards finite", r"$0\le\gamma<1$")


def test_policy_gradient() -> None:
    values, scores = (1.0, 3.0, -2.0), [0.2, -0.1, 0.4]

    def policy(i: int, shift: float) -> list[float]:
        return softmax([s + shift * (i == k) for k, s in enumerate(scores)])

    def slope(f: Callable[[list[float]], float], i: int) -> float:
        return derivative(lambda shift: f(policy(i, shift)), 0)

    def log_of(action: int) -> Callable[[list[float]], float]:
        return lambda chances: math.log(chances[action])

    def expected(chances: list[float]) -> float:
        return expected_of(chances, values)

    for i in range(3):
        weighted = [slope(log_of(a), i) * q for a, q in enumerate(values)]
        assert expected_of(softmax(scores), weighted) == pytest.approx(slope(expected, i), abs=1e-6)
    says(
        17, r"\E_{\pi_\theta}\bigl[\nabla_\theta\log\pi_\theta(a\mid s)\,Q^{\pi_\theta}(s,a)\bigr]"
    )


def test_q_learning_finds_the_best_action() -> None:
    gamma, alpha = 0.5, 0.1
    rewards = {"stay": 1.0, "leave": 0.0}
    q = dict.fromkeys(rewards, 0.0)
    for _ in range(2000):
        for action, r in rewards.items():
            q[action] += alpha * (r + gamma * max(q.values()) - q[action])
    assert q == pytest.approx({"stay": 1 / (1 - gamma), "leave": gamma / (1 - gamma)})
    says(17, r"\alpha\bigl[r+\gamma\max_{a'}Q(s',a')-Q(s,a)\bigr]")


def test_statistics_of_each_domain_align_them() -> None:
    def normalised(values: Sequence[float], like: Sequence[float]) -> list[float]:
        centre = mean(like)
        spread = math.sqrt(mean([(v - centre) ** 2 for v in like]))
        return [(v - centre) / spread for v in values]

    source = [0.0, 1.0, 2.0, 5.0]
    target = [3 * v + 10 for v in source]
    assert normalised(target, target) == pytest.approx(normalised(source, source))
    assert mean(normalised(target, source)) > 5
    says(17, "shows as a shift and a scaling of activations, and just these are removed")


def test_the_first_axis_of_pca_reconstructs_best() -> None:
    points = [(2.0, 1.0), (-2.0, -0.8), (0.5, 0.9), (-0.5, -1.1)]

    def along(angle: float) -> tuple[float, float]:
        u = (math.cos(angle), math.sin(angle))
        codes = [x * u[0] + y * u[1] for x, y in points]
        lost = [
            (x - c * u[0]) ** 2 + (y - c * u[1]) ** 2
            for (x, y), c in zip(points, codes, strict=True)
        ]
        return mean([c * c for c in codes]), mean(lost)

    angles = [math.pi * k / 1000 for k in range(1000)]
    assert mean([x for x, _ in points]) == mean([y for _, y in points]) == 0
    assert max(angles, key=lambda a: along(a)[0]) == min(angles, key=lambda a: along(a)[1])
    says(
        17,
        "on centred data an autoencoder with linear layers and squared error learns the same subspace",
    )
