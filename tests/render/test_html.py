"""The HTML dialect, as pairs of a node and its spelling."""

import pytest

from aml_build.model import (
    Align,
    Block,
    BulletList,
    Cloze,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Math,
    MathBlock,
    NumberedList,
    Paragraph,
    Picture,
    Ref,
    Remark,
    Strong,
    Table,
    Text,
)
from aml_build.render.html import RenderHooks, blocks, escape, inlines
from tests.samples import paragraph, span, text

PLAIN = RenderHooks(
    ref=lambda target, words: f"<ref {target}>{words}</ref>",
    picture=lambda picture: f"<pic {picture.path}>",
)
GAPS = RenderHooks(ref=PLAIN.ref, picture=PLAIN.picture, cloze=True)

AT = span()


@pytest.mark.parametrize(
    ("node", "plain", "gaps"),
    [
        (Text('a < b & "c"'), "a &lt; b &amp; &quot;c&quot;", None),
        (Text("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;", None),
        (
            Text(r"\(x\) \[y\]"),
            r"<span>\</span>(x<span>\</span>) <span>\</span>[y<span>\</span>]",
            None,
        ),
        (Text("[sound:a.mp3]"), "&#91;sound:a.mp3]", None),
        (Text("[$]x[/$]"), "&#91;$]x[/$]", None),
        (Text("{{c1::x}}"), "{{c1::x}}", "{<!-- -->{c1:<!-- -->:x}<!-- -->}"),
        (Math("a<b", AT), r"\(a&lt;b\)", None),
        (Math(r"\frac{a}{b_{c}}", AT), r"\(\frac{a}{b_{c}}\)", r"\(\frac{a}{b_{c} }\)"),
        (Math("{{a}}::b", AT), r"\({{a}}::b\)", r"\({ {a} }: :b\)"),
        (Math("a\\", AT), r"\(a\ \)", None),
        (
            Code("x[0]}} <b>"),
            "<code>x[0]}} &lt;b&gt;</code>",
            "<code>x[0]}<!-- -->} &lt;b&gt;</code>",
        ),
        (Strong((Text("s"),)), "<strong>s</strong>", None),
        (Emphasis((Text("e"),)), "<em>e</em>", None),
        (LineBreak(), "<br>", None),
        (
            Link("https://x.org/?a=1&b", (Text("l"),)),
            '<a href="https://x.org/?a=1&amp;b">l</a>',
            None,
        ),
        (Ref("it", (Text("r"),), AT), "<ref it>r</ref>", None),
        (Cloze(2, (Text("g}}"),), AT), "<mark>g}}</mark>", "{{c2::g}<!-- -->}<!-- -->}}"),
    ],
)
def test_inline(node: Inline, plain: str, gaps: str | None) -> None:
    assert inlines((node,), PLAIN) == plain
    assert inlines((node,), GAPS) == (gaps or plain)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (paragraph("a $b$"), r"<p>a \(b\)</p>"),
        (MathBlock("a & b", AT), r'<div class="math">\[a &amp; b\]</div>'),
        (BulletList(((paragraph("a"),), (paragraph("b"),))), "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        (NumberedList(((paragraph("a"),),)), "<ol><li><p>a</p></li></ol>"),
        (NumberedList(((paragraph("a"),),), 3), '<ol start="3"><li><p>a</p></li></ol>'),
        (
            Table((Align.LEFT, Align.RIGHT), (text("h"), text("i")), ((text("a"), text("b")),), AT),
            '<div class="table"><table><thead><tr><th>h</th><th class="right">i</th></tr></thead>'
            '<tbody><tr><td>a</td><td class="right">b</td></tr></tbody></table></div>',
        ),
        (CodeBlock("a < b\n", "py", AT), "<pre><code>a &lt; b\n</code></pre>"),
        (Picture("f.tex", "alt", (), (), AT), "<pic f.tex>"),
        (Remark((paragraph("n"),)), '<div class="remark"><p>n</p></div>'),
    ],
)  # fmt: skip
def test_block(node: Block, expected: str) -> None:
    assert blocks((node,), PLAIN) == expected


def test_gap_spells_its_inside_safely() -> None:
    node = Paragraph((Cloze(1, (Math("x_{{a}}", AT), Text("::")), AT),), AT)
    assert blocks((node,), GAPS) == r"<p>{{c1::\(x_{ {a} }\):<!-- -->:}}</p>"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_link_that_may_run_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        inlines((Link(url, ()),), PLAIN)


def test_escape_is_one_pass() -> None:
    assert escape("&lt;") == "&amp;lt;"
