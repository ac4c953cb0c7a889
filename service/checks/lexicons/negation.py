"""Words that deny, and words that only sound like it, German beside English; regular expressions in lower case."""

from __future__ import annotations

from typing import Final

GERMAN_NEGATION: Final = (
    r"nicht(?!s)", r"kein(?:e[nmrs]?|erlei|esfalls|eswegs)?", r"nie(?:mals)?", r"niemand(?:e[nmr]|s)?", r"nichts?",
    r"nirgend(?:s|wo|wohin)", r"ohne", r"weder",
)  # fmt: skip
ENGLISH_NEGATION: Final = (
    r"not", r"\w+n['’]t", r"cannot", r"no", r"never", r"nobody", r"none", r"nothing", r"nowhere", r"neither", r"nor",
    r"without",
)  # fmt: skip

# These hold a word of denial and deny nothing, or are often said without it.
GERMAN_IDIOMS: Final = (
    r"nicht nur", r"nicht allein", r"nicht bloß", r"nicht zuletzt", r"nicht wahr", r"nicht einmal mehr als",
    r"ohnehin", r"nichts ?desto ?(?:trotz|weniger|minder)", r"ohne weiteres", r"nicht mehr als",
    r"nicht weniger als", r"nichts anderes als", r"nichts als", r"ohne frage", r"ohne zweifel", r"zweifel ?los",
    r"kein wunder", r"wenn nicht gar", r"wenn nicht sogar", r"ob oder ob nicht", r"oder nicht",
)  # fmt: skip
ENGLISH_IDIOMS: Final = (
    r"not (?:just|only|merely|simply|solely)", r"not least", r"no (?:doubt|less|more) than", r"no wonder",
    r"not to mention", r"nothing (?:but|less|other)", r"if not", r"or not", r"no\.? \d+", r"none other", r"why not",
    r"no matter", r"nonetheless", r"no doubt", r"last but not least",
)  # fmt: skip

# What can carry a denial by itself: one side may say it this way, the other with a plain word of denial.
GERMAN_IMPLICIT: Final = (
    r"kaum", r"selten", r"nein", r"un(?!d\b|s\b|ser|ter|ion|iv|is|it|gefähr|fall|fälle)\w{4,}",
    r"\w{3,}los(?:e[nmrs]?|igkeit)?", r"\w{3,}frei(?:e[nmrs]?)?", r"\w*mangel\w*", r"mangeln\w*",
    r"\w*fehl(?:en|t|te|ten|end\w*)", r"\w*verweiger\w*", r"\w*weiger\w*", r"\w*verhinder\w*", r"\w*vermeid\w*",
    r"\w*vermied\w*", r"versäum\w*", r"vergeblich\w*", r"aus(?:ge)?blieb\w*", r"entfall\w*", r"entfäll\w*",
    r"\w*verzicht\w*", r"\w*bestr(?:eit|itt)\w*", r"\w*dement\w*", r"leugn\w*", r"miss\w+",
    r"in\w+(?:fähig|akzept|stabil)\w*", r"außer", r"ohnehin", r"erst als", r"gegenteil",
)  # fmt: skip
ENGLISH_IMPLICIT: Final = (
    r"hardly", r"barely", r"scarcely", r"rarely", r"seldom", r"fail(?:s|ed|ing)? to", r"lack\w*", r"refus\w+ to",
    r"un(?!der|it|if|ion|iver|til|cle|ique|fort)\w{3,}(?!\w)(?<!ly)", r"unable", r"den(?:y|ied|ies|ying|ial)",
    r"(?:in|im|il|ir)(?:possib|capab|adequa|suffic|complet|accura|correct|abil|activ|effect|eligib|visib|toler|moral|legal|legit"
    r"|regular|relevan|replaceab|secur|stab)\w+",
    r"dis(?:agree|allow|approv|courag|honest|like|regard|satisf|trust)\w*", r"non", r"non-?\w+", r"ill",
    r"prevent(?:s|ed|ing)?", r"avoid(?:s|ed|ing)?", r"except", r"prohibit\w*", r"ban(?:s|ned|ning)?",
    r"absen(?:t|ce)", r"far from", r"anything but", r"\w{3,}less", r"yet to", r"ignor\w+", r"new to", r"cannot",
)  # fmt: skip
