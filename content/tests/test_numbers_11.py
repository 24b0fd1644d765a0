"""Lessons 11 and 12: what the notes say, recomputed."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise, product

import pytest

from recount import derivative, drawing, draws, mean, says, size

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[tuple[float, ...], ...]


def area(box: Box) -> float:
    left, bottom, right, top = box
    return max(0.0, right - left) * max(0.0, top - bottom)


def iou(a: Box, b: Box) -> float:
    common = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return area(common) / (area(a) + area(b) - area(common))


def suppress(scored: Mapping[float, Box], threshold: float) -> list[float]:
    kept: list[float] = []
    left = sorted(scored, reverse=True)
    while left:
        best, *others = left
        kept.append(best)
        left = [s for s in others if iou(scored[best], scored[s]) <= threshold]
    return kept


def transposed(values: Matrix, kernel: Matrix, stride: int, padding: int = 0) -> Matrix:
    """Lay down one scaled copy of the kernel for each input value, then cut the borders off."""
    total: defaultdict[tuple[int, int], float] = defaultdict(float)
    for (r, row), (a, weights) in product(enumerate(values), enumerate(kernel)):
        for (c, value), (b, weight) in product(enumerate(row), enumerate(weights)):
            total[r * stride + a, c * stride + b] += value * weight
    side = max(place[0] for place in total) + 1
    inner = range(padding, side - padding)
    return tuple(tuple(total[r, c] for c in inner) for r in inner)


def ones(side: int) -> Matrix:
    return ((1.0,) * side,) * side


def times(a: Matrix, b: Matrix) -> Matrix:
    columns = list(zip(*b, strict=True))
    return tuple(
        tuple(sum(x * y for x, y in zip(row, c, strict=True)) for c in columns) for row in a
    )


def norm(m: Matrix) -> float:
    """Return the largest singular value of a 2 by 2 matrix, from the eigenvalues of MᵀM."""
    (p, q), (_, s) = times(tuple(zip(*m, strict=True)), m)
    return math.sqrt((p + s) / 2 + math.sqrt(((p - s) / 2) ** 2 + q * q))


def power(m: Matrix, exponent: int) -> Matrix:
    result: Matrix = ((1.0, 0.0), (0.0, 1.0))
    for _ in range(exponent):
        result = times(result, m)
    return result


def softmax(scores: Sequence[float]) -> list[float]:
    total = sum(math.exp(s) for s in scores)
    return [math.exp(s) / total for s in scores]


def test_possible_boxes() -> None:
    def boxes(height: int, width: int) -> int:
        return sum(
            (height - h + 1) * (width - w + 1)
            for h in range(1, height + 1)
            for w in range(1, width + 1)
        )

    assert boxes(4, 7) == (4 * 5 // 2) * (7 * 8 // 2)
    assert boxes(600, 800) == 57_768_120_000
    says(11, r"57\,768\,120\,000\approx5.8\times10^{10}", "about 58 *billion* possible boxes")


def test_intersection_over_union() -> None:
    assert iou((0, 0, 1, 1), (0.5, 0, 1.5, 1)) == pytest.approx(1 / 3)
    says(11, "have half of their area in common", r"Only $\tfrac13$", "$0.5/(1+1-0.5)$")
    truth, image = (3.0, 2.0, 5.0, 6.0), (0.0, 0.0, 10.0, 10.0)
    assert iou(truth, truth) == 1
    assert iou(truth, image) == pytest.approx(0.08)
    says(11, "a box around the whole image would score 1")


def test_suppression_of_the_drawn_boxes() -> None:
    found = re.findall(
        r"\\draw\[(main|second).*?\] \((?:\\x\+)?([\d.]+),([\d.]+)\) rectangle \+\+\(([\d.]+),([\d.]+)\)",
        drawing("nms"),
    )
    boxes = [
        (float(x), float(y), float(x) + float(w), float(y) + float(h)) for _, x, y, w, h in found
    ]
    scored = dict(zip((0.9, 0.8, 0.7, 0.6, 0.5), boxes, strict=True))
    assert [kind for kind, *_ in found] == ["main"] * 2 + ["second"] * 3
    assert suppress(scored, 0.5) == [0.9, 0.8]
    draws("nms", "{0.9}", "{0.8}", "{0.7}", "{0.6}", "{0.5}")
    says(11, r"\mathrm{IoU}(b^{*},b_j)>\tau")


def test_snapping_of_regions() -> None:
    cell = 2**4
    worst = max(abs(cell * round(border / cell) - border) for border in range(1000))
    assert (cell, worst) == (16, 8)
    says(11, "A cell often stands for 16 pixels, so rounding moves a border by up to 8")
    exact = (1.4, 0.7, 5.3, 4.6)
    assert tuple(map(round, exact)) == (1, 1, 5, 5)
    draws("roi-pool-vs-align", "(1.4,0.7) rectangle (5.3,4.6)", "(1,1) rectangle (5,5)")


def test_bilinear_interpolation() -> None:
    def weight(x: float, y: float, i: int, j: int) -> float:
        return max(0, 1 - abs(x - i)) * max(0, 1 - abs(y - j))

    cells = [(i, j) for i in range(6) for j in range(6)]
    used = [
        [w for c in cells if (w := weight(x, y, *c))] for x, y in ((2.3, 3.6), (2, 3.5), (1, 1))
    ]
    assert [len(w) for w in used] == [4, 2, 1]
    assert all(sum(w) == pytest.approx(1) for w in used)
    says(11, "At most four cells have weights above zero")
    small = {(0, 0): 0, (1, 0): 3, (0, 1): 6, (1, 1): 9}
    rows = [
        [sum(v * weight(c / 3, r / 3, *cell) for cell, v in small.items()) for c in range(4)]
        for r in range(4)
    ]
    shown = ", ".join(f"{3 - r}/" + "/".join(f"{v:.0f}" for v in row) for r, row in enumerate(rows))
    draws("bilinear-upsampling", shown, "0/2/0, 1/2/3, 0/1/6, 1/1/9")


def test_max_unpooling_puts_values_where_the_maxima_were() -> None:
    before = ((1, 3, 8, 1), (0, 4, 2, 5), (7, 2, 3, 1), (1, 2, 0, 6))
    later = {(0, 0): 9, (0, 1): 2, (1, 0): 3, (1, 1): 5}
    after = [[0] * 4 for _ in range(4)]
    for (r, c), value in later.items():
        window = product((2 * r, 2 * r + 1), (2 * c, 2 * c + 1))
        top, left = max(window, key=lambda place: before[place[0]][place[1]])
        after[top][left] = value
    for grid in (before, after):
        rows = (f"{3 - r}/" + "/".join(map(str, row)) for r, row in enumerate(grid))
        draws("max-unpooling", ", ".join(rows))


def test_transposed_convolution() -> None:
    for n, f, s, p in product((1, 2, 5), (2, 3, 4), (1, 2, 3), (0, 1)):
        if s * (n - 1) + f - 2 * p > 0:
            assert len(transposed(ones(n), ones(f), s, p)) == s * (n - 1) + f - 2 * p
    assert all(len(transposed(ones(n), ones(4), 2, 1)) == 2 * n for n in (2, 3, 8))
    says(11, "O=S(N-1)+F-2P", "$P=1$: $O=2(N-1)+4-2=2N$", "with stride 2 and a $4\\times4$ kernel")
    drawn = transposed(((1, 2), (3, 4)), ones(3), 2)
    rows = (f"{4 - r}/" + "/".join(f"{v:.0f}" for v in row) for r, row in enumerate(drawn))
    draws("transposed-convolution", ", ".join(rows))
    assert drawn[2][2] == 10
    says(11, "the centre cell, where all four copies overlap, is 10", r"$O=2\cdot(2-1)+3=5$")


def test_checkerboard_where_the_stride_does_not_divide_the_kernel() -> None:
    def copies(kernel: int, stride: int) -> set[float]:
        grid = transposed(ones(8), ones(kernel), stride)
        return {grid[r][c] for r in range(6, 10) for c in range(6, 10)}

    assert len(copies(4, 2)) == 1
    assert len(copies(3, 2)) > 1
    says(
        11, "Where the stride does not divide the kernel size, cells get unequal numbers of copies"
    )


def test_transposed_convolution_is_the_transpose_of_a_convolution() -> None:
    kernel, n, stride = (2.0, -1.0, 3.0), 7, 2
    places = size(n, 3, stride=stride)
    matrix = tuple(
        tuple(kernel[c - stride * r] if 0 <= c - stride * r < 3 else 0.0 for c in range(n))
        for r in range(places)
    )
    small = ((4.0,), (5.0,), (-6.0,))
    copied = [0.0] * n
    for (r, (value,)), (k, weight) in product(enumerate(small), enumerate(kernel)):
        copied[stride * r + k] += value * weight
    restored = times(tuple(zip(*matrix, strict=True)), small)
    assert [row[0] for row in restored] == copied
    assert times(matrix, restored) != small
    says(11, "it multiplies by the transpose of the convolution's matrix, not by its inverse")


INPUTS = (0.5, -1.0, 0.8, 0.3)
IN = 0.9


def states(recurrent: Sequence[float]) -> list[float]:
    """Run a one-dimensional RNN whose recurrent weight may differ from step to step."""
    hidden = [0.2]
    for weight, x in zip(recurrent, INPUTS, strict=True):
        hidden.append(math.tanh(weight * hidden[-1] + IN * x))
    return hidden


def test_gradient_of_an_rnn() -> None:
    w = 0.7
    h = states([w] * 4)
    total = 0.0
    for t in range(1, 5):
        for k in range(1, t + 1):
            chain = math.prod((1 - h[j] ** 2) * w for j in range(k + 1, t + 1))
            total += h[t] * chain * (1 - h[k] ** 2) * h[k - 1]
    exact = derivative(lambda v: sum(s * s / 2 for s in states([v] * 4)[1:]), w)
    assert total == pytest.approx(exact, rel=1e-6)
    says(12, r"\sum_{t=1}^{T}\sum_{k=1}^{t}", r"\prod_{k=t+1}^{T}\mathrm{diag}(1-h_k^{2})\,W_{hh}")
    shrinking = [abs(math.prod((1 - s * s) * w for s in h[1 : t + 1])) for t in range(5)]
    assert all(later < w * now for now, later in pairwise(shrinking))
    says(12, r"\le\sigma_{\max}(W_{hh})^{T-t}\to0")


def test_a_singular_value_above_one_need_not_explode() -> None:
    w = ((0.5, 2.0), (0.0, 0.5))
    assert f"{norm(w):.3f}" == "2.118"
    assert f"{norm(power(w, 50)):.0e}" == "2e-13"
    says(12, "rows $(0.5,2)$ and $(0,0.5)$ that value is about $2.12$", r"\approx2\cdot10^{-13}")
    for k in range(15):
        assert norm(power(w, k)) == pytest.approx(0.5**k * (2 * k + math.sqrt(4 * k * k + 1)))
    draws("gradient-through-time", "{0.5^x*(2*x+sqrt(4*x^2+1))}", r"\sigma_{\max}\approx2.1")


def test_clipping() -> None:
    gradient, threshold = (6.0, 8.0), 5.0
    length = math.hypot(*gradient)
    assert [g * min(1, threshold / length) for g in gradient] == [3, 4]
    says(
        12,
        "A gradient is $(6,8)$ and the threshold is 5",
        "$(3,4)$: its norm 10 is scaled down to 5",
    )


def test_direct_path_of_the_lstm() -> None:
    forget, entered, candidate = 0.3, 0.4, 0.6
    slope = derivative(lambda c: forget * c + entered * candidate, 1.7)
    assert slope == pytest.approx(forget)
    says(12, r"c_t=f_t\odot c_{t-1}+i_t\odot g_t", r"=\mathrm{diag}(f_t)")
    assert 0.99**100 > 0.36
    assert 0.5**100 < 1e-30
    says(12, "the cell path decays when $f_t$ is well below 1")


def test_attention_weights() -> None:
    assert softmax([0, 0, math.log(2)]) == pytest.approx([1 / 4, 1 / 4, 1 / 2])
    says(12, r"scores are $0$, $0$ and $\ln2$", r"$\tfrac14,\tfrac14,\tfrac12$")


def test_self_attention_is_permutation_equivariant() -> None:
    def layer(x: Matrix) -> Matrix:
        q, k, v = (times(x, m) for m in (((1, 2), (0, 1)), ((1, 0), (1, 1)), ((2, 1), (1, 3))))
        scores = times(q, tuple(zip(*k, strict=True)))
        return times(tuple(tuple(softmax([s / math.sqrt(2) for s in row])) for row in scores), v)

    x = ((1.0, 0.5), (-0.3, 0.2), (0.4, -1.0))
    for row, swapped in zip(layer(x), reversed(layer(x[::-1])), strict=True):
        assert row == pytest.approx(swapped)
    says(12, "reordered inputs give the same outputs, reordered")


def test_variance_of_a_scalar_product() -> None:
    for d in (1, 2, 4):
        signs = list(product((-1, 1), repeat=d))
        products = [sum(a * b for a, b in zip(q, k, strict=True)) for q, k in product(signs, signs)]
        assert mean([p * p for p in products]) == d
    says(12, "The variance of such a product grows with its $d_k$ terms")
