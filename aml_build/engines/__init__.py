"""Foreign programs (git, pdflatex, pdftocairo, MathJax), the sandbox, and the reading of TeX's log."""
