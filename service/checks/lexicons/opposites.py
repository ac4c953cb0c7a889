"""Words of opposite meaning that a translation must not swap, German beside English, as regular expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Pole:
    """One of two opposites: how German says it, and the English that says it."""

    german: tuple[str, ...]
    english: tuple[str, ...]


_CLAUSE: Final = r"[^,;:.!?“”„\"]{0,120}?"

_NO_PARTICLE: Final = rf"(?!{_CLAUSE}\b(?:ab|auf|aus|ein|um|vor)(?=[.,;:!?]|$))"  # "steigt ab", "stieg aus"

# A word stands here only if it means one of the two: "fiel" also strikes the eye, and "vor" is before and in front of.
OPPOSITES: Final[tuple[tuple[Pole, Pole], ...]] = (
    (
        Pole(
            (
                r"(?:ge|ange|an)stieg\w*", rf"stieg(?:en)?\b{_NO_PARTICLE}",
                rf"steig(?:t|en)\b{_NO_PARTICLE}", r"(?:an)?steigend\w*", r"zugenommen", r"zunahmen?",
                r"zunehmen\w*",
                rf"n(?:ahm|immt|ahmen)\b{_CLAUSE} zu(?=[.,;:!?]|$)", r"wächst", r"wuchs(?:en)?", r"gewachsen\w*",
                r"anstieg\w*", r"zuwachs\w*", r"erhöh(?:t|te|ten|en|ung|ungen)\w*",
            ),
            (
                r"r[oi]se[sn]?", r"rising", r"increas\w+", r"grew", r"grow(?:s|n|ing|th)?", r"climb\w*", r"rais\w+",
                r"up",
                r"higher", r"gain\w*", r"more", r"jump\w*", r"soar\w*",
            ),
        ),
        Pole(
            (
                r"ge(?:sunken|senkt)\w*", r"s[ai]nk(?:t|en|ende\w*)?", r"senk(?:t|te|ten|en|ung|ungen)", r"abgenommen",
                r"zurückgegangen\w*", r"rückg[aä]ng\w*", r"verringer\w+", r"reduzier\w+", r"schrumpf\w+",
            ),
            (
                r"f[ae]ll(?:s|en|ing)?", r"declin\w+", r"decreas\w+", r"reduc\w+", r"shr[aiu]nk\w*",
                r"lower(?:s|ed|ing)?",
                r"down", r"drop\w*", r"s[aiu]nk\w*", r"cut\w*", r"less", r"fewer", r"slump\w*",
            ),
        ),
    ),
    (
        Pole(
            (
                r"getötet\w*", r"tote[nr]?", r"todesopfer\w*", r"starb(?:en)?", r"gestorben\w*", r"ums leben",
                r"ermordet\w*",
                r"tödlich\w*",
            ),
            (r"kill\w*", r"dead\w*", r"died?", r"dying", r"deaths?", r"murder\w*", r"fatal\w*", r"li(?:fe|ves)"),
        ),
        Pole(
            (r"(?:\w{3,})?verletzt(?:e[nrms]?)?", r"verwundet\w*"),
            (r"injur\w+", r"wound\w*", r"hurt"),
        ),
    ),
    (
        Pole(
            (r"gewann(?:en)?", r"gewonnen", r"siegte[n]?", r"sieg(?:es|e|en)?"),
            (r"w[oi]ns?", r"winning", r"victor\w+"),
        ),
        Pole(
            (r"verlor(?:en)?", r"verlier(?:t|en)", r"niederlagen?", r"unterlag(?:en)?", r"unterlegen"),
            (r"los[et]s?", r"losing", r"defeats?", r"defeated"),
        ),
    ),
    (
        Pole(
            (
                r"gebilligt", r"billigte[n]?", r"genehmigt\w*", r"zugestimmt", rf"stimm(?:t|te|ten)\b{_CLAUSE} zu",
                r"zustimm\w+", r"erlaub\w+", r"gestatte\w+",
            ),
            (r"approv\w+", r"allow\w*", r"permit\w*", r"authori[sz]\w+", r"consent\w*", r"agree\w*"),
        ),
        Pole(
            (
                r"abgelehnt\w*", rf"lehn(?:t|te|ten)\b{_CLAUSE} ab", r"ablehn\w+", r"verb[io]t\w*", r"verbiet\w+",
                r"untersagt\w*", r"zurückgewiesen\w*",
            ),
            (r"reject\w*", r"refus\w+", r"prohibit\w*", r"forb[ia]d\w*", r"bann?(?:ed|s|ing)?", r"outlaw\w*"),
        ),
    ),
    (
        Pole((r"verurteilt(?:e[nrms]?)?", r"schuldspruch\w*"), (r"convict\w*", r"sentenc\w*", r"guilty")),
        Pole(
            (r"freigesprochen\w*", r"freispr[uü]ch\w*", r"sprach(?:en)? [^.;]{0,60}\bfrei"),
            (r"acquit\w*", r"innocent", r"exonerat\w*", r"not guilty"),
        ),
    ),
    (
        Pole(
            (r"mehr als(?= \w)", r"mindestens", r"wenigstens"),
            (r"at least", r"(?<!no )(?<!not )more than", r"over(?= \d)"),
        ),
        Pole(
            (r"weniger als(?= \w)", r"höchstens"),
            (r"at most", r"(?<!no )(?<!not )(?:less|fewer) than", r"under(?= \d)"),
        ),
    ),
    (
        Pole((r"n[oö]rd\w*",), (r"north(?:ern|erly|ward|wards|east\w*|west\w*)?",)),
        Pole((r"süd\w*",), (r"south(?:ern|erly|ward|wards|east\w*|west\w*)?",)),
    ),
    (
        Pole(
            (r"rechts(?:extrem|radikal|popul|gericht|ruck|außen|konserv|national)\w*",),
            (r"right.?wing\w*", r"far.?right"),
        ),
        Pole(
            (r"links(?:extrem|radikal|popul|gericht|ruck|außen|liberal|partei)\w*",),
            (r"left.?wing\w*", r"far.?left"),
        ),
    ),
    (
        Pole(
            (r"(?:ehe)?frau(?:en)?", r"mutter", r"tochter", r"schwester"),
            (r"wom[ae]n", r"mrs", r"ms", r"wife", r"mother", r"daughters?", r"sisters?", r"she", r"hers?", r"girls?"),
        ),
        Pole(
            (r"(?:ehe)?mann(?:es|s)?", r"männern?", r"vaters?", r"sohn(?:es|s)?", r"bruders?", r"herrn?"),
            (r"m[ae]n", r"mr", r"husband", r"father", r"sons?", r"brothers?", r"he", r"his", r"him", r"boys?"),
        ),
    ),
)  # fmt: skip

# German denials in one word, each with the English that denies nothing; what denies in English answers all of them.
UNDENIED: Final[tuple[tuple[str, str], ...]] = (
    (r"unruhig\w*", r"calm|quiet|peaceful"), (r"unklar\w*", r"clear"), (r"unsicher\w*", r"safe|secure|certain"),
    (r"ungewiss\w*", r"certain"), (r"unzufrieden\w*", r"satisfied|happy"), (r"unmöglich\w*", r"possible"),
    (r"unwahrscheinlich\w*", r"likely|probable"), (r"unbekannt\w*", r"known|famous"), (r"unbestätigt\w*", r"confirmed"),
    (r"unbegründet\w*", r"justified|founded"), (r"ungültig\w*", r"valid"), (r"unschuldig\w*", r"guilty"),
    (r"unnötig\w*", r"necessary|needed"), (r"unzulässig\w*", r"permissible|admissible|allowed"),
    (r"unverletzt\w*", r"injured|hurt|wounded"), (r"unverändert\w*", r"changed"), (r"ungelöst\w*", r"solved|resolved"),
    (r"ungeimpft\w*", r"vaccinated"), (r"unrechtmäßig\w*", r"lawful|legal"), (r"unglücklich\w*", r"happy"),
    (r"unbeliebt\w*", r"popular"), (r"unbesiegt\w*", r"beaten|defeated"), (r"unbewaffnet\w*", r"armed"),
    (r"unwichtig\w*", r"important"), (r"ungesund\w*", r"healthy"), (r"unbefriedigend\w*", r"satisf\w+"),
    (r"unfreiwillig\w*", r"voluntar\w+"), (r"unehrlich\w*", r"honest"), (r"ungerecht\w*", r"just|fair"),
)  # fmt: skip
DENYING: Final = (
    r"un\w+", r"i[mnlr]\w+", r"dis\w+", r"not", r"no", r"\w+n['’]t", r"without", r"never", r"hardly", r"far from",
    r"less",
    r"fail\w*", r"lack\w*", r"cannot", r"nor", r"yet", r"\w+less",
)  # fmt: skip
