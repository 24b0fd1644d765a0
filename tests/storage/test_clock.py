"""The present time, and SOURCE_DATE_EPOCH in its place."""

import pytest

from aml_build.storage.clock import EpochError, given_epoch, iso_date, now


def test_a_given_epoch_replaces_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "253402300799")
    assert now() == 253_402_300_799
    assert iso_date(now()) == "9999-12-31"


@pytest.mark.parametrize("text", ["-1", "1.5", "now", "²", "٣", "253402300800", "9" * 5000])
def test_what_is_no_time_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(EpochError):
        given_epoch()
