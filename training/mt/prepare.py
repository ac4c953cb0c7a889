"""Read the corpora of a manifest, filter them, and write one clean list of sentence pairs.

    python -m training.mt.prepare --corpora ../shared/corpora --out build/mt

Writes `pairs.tsv` (corpus, German, English), `valid.tsv` (held-out news, never trained on) and `report.tsv` (what each
filter removed). A corpus whose licence forbids shipping the model, or whose two sides differ in length, ends the run.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from training.mt import augment
from training.mt.errors import RecipeError, run_step

EVALUATION_SETS = ("wmt19.de-en", "wmt20.de-en", "wmt21.de-en", "flores-dev", "iwslt17.de-en")
VALIDATION_CORPUS = "newsdev08-18"
VALIDATION_PAIRS = 600
EVERYDAY_CORPUS = "tatoeba"
MAX_WORDS = 100
MAX_LENGTH_RATIO = 2.2
SHINGLE = 5  # words; a training line that shares half of its 5-grams with an evaluation set is its near-duplicate
NEAR_DUPLICATE = 0.5

_WORD = re.compile(r"\w+")
_GERMAN = re.compile(
    r"\b(der|die|das|und|ist|nicht|ein|eine|zu|den|dem|mit|auf|für|von|im|sich|ich|sie|es|wir)\b", re.I
)
_ENGLISH = re.compile(r"\b(the|and|is|of|to|in|that|for|with|it|on|you|he|was|are|this|i|we|be|have)\b", re.I)


def load_manifest(path: Path) -> dict[str, dict]:
    """Read the manifest and refuse corpora that may not train a shipped model."""
    manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, corpus in manifest.items():
        if corpus.get("ship") != "yes":
            licence = f"{corpus.get('licence')!r}, ship = {corpus.get('ship')!r}"
            raise RecipeError(f"{name}: its licence does not let us ship a model ({licence})")
    return manifest


def read_side(path: Path) -> list[str]:
    if not path.is_file():
        raise RecipeError(f"{path}: no such corpus file")
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        return [line.rstrip("\n") for line in lines]


def read_corpus(folder: Path, name: str) -> list[tuple[str, str]]:
    german, english = (read_side(folder / "parallel" / f"{name}.{side}.xz") for side in ("de", "en"))
    if len(german) != len(english):
        raise RecipeError(f"{name}: {len(german)} German lines but {len(english)} English ones")
    return [(" ".join(de.split()), " ".join(en.split())) for de, en in zip(german, english, strict=True)]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def evaluation_shingles(folder: Path) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for name in EVALUATION_SETS:
        for side in ("de", "en"):
            for line in (folder / "eval" / f"{name}.{side}").read_text(encoding="utf-8").splitlines():
                found |= shingles(line)
    return found


def fault(de: str, en: str, evaluation: set[tuple[str, ...]]) -> str | None:
    """Name the filter that removes this pair, or None when it may train."""
    words_de, words_en = len(de.split()), len(en.split())
    if not words_de or not words_en:
        return "empty"
    if max(words_de, words_en) > MAX_WORDS:
        return "too long"
    if max(words_de, words_en) > 6 and max(len(de), len(en)) > MAX_LENGTH_RATIO * min(len(de), len(en)):
        return "length ratio"
    if de == en and words_de > 4:
        return "not translated"
    if words_de > 8 and (
        len(_GERMAN.findall(de)) < len(_ENGLISH.findall(de)) or len(_ENGLISH.findall(en)) < len(_GERMAN.findall(en))
    ):
        return "wrong language"
    letters = sum(character.isalpha() or character.isspace() for character in de)
    if letters < 0.6 * len(de):
        return "not prose"
    for text in (de, en):
        own = shingles(text)
        if own and len(own & evaluation) > NEAR_DUPLICATE * len(own):
            return "near-duplicate of an evaluation line"
    return None


def clean(
    folder: Path, manifest: dict[str, dict], evaluation: set[tuple[str, ...]], removed: Counter
) -> Iterator[tuple[str, str, str]]:
    seen: set[tuple[str, str]] = set()
    for name in (name for name, corpus in manifest.items() if not corpus.get("synthetic")):
        for de, en in read_corpus(folder, name):
            reason = fault(de, en, evaluation) or ("duplicate" if (de, en) in seen else None)
            if reason:
                removed[name, reason] += 1
                continue
            seen.add((de, en))
            yield name, de, en


def split_validation(pairs: list[tuple[str, str, str]]) -> tuple[list, list]:
    """Hold out the newest lines of the news corpus, and drop their twins from training."""
    news = [pair for pair in pairs if pair[0] == VALIDATION_CORPUS]
    valid = news[-VALIDATION_PAIRS:]
    held_out = {side for _, de, en in valid for side in (de, en)}
    return [pair for pair in pairs if pair[1] not in held_out and pair[2] not in held_out], valid


def write(path: Path, rows: list[tuple[str, ...]]) -> None:
    path.write_text("".join("\t".join(row).replace("\n", " ") + "\n" for row in rows), encoding="utf-8")


def prepare(corpora: Path, out: Path, manifest_path: Path, seed: int = 20) -> None:
    manifest = load_manifest(manifest_path)
    removed: Counter = Counter()
    pairs = list(clean(corpora, manifest, evaluation_shingles(corpora), removed))
    train, valid = split_validation(pairs)
    names = augment.load_names(corpora / "names")
    news = [pair for pair in train if manifest[pair[0]]["final"] >= 1.0]
    everyday = [pair for pair in train if pair[0] == EVERYDAY_CORPUS]
    train += augment.synthesize(news, everyday, names, random.Random(seed))
    out.mkdir(parents=True, exist_ok=True)
    write(out / "pairs.tsv", train)
    write(out / "valid.tsv", valid)
    write(out / "report.tsv", [(name, reason, str(n)) for (name, reason), n in sorted(removed.items())])
    for name, n in Counter(name for name, _, _ in train).most_common():
        print(f"{name:24} {n:8}")
    print(f"{len(train)} pairs to train on, {len(valid)} to validate, {removed.total()} removed: {out / 'report.tsv'}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with parallel/, eval/ and names/")
    parser.add_argument("--out", type=Path, default=Path("build/mt"))
    parser.add_argument("--manifest", type=Path, default=Path(__file__).with_name("corpora.toml"))
    arguments = parser.parse_args()
    return run_step("prepare", lambda: prepare(arguments.corpora, arguments.out, arguments.manifest))


if __name__ == "__main__":
    sys.exit(main())
