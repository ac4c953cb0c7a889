"""Draws bars as SVG that a page can show in light and dark, with no library."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from bench.processes import Taken

WIDTH, BAR, GAP, LABEL, TOP = 720, 14, 4, 300, 44
SHADES = ("#9db4c8", "#5f87a8", "#274b66")


def callers(found: Mapping[str, Mapping[int, Taken]]) -> str:
    """How many are done in a second, for each candidate and number of callers at once."""
    most = max(runs.a_second for by_callers in found.values() for runs in by_callers.values())
    rows: list[str] = []
    y = TOP
    for name, by_callers in found.items():
        middle = y + (len(by_callers) * (BAR + 1)) / 2 + 4
        rows.append(f'<text x="{LABEL - 8}" y="{middle:.0f}" text-anchor="end">{escape(name.strip())}</text>')
        for shade, (count, runs) in zip(SHADES, by_callers.items(), strict=False):
            length = (WIDTH - LABEL - 110) * runs.a_second / most
            rows.append(f'<rect x="{LABEL}" y="{y}" width="{length:.1f}" height="{BAR}" fill="{shade}"/>')
            told = f"{runs.a_second:.1f}/s, {count} caller{'s' if count > 1 else ''}"
            rows.append(f'<text x="{LABEL + length + 5:.1f}" y="{y + BAR - 3}">{told}</text>')
            y += BAR + 1
        y += GAP * 2
    style = "text{font:11px sans-serif;fill:#444}@media(prefers-color-scheme:dark){text{fill:#ccc}}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img">'
    title = "<title>Done in a second, by number of callers at once</title>"
    return f'{head}{title}<style>{style}</style><text x="8" y="20">done in a second</text>{"".join(rows)}</svg>\n'
