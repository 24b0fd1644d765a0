"""The command line as ``python -m aml_build``, for where no scripts are on the path."""

from aml_build.cli import main

main()
