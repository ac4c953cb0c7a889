"""The parts of a person's name: given names, surname, generation; and whether two names can be one person's.

Rather two entities for one person than one for two: whatever is in doubt is not compatible.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from service.entities.spelling import fold, one_edit_apart, plain, word_set
from service.entities.transliteration import SLAVIC_ENDING

TITLES = word_set(
    "herr frau dr dr. prof prof. präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin minister "
    "ministerin ministerpräsident ministerpräsidentin bundespräsident außenminister außenministerin sir lady lord "
    "general oberst professor doktor senator gouverneur mr mr. mrs mrs. ms ms. papst könig königin kaiser scheich "
    "ajatollah pater bruder schwester graf gräfin kardinal landrat landrätin prinz prinzessin fürst fürstin sheikh "
    "imam rabbiner pfarrer pfarrerin autor autorin regisseur regisseurin schauspieler schauspielerin sänger sängerin "
    "analyst analystin ökonom ökonomin historiker historikerin kronzeuge kronzeugin widersacher rivale rivalin"
)
# "Bundesverkehrsminister", "Polizeisprecherin": offices are compounds, and no given name ends like one.
OFFICE = re.compile(
    r"(?:sprecher|chef|trainer|minister|präsident|direktor|kanzler|meister|bischof|sekretär|kommissar|intendant|"
    r"vorsitzende[rn]?|abgeordnete[rn]?|beauftragte[rn]?|politiker|anwalt|anwält|botschafter|kapitän|forscher|"
    r"experte|expertin|kandidat|professor|psycholog|soziolog|leiter|gouverneur|senator)(?:e?s|e?n|in|innen)?$"
)
PARTICLES = word_set("von vom van zu zur zum de del della der den ten ter di da dos du la le bin ibn al el abu")
GENERATIONS = {
    "junior": "junior", "jun.": "junior", "jun": "junior", "jr.": "junior", "jr": "junior", "jr.,": "junior",
    "senior": "senior", "sen.": "senior", "sen": "senior", "sr.": "senior", "sr": "senior",
}  # fmt: skip
NUMERAL = re.compile(r"^[IVX]+\.?$")
# The same name in Ukrainian and in Russian, as German writes both; of one person only where the surname is Slavic.
UKRAINIAN_AND_RUSSIAN = word_set(
    "ihor=igor oleh=oleg olexandr=alexander oleksandr=alexander olexij=alexej oleksij=alexej serhij=sergej "
    "andrij=andrej dmytro=dmitrij wolodymyr=wladimir mykola=nikolaj mychajlo=michail jewhen=jewgenij "
    "hryhorij=grigorij petro=pjotr pawlo=pawel wassyl=wassilij witalij=vitalij walerij=valerij olena=jelena "
    "kateryna=jekaterina switlana=swetlana tetjana=tatjana julija=julia heorhij=georgij artem=artjom"
)
RUSSIAN_OF_UKRAINIAN = dict(map(fold, pair.split("=")) for pair in UKRAINIAN_AND_RUSSIAN)
# Surnames that Spanish and Portuguese put before a second one: "Edmundo González Urrutia" is "González" for short.
IBERIAN_SURNAMES = word_set(
    "aguilar alvarez cabrera carrasco castillo castro chavez correa cortes delgado diaz dominguez fernandez flores "
    "fuentes garcia gomez gonzalez guerrero gutierrez guzman hernandez herrera iglesias jimenez lopez lozano marquez "
    "martinez medina mendez mendoza molina morales moreno munoz navarro nunez ortega ortiz pena perez prieto ramirez "
    "ramos reyes rodriguez rojas romero rubio ruiz salazar sanchez santana serrano silva suarez torres vargas vazquez"
)
SERVANT_OF = re.compile(r"^abd[aeiu]l")  # Abdel Fattah, Abd al-Fattah, Abdulfattah
ARABIC_ARTICLE = re.compile(r"^(?:al|el|ad|as|asch|ash|an|ar|at|az) (?=.{3})")

FAMILY_FIRST = word_set(
    "kim lee yi ri rhee park pak choi choe jung jeong kang cho yoon yun jang lim han shin sin seo kwon hwang ahn "
    "song ryu yoo yu hong moon mun no roh noh hyon hyun ko go paek baek xi li wang zhang liu chen yang zhao huang "
    "zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng deng mao wen jiang zeng qin han feng tang wei "
    "ding ai bo hua zhao tsai lai chiang chou nguyen tran pham vo"
)
SYLLABLE = re.compile(
    r"(?:[bcdfghjklmnpqrstwxyz]|ch|sh|zh|kw|hw|hy|ky|my|ny|py|ry|kk|tt|pp|jj)?(?:[aeiou]|yo|ya|yu|ye|wo|wa|ae|eo|eu|oo|ee|ou"
    r"|ai|ao|ei|ia|ie|iu|ua|ue|ui|uo|iao|uai|yeo|yeong|oe|wi|wae)(?:ng|n|ck|k|l|m|p|t|h)?"
)
GIVEN_SYLLABLES = re.compile(rf"(?:{SYLLABLE.pattern}){{1,2}}$")


@dataclass(frozen=True, slots=True)
class Person:
    """A name taken apart, its parts folded, so that equal parts are equal names. Short forms have no given names."""

    text: str
    given: tuple[str, ...]
    surname: tuple[str, ...]  # particles included: ("von", "der", "leyen")
    generation: str = ""
    family_first: bool = False

    @property
    def is_full(self) -> bool:
        return bool(self.given)

    @property
    def family(self) -> str:
        """The word that a bucket of possibly equal people shares."""
        return self.surname[0] if self.has_two_surnames else self.surname[-1]

    @property
    def has_two_surnames(self) -> bool:
        return len(self.surname) == 2 and self.surname[0] in IBERIAN_KEYS


@functools.lru_cache(maxsize=8_192)
def parse(text: str) -> Person:
    """Take a name apart. `text` may carry titles; a single word is a surname until the article says otherwise."""
    words = _without_titles(text.split())
    generation = ""
    while len(words) > 1 and (words[-1].lower() in GENERATIONS or NUMERAL.match(words[-1])):
        generation = GENERATIONS.get(words[-1].lower(), words[-1].rstrip(".")) + generation
        words = words[:-1]
    bare = " ".join(words)
    if is_family_first(words):
        syllables = plain(bare).split()
        given = "".join(fold(syllable) for syllable in syllables[1:])
        return Person(bare, (given,), (fold(syllables[0]),), generation, family_first=True)
    keys = tuple(_key(word) for word in words)
    start = _surname_start(words)
    given = keys[:start]
    if SLAVIC_ENDING.search(words[-1].lower().replace("v", "w")):
        given = tuple(RUSSIAN_OF_UKRAINIAN.get(key, key) for key in given)
    return Person(bare, given, keys[start:], generation)


def is_family_first(words: list[str]) -> bool:
    """Korean, Chinese and Vietnamese names: a family name of the list, then one to three short syllables."""
    syllables = plain(" ".join(words)).split()
    if not 2 <= len(syllables) <= 3 or syllables[0] not in FAMILY_FIRST:
        return False
    return all(GIVEN_SYLLABLES.match(syllable) for syllable in syllables[1:])


def surname_of(words: list[str]) -> str:
    """The surname of a whole name, or its last word: "Kim" of Kim Jong Un, "Leyen" of Ursula von der Leyen."""
    return words[0] if is_family_first(words) else words[-1]


def compatible(left: Person, right: Person) -> bool:
    """True when two full names can be one person's writings: same surname, given names equal, shortened or initials."""
    if left.generation != right.generation or left.family_first != right.family_first:
        return False
    if left.family != right.family or not _given_compatible(left.given, right.given):
        return False
    return left.surname == right.surname or left.family_first or len(left.surname) != len(right.surname)


