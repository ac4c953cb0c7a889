"""Words that keep a claim from being a fact, by what they say about it; German beside English, regular expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

HedgeKind = Literal["suspicion", "hearsay", "appearance", "likelihood", "possibility"]


@dataclass(frozen=True, slots=True)
class Hedge:
    """What the German says and what English may say for it."""

    kind: HedgeKind
    german: tuple[str, ...]
    english: tuple[str, ...]


# soll is hearsay before a perfect infinitive (soll bestochen haben), and a plan before any other (soll beginnen).
_PERFECT: Final = (
    r"(?:\w{0,20}ge\w{2,20}(?:t|en)|(?:be|ver|er|ent|zer|miss|über|unter|hinter)\w{2,20}(?:t|en)|\w{1,20}iert)"
    r"(?: worden)? (?:haben|sein)"
)
_SAME_CLAUSE: Final = r"(?:(?!, |; |: |- )[^.!?\"“”„«»]){0,160}?"

HEDGES: Final = (
    Hedge(
        "suspicion",
        (
            r"mutma(?:ß|ss)lich\w*", r"tatverdächtig\w*", r"verdächtig\w*", r"\w{4,}verdächtige[nrs]?",
            r"(?:unter|im|in|den|der|dringende[nmr]) \w*verdacht", r"beschuldigte[nrs]?", r"angeblich\w*",
            r"vermeintlich\w*",
        ),
        (
            r"alleg\w+", r"suspect\w*", r"suspicio\w+", r"accus\w+", r"presum\w+", r"suppos\w+", r"believed",
            r"purported\w*", r"reported\w*", r"apparent\w*", r"so-called", r"thought to", r"said to", r"assum\w+",
            r"defendants?", r"probab\w+", r"likely", r"possib\w+", r"putative\w*", r"would-be", r"perceived",
            r"seeming\w*", r"ostensibl\w+", r"imagin\w+", r"doubt\w*", r"dubious\w*", r"pretended", r"incriminat\w+",
            r"what (?:he|she|they) thought",
        ),
    ),
    Hedge(
        "hearsay",
        (
            r"dem vernehmen nach", r"gerücht\w*", rf"soll(?:en)?\b{_SAME_CLAUSE}\b{_PERFECT}",
            rf"{_PERFECT} soll(?:en)?", rf"soll(?:en)?\b{_SAME_CLAUSE} gewesen sein", r"gewesen sein soll(?:en)?",
        ),
        (
            r"alleg\w+", r"report(?:s|ed|edly)?", r"purported\w*", r"suppos\w+", r"apparent\w*", r"claim\w*",
            r"rumou?r\w*", r"said", r"says", r"according to", r"understood to", r"believed", r"presum\w+",
            r"suspect\w*", r"accus\w+", r"ostensibl\w+", r"thought to", r"seem\w*", r"likely", r"probab\w+",
            r"assum\w+", r"stated", r"appear\w*", r"(?:may|might|could) have", r"would have", r"word has it",
            r"speculat\w+", r"it is said",
        ),
    ),
    Hedge(
        "appearance",
        (
            r"offenbar", r"offensichtlich", r"anscheinend", r"scheinbar", r"augenscheinlich", r"schein(?:t|en)",
            r"schien(?:en)?",
        ),
        (
            r"apparent\w*", r"seem\w*", r"appear\w*", r"obvious\w*", r"evident\w*", r"clear\w*", r"reported\w*",
            r"alleg\w+", r"likely", r"probab\w+", r"presum\w+", r"suppos\w+", r"possib\w+", r"visibl\w+",
            r"noticeabl\w+", r"manifest\w*", r"look(?:s|ed|ing)? (?:like|as|to)", r"must have", r"may have",
            r"plain(?:ly)?", r"perceived", r"sound(?:s|ed)", r"as if", r"of course", r"undoubtedly", r"ostensibl\w+",
            r"shin(?:es|ed|ing|e)|shone", r"believed",
        ),
    ),
    Hedge(
        "likelihood",
        (
            r"vermutlich\w*", r"wahrscheinlich\w*", r"voraussichtlich\w*", r"vermute(?:t|n|te|ten)",
            r"mutma(?:ß|ss)(?:t|te|ten)", r"schätzungsweise", r"mutma(?:ß|ss)ung\w*", r"aller voraussicht nach",
        ),
        (
            r"likely", r"probab\w+", r"presum\w+", r"suspect\w*", r"assum\w+", r"expect\w*", r"suppos\w+",
            r"belie\w+", r"may(?! \d)", r"might", r"could", r"apparent\w*", r"thought", r"think\w*", r"estimat\w+",
            r"possib\w+", r"perhaps", r"predict\w*", r"anticipat\w+", r"set to", r"seem\w*", r"appear\w*",
            r"conject\w+", r"guess\w*", r"projected", r"chances", r"about to", r"hypothe\w+", r"maybe", r"scheduled",
            r"improbab\w+", r"prospective\w*", r"most likely", r"plan(?:s|ned)",
        ),
    ),
    Hedge(
        "possibility",
        (
            r"(?:könnten?|dürften?) (?:\w+ ){0,3}(?:möglicherweise|womöglich|vielleicht|eventuell)",
            r"möglicherweise", r"womöglich", r"vielleicht", r"eventuell", r"könnten?", r"dürften?",
        ),
        (
            r"could", r"might", r"may(?! \d)", r"can(?:not)?", r"can['’]t", r"couldn['’]t", r"possib\w+", r"perhaps",
            r"maybe", r"potential\w*", r"likely", r"probab\w+", r"conceivabl\w+", r"suppos\w+", r"presum\w+",
            r"apparent\w*", r"plausib\w+", r"chance", r"contingen\w+", r"capab\w+", r"(?:un)?able",
        ),
    ),
)  # fmt: skip
