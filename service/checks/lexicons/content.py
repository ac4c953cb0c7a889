"""Words that say too little by themselves to be missed in a translation, or to be asked where they come from."""

from __future__ import annotations

from typing import Final

from service.entities.spelling import word_set
from service.summarization.lexicon import FUNCTION_WORDS

GERMAN_FUNCTION_WORDS: Final = FUNCTION_WORDS

# Verbs, adverbs and nouns that stand for many things; figures and days have checks of their own.
LIGHT_GERMAN: Final = word_set(
    "angaben april august bestehen bringen dezember dienstag dollar donnerstag drei eigenen euro fall februar fest "
    "freitag fünf geben gehen gekommen gemacht geht gewesen gezogen groß großen halten hundert januar juli juni kommen "
    "lassen lässt liegen machen mai mittwoch milliarden million millionen montag märz nehmen neun nimmt november "
    "oktober prozent samstag sechs sehen seid september setzen sieben sonntag stehen stellen tausend tun uhr vier voll "
    "zehn ziehen zwei acht"
)
LIGHT_ENGLISH: Final = word_set(
    "able according account also aren available away back based became become being brought came carried case come "
    "coming couldn didn doesn down fact found gave get getting give given going hadn hasn have haven having held isn "
    "keep kept made make making onto order part people person place put said same says seen set shouldn take "
    "taken taking things thing through time took used wasn well weren wouldn"
)
