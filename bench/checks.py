"""How much of deliberate damage the gate catches, and how often it cries wolf over human translations.

    python bench/checks.py --corpora ../shared/corpora [--half odd|even|both] [--mentions service|simple]

The pairs are the news translations of WMT 2019-2021, German to English; `damages.py` damages them. The lexicons of the
checks were tuned on the even lines only, so the odd lines are the honest figure. A pair takes part in a damage when it
passed undamaged; it is caught when it no longer does.
"""

from __future__ import annotations

import argparse
import itertools
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from damages import DAMAGES, Example

from service.alignment.model import MentionPair, SentencePair
from service.checks.gate import run_checks
from service.checks.model import Finding, Verdict, worst
from service.entities.model import Entity
from service.segmentation.model import Sentence

SETS = ("wmt19", "wmt20", "wmt21")
SENTENCE_END = re.compile(r"(?<=[.!?][\"“”’])\s+(?=[\"“„‘A-ZÄÖÜ0-9])|(?<=[^\d\W]{2}[.!?])\s+(?=[\"“„‘A-ZÄÖÜ0-9])")
GOALS = {
    "number changed": 0.99, "number word changed": 0.99, "scale word swapped": 0.99, "name replaced": 0.95,
    "negation dropped": 0.90, "negation added": 0.90, "attribution removed": 0.85, "hedge removed": 0.85,
}  # fmt: skip
FALSE_ALARM_GOALS = {"blocked": 0.03, "review": 0.12}


class Names(Protocol):
    """Where the mentions of a pair come from."""

    def pair(self, example: Example, english: str) -> tuple[SentencePair, dict[str, Entity]]: ...


class SimpleNames:
    """Every capitalised word inside a German sentence that the human translation holds as it is."""

    WORD = re.compile(r"(?<=[a-zäöüß,;] )[A-ZÄÖÜ][\w’'-]{2,}")

    def pair(self, example: Example, english: str) -> tuple[SentencePair, dict[str, Entity]]:
        kept = [
            m for m in self.WORD.finditer(example.german) if re.search(rf"\b{re.escape(m.group())}\b", example.english)
        ]
        entities = {f"e{i}": Entity(f"e{i}", "PER", m.group(), m.group(), (m.group(),), ()) for i, m in enumerate(kept)}
        mentions = tuple(
            MentionPair(f"e{i}", m.span(), _find(m.group(), english), "similarity") for i, m in enumerate(kept)
        )
        return SentencePair(_sentence(example.german), english, mentions), entities


class ServiceNames:
    """What the service does: the bundled recogniser, chains, and projection without attention."""

    def __init__(self, model: Path) -> None:
        from service.entities.loading import load_recognizer_in

        self._recognizer = load_recognizer_in(model)
        self._known: dict[str, tuple[Entity, ...]] = {}

    def pair(self, example: Example, english: str) -> tuple[SentencePair, dict[str, Entity]]:
        from service.alignment.projection import project
        from service.article.model import Article, Block
        from service.entities.chains import chain
        from service.translation.model import Translation

        german = example.german
        if german not in self._known:
            article = Article(german, (Block("paragraph", 0, len(german)),))
            self._known[german] = tuple(chain(article, self._recognizer.recognize(german)))
        entities = self._known[german]
        pair = project(_sentence(german), Translation(german, english, (), 0.0), entities)
        return pair, {entity.id: entity for entity in entities}


def _find(word: str, text: str) -> tuple[int, int] | None:
    match = re.search(rf"\b{re.escape(word)}\b", text)
    return match.span() if match else None


def _sentence(text: str) -> Sentence:
    return Sentence(text, 0, len(text), 0)


def read(corpora: Path, split: bool) -> Iterator[Example]:
    """The pairs of all sets.

    With `split`, paragraphs that fall into as many sentences on both sides are taken apart.
    """
    for name in SETS:
        german = (corpora / "eval" / f"{name}.de-en.de").read_text(encoding="utf-8").splitlines()
        english = (corpora / "eval" / f"{name}.de-en.en").read_text(encoding="utf-8").splitlines()
        for line, pair in enumerate(zip(german, english, strict=True)):
            parts = [SENTENCE_END.split(side.strip()) for side in pair]
            whole = [[side.strip()] for side in pair]
            sides = parts if split and len(parts[0]) == len(parts[1]) else whole
            for source, target in zip(*sides, strict=True):
                yield Example(name, line, source, target)


def replace_name(
    example: Example, pair: SentencePair, entities: dict[str, Entity], pool: Sequence[tuple[str, str]]
) -> str | None:
    """The English of one found mention gives way to another name of the same type from another sentence."""
    found = [mention for mention in pair.mentions if mention.target is not None]
    if not found:
        return None
    mention = found[example.line % len(found)]
    assert mention.target is not None
    kind, old = entities[mention.entity].type, pair.english[slice(*mention.target)]
    offset = (example.line * 31 + len(old)) % len(pool)
    candidates = (name for other, name in itertools.chain(pool[offset:], pool) if other == kind)
    new = next((name for name in candidates if not set(re.findall(r"\w+", name)) & set(re.findall(r"\w+", old))), None)
    if new is None or new in example.german:
        return None
    text = example.english
    return re.sub(rf"\b{re.escape(old)}\b", lambda _: new, text)


def name_pool(checked: Sequence[Checked]) -> list[tuple[str, str]]:
    names = [
        (item.entities[mention.entity].type, item.pair.english[slice(*mention.target)])
        for item in checked
        for mention in item.pair.mentions
        if mention.target is not None
    ]
    return list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Checked:
    """An undamaged pair and what the gate says about it."""

    example: Example
    pair: SentencePair
    entities: dict[str, Entity]
    findings: tuple[Finding, ...]


