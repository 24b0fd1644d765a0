"""Deck options that suit the cards, for students who ask for them while importing."""

PRESET_ID = 1_763_000_010
"""Anki takes a preset over once by its id, and never changes it again."""


def preset() -> dict[str, object]:
    """Return Anki's JSON for the preset: like its default, but siblings wait for another day.

    Cards of one note answer each other: a reverse card, or the next gap of the same sentence.
    """
    return {
        "id": PRESET_ID,
        "name": "aml-build",
        "mod": 0,
        "usn": 0,
        "autoplay": True,
        "maxTaken": 60,
        "replayq": True,
        "timer": 0,
        "buryInterdayLearning": True,
        "new": {
            "bury": True,
            "delays": [1, 10],
            "initialFactor": 2500,
            "ints": [1, 4, 7],
            "order": 1,
            "perDay": 15,
            "separate": True,
        },
        "rev": {
            "bury": True,
            "ease4": 1.3,
            "fuzz": 0.05,
            "ivlFct": 1,
            "maxIvl": 36500,
            "minSpace": 1,
            "perDay": 200,
        },
        "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
    }
