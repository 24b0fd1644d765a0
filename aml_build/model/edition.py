"""Which state of the notes an artifact was made from."""

import msgspec


class Edition(msgspec.Struct, frozen=True):
    """What artifacts print about their origin; never read from the clock."""

    version: str
    """The released version, or empty before the first release."""
    date: str
    """ISO date of the commit."""
    commit: str
    """Short commit name, with ``+`` where the working tree differs from it; may be empty."""
    epoch: int
    """Seconds since 1970 of that date: what PDF dates and zip entries are made of."""
