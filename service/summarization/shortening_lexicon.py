"""The words that decide where a sentence may be cut, German beside English, as data."""

from __future__ import annotations

from typing import Literal

from service.summarization.lexicon import ATTRIBUTIONS, FUNCTION_WORDS, words

Language = Literal["de", "en"]

# What follows one of these was announced before it.
COMPLEMENTS = {
    "de": words("dass daß ob was wer wen wem wie wo wohin woher warum weshalb wieso wann welche welcher welches"),
    "en": words("that whether how if what why"),
}
# In German the verb of such a clause comes last: a cut after a word in it loses the verb.
VERB_LAST = words(
    "dass daß ob weil wenn da nachdem bevor obwohl während damit sodass indem sobald solange falls sofern um als "
    "der die das den dem dessen deren was wer wen wem wie wo warum weshalb wann welche welcher welches welchen"
)
# A number runs on into these: "3,2 Milliarden Euro", "zwei Millionen", "ten per cent".
SCALES = {
    "de": words("Mio. Mrd. Bio. Tausend Million Millionen Milliarde Milliarden Billion Billionen Billiarden"),
    "en": words("hundred thousand million millions billion billions trillion trillions mn bn tn per"),
}
NUMBER_WORDS = {
    "de": words("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert tausend"),
    "en": words("two three four five six seven eight nine ten eleven twelve twenty hundred thousand"),
}
NEGATIONS = {
    "de": words("nicht nichts nie niemals niemand weder ohne kaum kein keine keinem keinen keiner keines nein"),
    "en": words("not no never nobody nothing neither nor without hardly none cannot denied denies deny"),
}
HEDGES = {
    "de": words(
        "angeblich mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher offenbar vermutlich wohl vielleicht soll sollen "
        "sollte sollten könnte könnten dürfte dürften würde würden möglicherweise womöglich wahrscheinlich verdacht "
        "anscheinend vorwurf vorwürfe falls sofern wenn"
    ),
    "en": words(
        "allegedly alleged apparently reportedly may might could would should possibly perhaps presumably probably "
        "suspected suspicion likely if unless expected"
    ),
}
SOURCES = {
    "de": ATTRIBUTIONS | words("so teilt teilte teilten"),
    "en": words(
        "said says say told tells reported reports according claimed claims stated states announced added explained "
        "warned criticised criticized demanded confirmed emphasised stressed argued accused wrote quoted called"
    ),
}
DANGLING_ENDS = {
    "de": FUNCTION_WORDS,
    "en": words(
        "a an the of to in on at by for from with and or but as that which who whose than into over under after "
        "before during between against about is are was were be been has have had will its his her their this these "
        "those not no per more most very such other some any each when while where because if it he she they"
    ),
}
