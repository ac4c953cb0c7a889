"""Draw the learning curve: held-out chrF and BLEU against sentence pairs seen, on a logarithmic axis.

python -m training.mt.curve --log training/mt/curve.jsonl --out docs/learning-curve.svg
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 640, 360, 48
TOP_SCORE = 60
COLOURS = {"chrf": "#1f5a92", "bleu": "#a8471c"}
NAMES = {"chrf": "chrF", "bleu": "BLEU"}


def draw(rows: list[dict]) -> str:
    """An SVG of both curves; `rows` have `pairs`, `bleu` and `chrf`."""
    low = math.floor(math.log10(min(row["pairs"] for row in rows)) * 2) / 2
    high = math.ceil(math.log10(max(row["pairs"] for row in rows)) * 4) / 4

    def x(pairs: float) -> float:
        return MARGIN + (math.log10(pairs) - low) / (high - low) * (WIDTH - 2 * MARGIN)

    def y(score: float) -> float:
        return HEIGHT - MARGIN - score / TOP_SCORE * (HEIGHT - 2 * MARGIN)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        "<style>text { font-size: 12px }</style>",
        "<title>Held-out news: chrF and BLEU against sentence pairs seen</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for score in range(0, TOP_SCORE + 1, 10):
        parts.append(f'<path d="M{MARGIN} {y(score):.1f}H{WIDTH - MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 8}" y="{y(score) + 4:.1f}" text-anchor="end">{score}</text>')
    for pairs in (50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 20_000_000):
        if 10**low <= pairs <= 10**high:
            parts.append(f'<text x="{x(pairs):.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{pairs:,}</text>')
            parts.append(f'<path d="M{x(pairs):.1f} {MARGIN}V{HEIGHT - MARGIN}" stroke="#eee"/>')
    for kind, colour in COLOURS.items():
        points = " ".join(f"{x(row['pairs']):.1f},{y(row[kind]):.1f}" for row in rows)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{p.split(",")[0]}" cy="{p.split(",")[1]}" r="3" fill="{colour}"/>' for p in points.split()
        ]
        last = rows[-1]
        parts.append(
            f'<text x="{x(last["pairs"]) + 6:.1f}" y="{y(last[kind]) + 4:.1f}" fill="{colour}">{NAMES[kind]}</text>'
        )
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">sentence pairs seen</text></svg>')
    return "\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", type=Path, default=Path("training/mt/curve.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("docs/learning-curve.svg"))
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.log.read_text(encoding="utf-8").splitlines()]
    arguments.out.write_text(draw(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