def misspelt(left: Person, right: Person) -> bool:
    """True when two full names differ by one letter where a transcription is easily got wrong.

    Only for Korean and Chinese given names that lost or gained a letter (No Kwang Cho, No Kwang Chol) and for Slavic
    surnames; a German surname with one letter more is another family (Hofmann, Hoffmann).
    """
    if left.generation != right.generation or left.family_first != right.family_first:
        return False
    if left.family_first:
        shorter, longer = sorted((left.given[0], right.given[0]), key=len)
        return left.family == right.family and len(shorter) >= 6 and longer[:-1] == shorter
    if left.surname[:-1] != right.surname[:-1] or not _given_compatible(left.given, right.given):
        return False
    return misspelt_surname(left.text.split()[-1], right.text.split()[-1])


def misspelt_surname(left: str, right: str) -> bool:
    """One letter apart, long, and both Slavic by their endings."""
    first, second = fold(left), fold(right)
    both_slavic = all(SLAVIC_ENDING.search(word.lower().replace("v", "w")) for word in (left, right))
    return both_slavic and min(len(first), len(second)) >= 7 and first[0] == second[0] and one_edit_apart(first, second)


def _given_compatible(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """One list begins the other, where an initial stands for any name that it begins."""
    if "".join(left) == "".join(right):
        return True
    return all(_same_given(first, second) for first, second in zip(left, right, strict=False))


def _same_given(left: str, right: str) -> bool:
    if len(left) == 1 or len(right) == 1:
        return left[:1] == right[:1]
    return left == right


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and is_title(words[0]):
        words = words[1:]
    return words


def is_title(word: str) -> bool:
    """An office or form of address, inflected or not: "Senator", "Senators", "Präsidenten"."""
    lower = word.lower()
    return any(lower.removesuffix(ending) in TITLES for ending in ("", "s", "en", "n")) or bool(OFFICE.search(lower))


def _surname_start(words: list[str]) -> int:
    """Where the surname begins: at the first particle, at the first of two Iberian surnames, or at the last word."""
    for at, word in enumerate(words[:-1]):
        if word.lower() in PARTICLES:
            return at
    last = len(words) - 1
    return last - 1 if last and plain(words[-2]) in IBERIAN_SURNAMES else last


def _key(word: str) -> str:
    bare = SERVANT_OF.sub("abd", ARABIC_ARTICLE.sub("", plain(word)))
    return fold(bare).replace(" ", "").replace(".", "")


IBERIAN_KEYS = frozenset(map(_key, IBERIAN_SURNAMES))
