"""What an answer says about itself: where it is shorter than asked for, and where it is not whole."""

from __future__ import annotations

from collections.abc import Sequence

from service.alignment.model import SentencePair
from service.article.model import Warning
from service.entities.model import Entity
from service.summarization.budget import Budget


def shorter_than_asked(found: int, translated: int, available: bool, budget: Budget) -> tuple[Warning, ...]:
    """Why a summary has fewer sentences than were asked for, or none.

    :param found: sentences of the summary.
    :param translated: sentences that were chosen; the others of them were longer in English than the budget allows.
    :param available: whether the article holds any sentence that a summary could keep.
    """
    if not available:
        return (Warning("no_summary_sentence", "The article holds no sentence that a summary could keep."),)
    if found == 0:
        return (Warning("nothing_fits", f"No sentence fits into {bounds(budget)} in both languages."),)
    warnings: tuple[Warning, ...] = ()
    if found < translated:
        detail = f"{translated - found} more would have fitted in German; in English they exceed {bounds(budget)}."
        warnings += (Warning("left_out", detail),)
    if budget.sentences is not None and found < budget.sentences:
        reason = "fit" if bounds(budget) else "are all that a summary could keep"
        warnings += (Warning("fewer_sentences", f"{budget.sentences} sentences were asked for; {found} {reason}."),)
    return warnings


def bounds(budget: Budget) -> str:
    """ "60 words", "400 characters", or both."""
    named = [(budget.words, "words"), (budget.characters, "characters")]
    return " and ".join(f"{limit} {name}" for limit, name in named if limit is not None)


def split_sentences(stretches: Sequence[int]) -> tuple[Warning, ...]:
    """A warning for each sentence that was longer than the model reads at once."""
    return tuple(
        Warning("sentence_split", f"Sentence {number} is very long and was translated in {count} parts.")
        for number, count in enumerate(stretches, 1)
        if count > 1
    )


def unlinked_names(pairs: Sequence[SentencePair], entities: Sequence[Entity]) -> tuple[Warning, ...]:
    """A warning for each name that is highlighted in German and has no counterpart in the English sentence."""
    names = {entity.id: entity.canonical_de for entity in entities}
    return tuple(
        Warning(
            "name_without_counterpart",
            f"Sentence {number}: no English counterpart was found for "
            f"“{pair.source.text[mention.source[0] : mention.source[1]]}” ({names[mention.entity]}).",
        )
        for number, pair in enumerate(pairs, 1)
        for mention in pair.mentions
        if mention.target is None
    )