def check_all(examples: Sequence[Example], names: Names) -> list[Checked]:
    checked = []
    for example in examples:
        pair, entities = names.pair(example, example.english)
        checked.append(Checked(example, pair, entities, run_checks(pair, entities)))
    return checked


def report_false_alarms(checked: Sequence[Checked], title: str) -> None:
    verdicts = Counter(worst(item.findings) for item in checked)
    print(f"\nFalse alarms, {title}: {len(checked)} human translations")
    for verdict, goal in FALSE_ALARM_GOALS.items():
        print(f"  {verdict:<8}{verdicts[verdict] / len(checked):7.2%}   (goal at most {goal:.0%})")
    kinds = Counter(
        (f.kind, f.verdict) for item in checked for f in set(map(_bare, item.findings)) if f.verdict != "pass"
    )
    for (kind, verdict), count in sorted(kinds.items()):
        print(f"    {kind:<16}{verdict:<8}{count:5}{count / len(checked):8.2%}")


def _bare(finding: Finding) -> Finding:
    return replace(finding, de=None, en=None, detail=None)


def report_detection(checked: Sequence[Checked], names: Names, title: str, most: int, misses: str | None) -> None:
    passed = [item for item in checked if worst(item.findings) == "pass"]
    pool = name_pool(checked)
    print(f"\nDetection, {title}: {len(passed)} pairs that passed undamaged, at most {most} of them for each damage")
    print(f"  {'damage':<24}{'made':>6}{'caught':>9}{'blocked':>9}{'goal':>7}")
    for kind in (*DAMAGES, "name replaced"):
        damaged = damage_all(passed, kind, pool)
        chosen = damaged[:: max(1, -(-len(damaged) // most))]
        verdicts = Counter(detect(item, english, names, kind == misses) for item, english in chosen)
        made = verdicts.total()
        if made:
            goal = f"{GOALS[kind]:.0%}" if kind in GOALS else ""
            caught = 1 - verdicts["pass"] / made
            print(f"  {kind:<24}{made:6}{caught:9.1%}{verdicts['blocked'] / made:9.1%}{goal:>7}", flush=True)


def damage_all(items: Sequence[Checked], kind: str, pool: Sequence[tuple[str, str]]) -> list[tuple[Checked, str]]:
    """Every pair that this damage can be done to, with its damaged English."""
    damaged = []
    for item in items:
        damage = DAMAGES.get(kind)
        english = damage(item.example) if damage else replace_name(item.example, item.pair, item.entities, pool)
        if english is not None and english != item.example.english:
            damaged.append((item, english))
    return damaged


def detect(item: Checked, english: str, names: Names, show: bool) -> Verdict:
    pair, entities = names.pair(item.example, english)
    verdict = worst(run_checks(pair, entities))
    if show and verdict == "pass":
        print(f"    MISS {item.example.german}\n         {english}")
    return verdict


def report_speed(checked: Sequence[Checked]) -> None:
    """Five sentences, none seen before by any cache of the checks."""
    groups = [checked[i : i + 5] for i in range(0, min(len(checked), 1000) - 4, 5)]
    times, processor = [], []
    for number, group in enumerate(groups):
        fresh = [(replace(item.pair, english=item.pair.english + " " * (number + 1)), item.entities) for item in group]
        start, started = time.perf_counter(), time.process_time()
        for pair, entities in fresh:
            run_checks(pair, entities)
        times.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - started))
    times.sort()
    processor.sort()
    print("\nSpeed: five sentences, all checks (goal under 8 ms)")
    for title, values in (("elapsed", times), ("processor", processor)):
        median, high = values[len(values) // 2], values[int(len(values) * 0.95)]
        print(f"  {title:<10} median {median:.2f} ms, 95th percentile {high:.2f} ms, slowest {values[-1]:.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--half", choices=("odd", "even", "both"), default="odd")
    parser.add_argument("--mentions", choices=("service", "simple"), default="service")
    parser.add_argument("--model", type=Path, default=Path(__file__).parents[1] / "models" / "ner-de")
    parser.add_argument("--segments", action="store_true", help="keep the paragraphs of wmt20 as they are")
    parser.add_argument("--most", type=int, default=2000, help="pairs to damage in each way, spread over all sets")
    parser.add_argument("--misses", help="print what this damage got past the gate")
    parser.add_argument("--alarms", help="print the human translations that this check complained about")
    options = parser.parse_args()
    names: Names = ServiceNames(options.model) if options.mentions == "service" else SimpleNames()
    wanted = {"odd": (1,), "even": (0,), "both": (0, 1)}[options.half]
    examples = [example for example in read(options.corpora, not options.segments) if example.line % 2 in wanted]
    checked = check_all(examples, names)
    title = f"{options.half} lines, {options.mentions} mentions"
    by_set: dict[str, list[Checked]] = defaultdict(list)
    for item in checked:
        by_set[item.example.source].append(item)
    report_false_alarms(checked, title)
    report_speed(checked)
    for name, items in by_set.items():
        verdicts = Counter(worst(item.findings) for item in items)
        shares = ", ".join(f"{verdict} {verdicts[verdict] / len(items):.2%}" for verdict in FALSE_ALARM_GOALS)
        print(f"  {name}: {len(items)} pairs, {shares}")
    if options.alarms:
        show_alarms(checked, options.alarms)
    report_detection(checked, names, title, options.most, options.misses)


def show_alarms(checked: Sequence[Checked], kind: str) -> None:
    for item in checked:
        for finding in item.findings:
            if finding.kind == kind and finding.verdict != "pass":
                print(f"    {finding.verdict.upper()} {finding.detail}")
                print(f"      {item.example.german}\n      {item.example.english}")


if __name__ == "__main__":
    main()
