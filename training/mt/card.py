"""Write the model card of the bundled translation model, and its scores into the catalog.

    python -m training.mt.card --scores build/mt/scores.json --recipe "..."

Each call that names a `--recipe` adds a release to `training/mt/releases.jsonl`; the card shows them all. Without one,
the last release keeps its row and only what the service makes of it is written anew.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import numpy

HERE = Path(__file__).parent
SETS = {"wmt19.de-en": "wmt19", "wmt20.de-en": "wmt20", "wmt21.de-en": "wmt21", "flores-dev": "flores-dev",
        "iwslt17.de-en": "iwslt17"}  # fmt: skip


def release(scores: dict, run: Path, recipe: str) -> dict:
    """One row of the history: what was measured, and what went in."""
    curve = [json.loads(line) for line in (run / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    sets = scores["test sets"]
    return {
        "pairs": curve[-1]["pairs"], "hours": round(curve[-1]["seconds"] / 3600, 2), "recipe": recipe,
        "bleu": {short: sets[name]["bleu"] for name, short in SETS.items()},
        "chrf": {short: sets[name]["chrf"] for name, short in SETS.items()},
        "news": sets["news average BLEU"], "names": scores["names"]["kept"],
        "numerals": scores["numerals"]["kept"], "loops": scores["loops"]["share"], **served(scores),
    }  # fmt: skip


def served(scores: dict) -> dict:
    """The same figures of what the service makes of the model: names held, doubtful sentences translated again."""
    sets = scores["test sets in the service"]
    figures = {
        "bleu": {short: sets[name]["bleu"] for name, short in SETS.items()},
        "chrf": {short: sets[name]["chrf"] for name, short in SETS.items()},
        "news": sets["news average BLEU"], "numerals": scores["numerals in the service"]["kept"],
        "loops": scores["loops in the service"]["share"],
    }  # fmt: skip
    return {"names in the service": scores["names in the service"]["kept"], "in the service": figures}


def rows(number: int, entry: dict) -> str:
    """A row for the bare model, and one for the service where it was measured."""
    effort = f"{number}: {entry['pairs'] / 1e6:.2f} million pairs, {entry['hours']} h"
    bare = row(effort, entry, entry["names"])
    served = entry.get("in the service")
    return f"{bare}\n{row(f'{number} in the service', served, entry['names in the service'])}" if served else bare


def row(label: str, measured: dict, names: float) -> str:
    sets = " | ".join(f"{measured['bleu'][short]} ({measured['chrf'][short]})" for short in SETS.values())
    kept = f"{names:.1%} | {measured['numerals']:.1%} | {measured['loops']:.2%}"
    return f"| {label} | {sets} | **{measured['news']}** | {kept} |"


def figures(scores: dict) -> str:
    return " / ".join(str(scores["test sets"][name]["bleu"]) for name in SETS)


def card(scores: dict, reference: list[dict], releases: list[dict], shape: dict, parameters: int, data: Path) -> str:
    corpora = tomllib.loads((HERE / "corpora.toml").read_text(encoding="utf-8"))
    counts = pair_counts(data)
    compared = "".join(f"\n    {figures(entry)} BLEU: {entry['command']}" for entry in reference)
    if compared:
        compared = f"\nThe exported float32 checkpoint in transformers beside int8, on the same lines:\n{compared}\n"
    return (HERE / "card_template.md").read_text(encoding="utf-8").format(
        architecture=f"{shape['encoder_layers']} encoder and {shape['decoder_layers']} decoder layers, "
        f"width {shape['width']}, feed-forward {shape['feed_forward']}, vocabulary {shape['vocabulary']:,}",
        parameters=parameters / 1e6, command=scores["command"], set_names=" | ".join(SETS.values()),
        rules="|".join(["---"] * len(SETS)), rows="\n".join(rows(i, entry) for i, entry in enumerate(releases, 1)),
        name_sentences=scores["names"]["sentences"], reference_numerals=f"{scores['numerals']['references']:.1%}",
        reference=compared, signatures="; ".join(f"`{text}`" for text in scores["test sets"]["signatures"]),
        recipe=releases[-1]["recipe"], pairs=sum(counts.values()),
        data="\n".join(
            f"| {name} | {counts[name]:,} | {corpus['weight']} | {corpus['final']} | {corpus['licence']} |"
            for name, corpus in corpora.items()
        ),
    )  # fmt: skip


def pair_counts(data: Path) -> Counter[str]:
    """The pairs of each corpus, with those that were added when the others had been encoded."""
    counts = Counter(line.split("\t", 1)[0] for line in (data / "pairs.tsv").read_text(encoding="utf-8").splitlines())
    with numpy.load(data / "encoded.npz") as stored:
        names, corpus = stored["names"].tolist(), stored["corpus"]
    encoded = {name: int((corpus == number).sum()) for number, name in enumerate(names)}
    return Counter(encoded) | counts


def write_catalog_scores(catalog: Path, entry: dict) -> None:
    """Replace the table of measured scores of the bundled model."""
    lines = [
        f'"BLEU {short}" = {entry["bleu"][short]}\n"chrF {short}" = {entry["chrf"][short]}' for short in SETS.values()
    ]
    table = "[models.marian-de-en.scores]\n" + "\n".join(lines) + "\n"
    text = catalog.read_text(encoding="utf-8")
    pattern = re.compile(r"\[models\.marian-de-en\.scores\]\n(?:.+\n)*")
    if pattern.search(text):
        text = pattern.sub(lambda _: table, text)
    else:
        anchor = re.search(r"\[models\.marian-de-en\]\n(?:.+\n)*", text)
        text = text[: anchor.end()] + "\n" + table + text[anchor.end() :]
    catalog.write_text(text, encoding="utf-8")


def main() -> None:
    from training.mt import checkpoint

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("models/marian-de-en"))
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    parser.add_argument("--run", type=Path, default=Path("build/mt/run"))
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument(
        "--reference", nargs=2, type=Path, default=[], help="scores of the exported checkpoint and of int8, same lines"
    )
    parser.add_argument("--recipe", help="how this release was trained, a sentence or two; adds a release")
    arguments = parser.parse_args()
    scores = json.loads(arguments.scores.read_text(encoding="utf-8"))
    reference = [json.loads(path.read_text(encoding="utf-8")) for path in arguments.reference]
    history = HERE / "releases.jsonl"
    if arguments.recipe:
        with open(history, "a", encoding="utf-8") as rows:
            rows.write(json.dumps(release(scores, arguments.run, arguments.recipe), ensure_ascii=False) + "\n")
    releases = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    if not arguments.recipe:  # the same weights in a service that makes more of them
        releases[-1] |= served(scores)
        history.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in releases), encoding="utf-8")
    state = checkpoint.load(arguments.model)
    parameters = sum(value.numel() for value in state["master"].values())
    text = card(scores, reference, releases, state["shape"], parameters, arguments.data)
    (arguments.model / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    write_catalog_scores(arguments.model.parent / "catalog.toml", releases[-1])


if __name__ == "__main__":
    main()
