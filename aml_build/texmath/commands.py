"""The allowed LaTeX math: the commands with the same meaning in Anki's MathJax and in LaTeX.

``tests/texmath/test_commands.py`` proves every line of this module against both engines.
"""


def _words(text: str) -> frozenset[str]:
    """Return the commands, with backslash, that the words name."""
    return frozenset(f"\\{word}" for word in text.split())


LOWER_GREEK = _words("""
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma varkappa
""")
_UPPER_GREEK = _words("""
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega
""")
_LETTERS = _words("""
    ell hbar hslash imath jmath wp Re Im aleph beth gimel daleth partial nabla infty emptyset
    varnothing forall exists nexists neg lnot top bot angle measuredangle sphericalangle prime
    backprime surd flat natural sharp clubsuit diamondsuit heartsuit spadesuit complement eth mho
    Finv Game Bbbk circledS checkmark maltese bigstar blacklozenge lozenge blacksquare square
    Box Diamond blacktriangle blacktriangledown triangle triangledown vartriangle diagup diagdown
    yen S
""")
_DOTS = _words("dots ldots cdots vdots ddots dotsb dotsc dotsi dotsm dotso")
_BINARY = _words("""
    pm mp times div cdot ast star circ bullet cap cup uplus sqcap sqcup vee lor wedge land setminus
    smallsetminus wr diamond bigtriangleup bigtriangledown triangleleft triangleright lhd rhd unlhd
    unrhd oplus ominus otimes oslash odot bigcirc dagger ddagger amalg boxplus boxminus boxtimes
    boxdot ltimes rtimes leftthreetimes rightthreetimes curlyvee curlywedge circledast circledcirc
    circleddash centerdot intercal dotplus divideontimes Cap Cup doublecap doublecup barwedge veebar
    doublebarwedge
""")
_SPELLED_BINARY = _words("And bmod")
RELATIONS = _words("""
    le leq ge geq ll gg ne neq equiv sim simeq approx cong propto asymp doteq doteqdot Doteq prec
    succ preceq succeq in ni owns notin subset supset subseteq supseteq sqsubset sqsupset sqsubseteq
    sqsupseteq vdash dashv models perp parallel mid nmid nparallel bowtie Join smile frown leqslant
    geqslant leqq geqq lesssim gtrsim lessapprox gtrapprox lll llless ggg gggtr lessdot gtrdot
    lessgtr gtrless lesseqgtr gtreqless lesseqqgtr gtreqqless nless ngtr nleq ngeq nleqslant
    ngeqslant nleqq ngeqq lneq gneq lneqq gneqq lvertneqq gvertneqq lnsim gnsim lnapprox gnapprox
    nsim ncong approxeq thicksim thickapprox backsim backsimeq eqsim bumpeq Bumpeq circeq eqcirc
    triangleq risingdotseq fallingdotseq eqslantless eqslantgtr preccurlyeq succcurlyeq curlyeqprec
    curlyeqsucc precsim succsim precapprox succapprox nprec nsucc npreceq nsucceq precneqq succneqq
    precnsim succnsim precnapprox succnapprox subseteqq supseteqq Subset Supset nsubseteq nsupseteq
    nsubseteqq nsupseteqq subsetneq supsetneq subsetneqq supsetneqq varsubsetneq varsupsetneq
    varsubsetneqq varsupsetneqq vDash Vdash Vvdash nvdash nvDash nVdash nVDash shortmid
    shortparallel nshortmid nshortparallel vartriangleleft vartriangleright trianglelefteq
    trianglerighteq ntriangleleft ntriangleright ntrianglelefteq ntrianglerighteq
    blacktriangleleft blacktriangleright between pitchfork therefore because backepsilon varpropto
    smallsmile smallfrown multimap
    coloneqq Coloneqq eqqcolon Eqqcolon dblcolon colonapprox colonsim
    colon
""")
_ARROWS = _words("""
    to gets rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow longrightarrow
    longleftarrow longleftrightarrow Longrightarrow Longleftarrow Longleftrightarrow implies
    impliedby iff mapsto longmapsto hookrightarrow hookleftarrow leadsto uparrow downarrow
    updownarrow Uparrow Downarrow Updownarrow nearrow searrow swarrow nwarrow rightharpoonup
    rightharpoondown leftharpoonup leftharpoondown rightleftharpoons leftrightharpoons upharpoonleft
    upharpoonright downharpoonleft downharpoonright restriction rightleftarrows leftrightarrows
    rightrightarrows leftleftarrows upuparrows downdownarrows twoheadrightarrow twoheadleftarrow
    rightarrowtail leftarrowtail looparrowright looparrowleft curvearrowright curvearrowleft
    circlearrowright circlearrowleft rightsquigarrow leftrightsquigarrow dashrightarrow
    dashleftarrow Rrightarrow Lleftarrow Lsh Rsh nrightarrow nleftarrow nleftrightarrow nRightarrow
    nLeftarrow nLeftrightarrow
""")
_DELIMITERS = _words("""
    { } | lbrace rbrace lbrack rbrack langle rangle lvert rvert lVert rVert vert Vert lfloor rfloor
    lceil rceil ulcorner urcorner llcorner lrcorner backslash
""")
OPERATORS = _words("""
    sum prod coprod int iint iiint oint bigcup bigcap bigsqcup bigvee bigwedge bigoplus bigotimes
    bigodot biguplus smallint
    lim limsup liminf max min sup inf det gcd Pr injlim projlim varlimsup varliminf varinjlim
    varprojlim
""")
"""The operators that ``\\limits`` may follow."""
_FUNCTIONS = _words("""
    sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln lg arg dim ker deg
    hom
""")
_SPACING = _words("""
    , : ; ! > quad qquad enspace thinspace negthinspace negmedspace
    negthickspace displaystyle textstyle scriptstyle scriptscriptstyle mathstrut strut nobreakspace
""") | {"\\ "}
_ESCAPES = _words("% & # $ _")

