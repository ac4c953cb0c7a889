"""Finds names by forms that English accepts for them, and gives them one spelling in the whole summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from service.alignment.english import EnglishSentence, Words
from service.alignment.items import (
    ATTENTION_FOR_LOWER_CASE,
    LEAST_ATTENTION,
    SIMILAR_AND_ALIGNED,
    Item,
    is_derived,
)
from service.entities import persons
from service.entities.spelling import plain, similarity
from service.entities.words import WORD, Form, distinct_forms


class Claim(NamedTuple):
    """A form of the item that stands at these words; of its forms, the `rank`-th best."""

    item: Item
    words: Words
    form: str
    rank: int


TRANSLATED_PARTICLES = frozenset({"from", "of", "by", "the"})


def find_forms(english: EnglishSentence, items: list[Item], source_length: int) -> None:
    """Accepted forms that stand in the English."""
    _settle_claims(english, items, source_length, attrgetter("english.forms"))


def find_shortened(english: EnglishSentence, items: list[Item], source_length: int) -> None:
    """A person whom the translation names by surname only, where the German has the full name, or the reverse."""
    people = [item for item in items if item.entity.type == "PER"]
    _settle_claims(english, people, source_length, _shortened_forms)
    for item in people:
        take_given_names(english, item)


def _settle_claims(
    english: EnglishSentence, items: list[Item], source_length: int, forms: Callable[[Item], Sequence[Form]]
) -> None:
    """Best claims first, so that two mentions do not contend for one place."""
    claims: list[Claim] = []
    for item in items:
        if item.words is not None:
            continue
        found = [
            Claim(item, words, form.text, rank) for rank, form in enumerate(forms(item)) for words in english.find(form)
        ]
        claims += _outermost(found) if len(found) > 1 else found
    if not claims:
        return
    if _are_disputed(claims):
        scored = [(_score(english, claim, source_length), claim) for claim in claims]
        best_first = sorted(scored, key=lambda entry: entry[0], reverse=True)
        claims = [claim for score, claim in best_first if score > 0]
    for claim in claims:
        if claim.item.words is None and english.is_unclaimed(claim.words):
            claim.item.settle(english, claim.words, "canonical")
            claim.item.replacement = _spelling_to_correct(claim.item, english.surface(claim.words), claim.form)


def _are_disputed(claims: Sequence[Claim]) -> bool:
    """Whether it matters which comes first: two for one item or one word, or a common word that may look elsewhere."""
    if len(claims) == 1:
        return claims[0].form[0].islower()
    places = {at for claim in claims for at in range(*claim.words)}
    return (
        len({id(claim.item) for claim in claims}) < len(claims)
        or len(places) < sum(last - first for first, last in (claim.words for claim in claims))
        or any(claim.form[0].islower() for claim in claims)
    )


def _outermost(claims: Sequence[Claim]) -> list[Claim]:
    """Without the "Britain" of "Great Britain"."""
    return [claim for claim in claims if not any(_is_inside(claim.words, other.words) for other in claims)]


def _is_inside(words: Words, other: Words) -> bool:
    return words != other and other[0] <= words[0] and words[1] <= other[1]


def _shortened_forms(item: Item) -> tuple[Form, ...]:
    name = item.entity.canonical_en
    return distinct_forms((name, persons.surname_of(name.split())))


def _score(english: EnglishSentence, claim: Claim, source_length: int) -> float:
    """How well a found form suits a mention; nothing for a common word ("alliance") that looks elsewhere."""
    item = claim.item
    attention = english.attention(claim.words, item.source)
    if claim.form[0].islower() and attention < ATTENTION_FOR_LOWER_CASE:
        return 0.0
    start = english.spans[claim.words[0]][0]
    distance = abs(start / len(english.text) - item.source[0] / max(1, source_length))
    if claim.rank == 0:
        return 1.5 + attention - 0.5 * distance
    same_length = len(claim.form.split()) == len(item.english.form.split())
    return 1.0 + attention - 0.5 * distance + (0.2 if same_length else 0.0)


def _spelling_to_correct(item: Item, found: str, form: str) -> str | None:
    """What should stand instead of an accepted form, so that a name has one form in the whole summary.

    People and one-word places get their canonical spelling; "American" for the United States, "alliance" for NATO stay.
    """
    wanted = item.english.form
    if found == wanted:
        return None
    if item.entity.fixed:
        return None if found in item.entity.canonical_en else wanted
    if plain(found) == plain(wanted):  # "Nato", "José": capitals and accents as everywhere else in the summary
        common = item.entity.type in ("ORG", "MISC") and found.lower() == wanted.lower() and not item.is_known
        return None if common or found[0].isupper() != wanted[0].isupper() else wanted
    if item.entity.type == "PER":
        return wanted if len(WORD.findall(found)) == len(WORD.findall(wanted)) else None
    if item.entity.type != "LOC" or " " in found + wanted or found.isupper():
        return None
    left_german = found == item.surface and item.is_known  # "Peking"
    return wanted if left_german or _is_respelled(found, wanted) else None


def _is_respelled(found: str, wanted: str) -> bool:
    """Kiev for Kyiv, but not Russian for Russia."""
    if found.isupper() or wanted.isupper() or found[0] != wanted[0]:
        return False
    return similarity(found, wanted) >= SIMILAR_AND_ALIGNED and not is_derived(found, wanted)


def take_given_names(english: EnglishSentence, item: Item) -> None:
    """ "Vladmir Putin" for "Wladimir Putin": the surname was found, so the words before it are the given names."""
    wanted = item.english.form
    missing = len(WORD.findall(wanted)) - 1
    if (
        item.words is None
        or missing < 1
        or item.words[1] - item.words[0] > 1
        or persons.is_family_first(wanted.split())
    ):
        return
    if _take_particles(english, item, wanted):
        return
    for count in dict.fromkeys((missing, 1)):
        stretch = english.beside(item.words, count)
        if stretch is None:
            continue
        before = (stretch[0], item.words[0])
        similar = similarity(english.surface(before), wanted.rsplit(" ", 1)[0]) >= SIMILAR_AND_ALIGNED
        if similar or english.attention(before, item.source) >= LEAST_ATTENTION:
            item.settle(english, stretch, item.how)
            item.replacement = wanted if english.surface(stretch) != wanted else None
            return


def _take_particles(english: EnglishSentence, item: Item, wanted: str) -> bool:
    """ "From the Leyen" for "von der Leyen": two particles of a surname that were translated; one may be none."""
    particles = wanted.split()[:-1]
    if item.words is None or len(particles) < 2 or not persons.PARTICLES.issuperset(particles):
        return False
    before = (item.words[0] - len(particles), item.words[0])
    if before[0] < 0 or not english.is_free(before):
        return False
    if not all(english.words[at].lower() in TRANSLATED_PARTICLES for at in range(*before)):
        return False
    item.settle(english, (before[0], item.words[1]), item.how)
    item.replacement = wanted[0].upper() + wanted[1:] if before[0] == 0 else wanted
    return True


def restore_capitals(english: EnglishSentence, items: list[Item], _: int) -> None:
    """ "European patent organisation": a known name of several words is written as such."""
    for item in items:
        if item.words is None or item.words[1] - item.words[0] < 2 or item.replacement is not None:
            continue
        if item.entity.type == "PER" or not item.is_known:
            continue
        surface = english.surface(item.words)
        same = (text for text, *_ in item.english.forms if " " in text and text.lower() == surface.lower())
        form = next(same, surface)
        item.replacement = form if form != surface and not form.isupper() else None
