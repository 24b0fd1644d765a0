"""What a hostile contributor may try: TeX that reads, writes, runs on or brings TeX down.

``SECRET`` stands for the path of a file that must not be read.
"""

READING = {
    "input": r"\input{SECRET}",
    "primitive input": r"\input SECRET ",
    "double at input": r"\csname @@input\endcsname SECRET ",
    "openin": r"\newread\f\openin\f=SECRET \read\f to\x \x",
    "pdffiledump": r"\pdffiledump offset 0 length 99{SECRET}",
    "includegraphics": r"\includegraphics{SECRET}",
    "pdfximage": r"\pdfximage{SECRET}\pdfrefximage\pdflastximage",
    "pdfobj stream": r"\immediate\pdfobj stream file{SECRET}\pdfrefobj\pdflastobj",
    "pdfobj by name": r"\immediate\csname pdfobj\endcsname stream file{SECRET}\pdfrefobj\pdflastobj",
    "pdfobj by expl3": r"\immediate\csname tex_pdfobj:D\endcsname stream file{SECRET}",
    "caret notation": r"^^5cinput{SECRET}",
    "caret notation, long": r"^^^^005cinput{SECRET}",
    "new escape character": r"\catcode`\!=0 !input{SECRET}",
    "renamed": r"\let\x\input \x{SECRET}",
    "defined": r"\def\x{\input}\x{SECRET}",
    "verbatiminput": r"\usepackage{verbatim}\verbatiminput{SECRET}",
    "lstinputlisting": r"\lstinputlisting{SECRET}",
    "scantokens": r"\scantokens{\input{SECRET}}",
    "text": r"\text{$\input{SECRET}$}",
    "shell": r"\immediate\write18{cat SECRET > out.tex}\input{out}",
    "piped shell": r'\input{|"cat SECRET"}',
}

ENDLESS = {
    "loop": r"\loop\iftrue\repeat",
    "recursion": r"\def\x{\x}\x",
    "page loop": r"\loop\hbox{x}\vfill\eject\iftrue\repeat",
    "macro bomb": r"\def\a{xxxxxxxxxx}\edef\b{\a\a\a\a\a\a\a\a\a\a}\edef\c{\b\b\b\b\b\b\b\b\b\b}"
    r"\edef\d{\c\c\c\c\c\c\c\c\c\c}\edef\e{\d\d\d\d\d\d\d\d\d\d}\edef\f{\e\e\e\e\e\e\e\e\e\e}"
    r"\edef\g{\f\f\f\f\f\f\f\f\f\f}\g",
    "growing macro": r"\def\x{x}\loop\edef\x{\x\x}\iftrue\repeat",
    "output routine": r"\output{}\deadcycles0 \loop\hbox{x}\vfill\eject\deadcycles0 \iftrue\repeat",
    "endless writing": r"\newwrite\w\immediate\openout\w=w.txt "
    r"\loop\immediate\write\w{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\iftrue\repeat",
}
