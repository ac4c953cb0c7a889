"""Words that say whose words these are, German beside English, as regular expressions."""

from __future__ import annotations

from typing import Final

# Verbs of saying, as they stand in news: past, present, participle, and the split verb whose particle comes later.
GERMAN_SAYING: Final = (
    r"sag(?:t|te|ten)(?! (?:[^.,;:!?]{0,60} )?(?:ab|zu|aus)\b)",
    r"(?<!zu )sagen", r"erklär(?:t|te|ten)", r"teil(?:t|te|ten) [^.,;:!?“”„]{0,120}?\bmit",
    r"mit(?:ge)?teil(?:t|te|ten)", r"bericht(?:et|ete|eten|en)", r"meld(?:et|ete|eten|en)", r"beton(?:t|te|ten|en)",
    r"behaupt(?:et|ete|eten|en)", r"hieß es", r"heißt es", r"schrieb(?:en)?(?![^.,;:!?]{0,80}\bvor\b)",
    r"schreibt(?![^.,;:!?]{0,80}\bvor\b)", r"äußer(?:t|te|ten)",
    r"(?<!sich )(?<!im amt )bestätig(?:t|te|ten)", r"kündig(?:t|te|ten) [^.,;:!?“”„]{0,120}?\ban",
    r"ankündig(?:t|te|ten)", r"angekündigt", r"verkünd(?:et|ete|eten)",
    r"gab(?:en)? [^.,;:!?“”„]{0,120}?\ban", r"ergänz(?:t|te|ten)",
    r"füg(?:t|te|ten) [^.,;:!?“”„]{0,120}?\bhinzu", r"zitier(?:t|te|ten)", r"versicher(?:te|ten)",
    r"beteuer(?:t|te|ten)", r"räum(?:t|te|ten) ein", r"argumentier(?:t|te|ten)", r"mein(?:te|ten)",
    r"twitter(?:t|te|ten)", r"sprach(?:en)? von", r"kritisier(?:t|te|ten)", r"warn(?:t|te|ten)",
    r"wies(?:en)? [^.,;:!?“”„]{0,120}?\bzurück", r"dementier(?:t|te|ten)", r"lob(?:t|te|ten)",
    r"unterst(?:rich|richen)", r"prophezei(?:t|te|ten)", r"antwort(?:et|ete|eten)",
    r"stell(?:t|te|ten) [^.,;:!?“”„]{0,120}?\bklar", r"veröffentlichte? .*?mitteilung",
)  # fmt: skip
GERMAN_SOURCE: Final = (
    r"(?<!so )laut(?= (?:(?-i:[A-ZÄÖÜ„\"»])|(?:de[rmn]|\w+e[rmn]) ))", r"zufolge",
    r"(?<!rang )(?<!rang er )(?<!rang sie )nach (?:\w+ )?(?:angaben|worten|ansicht|meinung|auffassung"
    r"|einschätzung(?:en)?|informationen|auskunft|darstellung|aussagen?|erkenntnissen|überzeugung|berichten)",
    r"(?<=, )so (?-i:[A-ZÄÖÜ])\w+", r"\w*angaben zufolge", r"\w*angaben nach", r"unter berufung auf", r"aus sicht",
    r"nach eigenen angaben",
)  # fmt: skip

# Konjunktiv I that no other form looks like; "ich habe" is the indicative and is left out by the check.
SUBJUNCTIVE: Final = (
    r"sei(?:en)?", r"habe", r"werde", r"könne", r"müsse", r"solle", r"dürfe", r"wolle", r"möge", r"wisse", r"gebe",
    r"gehe", r"komme", r"stehe", r"bleibe", r"lasse", r"sehe", r"liege", r"halte", r"brauche", r"nehme", r"finde",
    r"handele", r"handle", r"mache", r"zeige", r"führe", r"gelte", r"bedeute", r"spreche", r"versuche", r"gehöre",
    r"erwarte", r"fehle", r"bestehe",
)  # fmt: skip
# Subjunctives that report nobody's words: wishes, concessions, comparisons, set phrases.
SUBJUNCTIVE_IDIOMS: Final = (
    r"es sei denn", r"sei es", r"wie dem auch sei", r"als (?:sei|habe|werde|könne|wolle|solle)(?:en)?",
    r"als ob [^,.;]*", r"als wenn [^,.;]*", r"ganz gleich[^,.;]*", r"koste es", r"möge[n]?",
    r"sei (?:erwähnt|gesagt|angemerkt|hinzugefügt|betont)", r"sei dank", r"gott sei", r"damit [^,.;]*",
)  # fmt: skip

