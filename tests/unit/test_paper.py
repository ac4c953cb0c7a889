"""The pages' colours: every text can be read on every ground, by day and by night (WCAG 2.2, 1.4.3: 4.5 to 1)."""

from __future__ import annotations

import re

import pytest

from service.places import ROOT

STYLE = (ROOT / "service/rendering/static/paper.css").read_text(encoding="utf-8")
THEMES = re.findall(r":root[^{]*\{([^}]*--paper[^}]*)\}", STYLE)
TEXTS = ("ink", "faded", "accent", "per", "loc", "org", "misc", "review", "blocked")
ENOUGH = 4.5


def colours(theme: str) -> dict[str, tuple[float, ...]]:
    found = re.findall(r"--(\w+): #([0-9a-f]{6})", theme)
    return {name: tuple(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)) for name, value in found}


def luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read(theme):
    palette = colours(theme)
    for text in TEXTS:
        for ground in ("paper", "sheet", "source"):
            if (text, ground) != ("per", "source"):  # the kinds head lists of names, which stand on paper
                assert contrast(palette[text], palette[ground]) >= ENOUGH, (text, ground)


def test_day_and_both_ways_to_the_night_are_there():
    assert len(THEMES) == 3 and colours(THEMES[1]) == colours(THEMES[2])
