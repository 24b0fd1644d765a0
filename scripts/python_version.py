"""Stop early, in plain words, where Python is too old."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"This needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.\n"
        "Install a newer one and run: make PYTHON=python3.12"
    )
