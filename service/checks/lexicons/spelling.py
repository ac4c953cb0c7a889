"""How English makes words of words, as far as a rule says more about real words than about invented ones.

Endings that a translation model likes to invent with are left out: -less, -ful, -al, -ous, -ive, -like.
"""

from __future__ import annotations

from typing import Final

Rules = tuple[tuple[str, str], ...]  # an ending, and what stands in its place in the word that was inflected

INFLECTIONS: Final[Rules] = (
    ("s", ""), ("es", ""), ("ies", "y"),
    ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("ier", "y"), ("ers", ""), ("ers", "e"), ("est", ""), ("est", "e"), ("iest", "y"),
    ("ly", ""), ("ily", "y"), ("ally", ""), ("ably", "able"), ("ibly", "ible"), ("ness", ""), ("iness", "y"),
)  # fmt: skip

DERIVATIONS: Final[Rules] = (
    ("able", ""), ("able", "e"), ("ability", "able"), ("ibility", "ible"),
    ("ment", ""), ("ments", ""), ("ist", ""), ("ists", ""), ("ism", ""),
    ("ise", ""), ("ised", ""), ("ises", ""), ("ising", ""), ("isation", ""),
    ("ize", ""), ("ized", ""), ("izes", ""), ("izing", ""), ("ization", ""),
    ("ise", "ize"), ("ised", "ized"), ("ises", "izes"), ("ising", "izing"), ("isation", "ize"),
    ("ize", "ise"), ("ized", "ised"), ("izes", "ises"), ("izing", "ising"), ("ization", "ise"), ("ize", "ic"),
    ("ation", "e"), ("ation", "ate"), ("ations", "ate"), ("ification", "ify"), ("ator", "ate"), ("ators", "ate"),
    ("ion", ""), ("ions", ""), ("ion", "e"), ("ions", "e"), ("or", "e"), ("or", ""), ("ors", ""),
    ("ity", ""), ("ity", "e"), ("ality", "al"), ("ically", "ic"), ("our", "or"), ("ours", "or"), ("oured", "ored"),
)  # fmt: skip

# What English puts at whole words only; "ruthless" and the like are listed.
ENDINGS_OF_WORDS: Final[Rules] = (
    ("less", ""), ("lessly", ""), ("lessness", ""), ("ful", ""), ("fully", ""),
    ("ship", ""), ("hood", ""), ("like", ""),
)  # fmt: skip

PREFIXES: Final = (
    "anti", "bio", "co", "counter", "de", "dis", "electro", "hyper", "im", "in", "inter", "ir", "mega", "micro", "mini",
    "mis", "multi", "non", "out", "over", "photo", "poly", "post", "pre", "pro", "re", "self", "semi", "sub", "super",
    "tele", "ultra", "un", "under",
)  # fmt: skip
