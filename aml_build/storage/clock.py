"""The present time, which SOURCE_DATE_EPOCH replaces (https://reproducible-builds.org/specs/source-date-epoch)."""

import os
import re
import time
from datetime import UTC, datetime

_LATEST = 253_402_300_799
"""The last second of the year 9999, where dates end."""

LATEST_NOTE = 2**40
"""Limit of a note's time, s since 1970; Anki stores milliseconds in 64 bits."""

_SECONDS = re.compile(r"[0-9]{1,20}")


class EpochError(Exception):
    """SOURCE_DATE_EPOCH is no time."""


def given_epoch() -> int | None:
    """Return SOURCE_DATE_EPOCH, s since 1970, if it is set; raise ``EpochError`` if it is no such number."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not (_SECONDS.fullmatch(text) and int(text) <= _LATEST):
        raise EpochError(f"SOURCE_DATE_EPOCH is {text!r}. Write seconds since 1970, or unset it.")
    return int(text)


def now() -> int:
    """Return SOURCE_DATE_EPOCH, or else the time, s since 1970; raise ``EpochError``."""
    epoch = given_epoch()
    return int(time.time()) if epoch is None else epoch


def iso_date(epoch: int) -> str:
    """Return the day of a time, s since 1970, as an ISO date in UTC."""
    return datetime.fromtimestamp(epoch, UTC).date().isoformat()