SYMBOLS = (
    LOWER_GREEK
    | _UPPER_GREEK
    | _LETTERS
    | _DOTS
    | _BINARY
    | _SPELLED_BINARY
    | RELATIONS
    | _ARROWS
    | _DELIMITERS
    | OPERATORS
    | _FUNCTIONS
    | _SPACING
    | _ESCAPES
)
"""Commands without arguments."""

ARGUMENTS = (
    LOWER_GREEK
    | _UPPER_GREEK
    | _LETTERS
    | _BINARY
    | _ESCAPES
    | _words("perp parallel mid sim to rightarrow leftarrow uparrow downarrow lbrace rbrace { } |")
)
"""Commands that may be an argument without braces: single signs for TeX, not words or macros."""

DELIMITERS = (
    frozenset("()[]|/.<>")
    | (_DELIMITERS - _words("lbrack rbrack"))
    | _words("uparrow downarrow updownarrow Uparrow Downarrow Updownarrow lbrack rbrack")
)
"""What may follow ``\\left``, ``\\right``, ``\\middle`` and ``\\big``."""

SIGNATURES: dict[str, str] = {
    **dict.fromkeys(
        _words("""
            hat widehat check tilde widetilde acute grave dot ddot dddot ddddot breve bar
            vec mathring overline underline overbrace underbrace
            overrightarrow overleftarrow overleftrightarrow underrightarrow underleftarrow
            underleftrightarrow boldsymbol pmb boxed phantom hphantom vphantom mathclap mathllap
            mathrlap mathop mathrel mathbin mathord mathopen mathclose mathpunct mathinner pmod
            substack
        """),
        "m",
    ),
    **dict.fromkeys(_words("mathrm mathit mathbf mathsf mathtt mathnormal"), "f"),
    **dict.fromkeys(_words("mathbb mathcal mathfrak"), "f"),
    **dict.fromkeys(_words("frac dfrac tfrac binom dbinom tbinom overset underset stackrel"), "mm"),
    **dict.fromkeys(
        _words(
            "xrightarrow xleftarrow xleftrightarrow xRightarrow xLeftarrow"
            " xLeftrightarrow xhookrightarrow xhookleftarrow xmapsto sqrt"
        ),
        "om",
    ),
    "\\cfrac": "mm",
    "\\smash": "m",
    "\\operatorname": "sm",
    **dict.fromkeys(_words("text textrm textit textbf textsf texttt textnormal mbox"), "t"),
    **dict.fromkeys(
        _words("""
            big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm
        """),
        "d",
    ),
}
"""Commands with arguments: ``m`` math, ``f`` letters for a font, ``t`` text, ``d`` a delimiter,
``o`` an optional argument in brackets, ``s`` an optional star."""

STRUCTURAL = _words("left right middle begin end limits nolimits not \\ hline")
"""Commands with rules of their own."""

ENVIRONMENTS: dict[str, int] = {
    **dict.fromkeys("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix".split(), 10),
    **dict.fromkeys(["aligned"], 20),
    **dict.fromkeys("cases dcases rcases".split(), 2),
    "gathered": 1,
    "array": 0,
}
"""Environments and their numbers of columns; 0: given by their argument."""

ALIGNED = frozenset({"aligned", "gathered"})


def is_allowed(command: str) -> bool:
    """Return whether both engines know the command, given with its backslash."""
    return command in SYMBOLS or command in SIGNATURES or command in STRUCTURAL


def arity(command: str) -> int:
    """Return how many mandatory arguments the command takes, 0 for one that is not allowed."""
    return sum(letter not in "os" for letter in SIGNATURES.get(command, ""))


def names() -> tuple[str, ...]:
    """Return all allowed commands with their backslash, sorted."""
    return tuple(sorted(SYMBOLS | SIGNATURES.keys() | STRUCTURAL))