ENGLISH_SAYING: Final = (
    r"sa(?:id|ys?|ying)", r"t(?:old|ells?|elling)", r"according to", r"accordingly", r"twitter\w*",
    r"press(?:ed|es) for", r"stat(?:ed|ing)", r"(?<!the )(?<!united )(?<!member )(?<!us )states",
    r"continu(?:es|ed)", r"predict\w*", r"gave", r"speaks? of", r"spoke of",
    r"call(?:s|ed) (?:it|him|her|them|this|that|the)", r"talked of", r"asked", r"shared", r"inform(?:s|ed)",
    r"expressed", r"answered", r"announc\w+", r"report\w*", r"claim\w*", r"alleg\w+", r"explain\w*",
    r"add(?:s|ed|ing)", r"stress\w*", r"emphasi[sz]\w+", r"note[sd]?", r"noting", r"wr(?:ote|ites?|iting|itten)",
    r"declar\w+", r"confirm\w*", r"insist\w*", r"argu(?:e|es|ed|ing)", r"maintain\w*", r"warn\w*", r"mention\w*",
    r"point(?:s|ed|ing) out", r"remark\w*", r"comment\w*", r"assert\w*", r"assur\w+", r"assert\w*",
    r"repl(?:y|ies|ied|ying)", r"quot\w+", r"cit(?:es|ed|ing|e)", r"in (?:the )?(?:view|opinion|words|eyes)",
    r"in \w+ (?:view|opinion|words|eyes|estimation)", r"apparently", r"supposed\w*", r"describ\w+", r"demand\w*",
    r"critici[sz]\w+", r"prais\w+", r"promis\w+", r"accus\w+", r"reveal\w*", r"testif\w+", r"den(?:y|ies|ied|ying)",
    r"conced\w+", r"admit\w*", r"acknowledg\w+", r"contend\w*", r"opin(?:es|ed)", r"tweet(?:s|ed|ing)",
    r"conclud\w+", r"recall\w*", r"urg(?:es|ed|ing)", r"call(?:s|ed)? for", r"disclos\w+", r"clarif\w+", r"affirm\w*",
    r"protest(?:s|ed)", r"indicat(?:es|ed)", r"officially", r"seem(?:s|ed|ingly)",
    r"(?:statement|letter|report) reads?", r"one \w+ read", r"pled|plead(?:s|ed)",
    r"underlin\w+", r"highlight\w*", r"relat(?:es|ed)", r"recount\w*", r"put it", r"as far as", r"goes on",
    r"reject\w*", r"repeat(?:s|ed)", r"reiterat\w+", r"lament\w*", r"let it be known",
    r"made (?:it )?(?:clear|known|public)", r"pass(?:es|ed) on", r"specif(?:y|ies|ied)", r"observ(?:es|ed)",
)  # fmt: skip
# What can carry reported speech without a verb of saying: a conditional, or a verb of thinking.
ENGLISH_DISTANCE: Final = (
    r"would", r"could", r"might", r"should", r"had", r"was", r"were", r"believ\w+", r"think\w*", r"thought",
    r"feel\w*", r"felt", r"fear\w*", r"hop(?:es|ed|ing|e)", r"expect\w*", r"convinced", r"assum\w+", r"know\w*",
    r"knew", r"suspect\w*", r"consider\w*", r"seem\w*", r"find\w*", r"found", r"understand\w*", r"learn\w*",
    r"see[s]?", r"whether", r"allegation\w*", r"question\w*", r"impression", r"idea", r"reason\w*", r"doubt\w*",
    r"certain\w*", r"sure", r"mean(?:s|ing)?", r"view(?:s|ed)?", r"agree\w*", r"decid\w+", r"want(?:s|ed)?",
    r"show(?:s|ed|n)?", r"accept\w*", r"fact that", r"did", r"as if", r"must", r"will", r"plan(?:s|ned)?",
)  # fmt: skip
