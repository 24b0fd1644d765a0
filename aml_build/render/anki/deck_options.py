"""Deck options for the cards; Anki uses them if a student asks for them at import."""

PRESET_ID = 1_763_000_010
"""Anki imports a preset once by its id, and never updates it."""


def preset() -> dict[str, object]:
    """Return Anki's JSON for the preset: Anki's default, but siblings wait until another day.

    Cards of one note give each other's answers away: a reverse card, the next gap of a sentence.
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
