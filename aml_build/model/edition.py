"""The state of the notes from which an artifact is made."""

import msgspec


class Edition(msgspec.Struct, frozen=True):
    """The version data that artifacts show; it never depends on the clock."""

    version: str
    """The released version, or empty before the first release."""
    date: str
    """ISO date of the commit."""
    commit: str
    """Short commit name, with ``+`` if the working tree differs from it; may be empty."""
    epoch: int
    """That date in seconds since 1970, for PDF dates and zip entries."""
