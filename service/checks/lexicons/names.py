"""Names that share few letters across the two languages, and capitalised English words that are no names."""

from __future__ import annotations

from typing import Final

# Start of a capitalised English word: starts of the German words that it may translate.
COUNTERPARTS: Final[dict[str, tuple[str, ...]]] = {
    english: tuple(german.split())
    for english, german in (
        line.split(": ")
        for line in """\
aegean: ägäi
afghan: afghan
africa: afrika südafrika
ai: ki
albania: alban
alpine: alp
alps: alp
america: amerika us usa vereinigt
arab: arab saudi
armen: armen
asia: asia asien ostasien
athen: athen
atlantic: atlanti
austral: austral
austria: österreich oesterreich austria wien
balkan: balkan
baltic: ostsee balt
basque: bask
bavaria: bayer bayr
beijing: peking beijing
belarus: belarus weißruss
belgi: belgi
black: schwarz
bosnia: bosni
brazil: brasil
brexit: brexit austritt
brit: brit großbrit vereinigt
british: brit großbrit vereinigt london
brussels: brüssel
bulgar: bulgar
bundesliga: bundesliga liga oberhaus
canad: kanad
canary: kanar
caribbean: karib
carinthia: kärnt
catal: katal
catholic: kathol
ceo: chef vorstand geschäftsführ ceo
chad: tschad
chancell: kanzler
chechen: tschetschen
china: chin peking
chinese: chin
christian: christ
christmas: weihn advent
cold: kalt
cologne: köln
colombia: kolumb
corona: corona covid
covid: corona covid
crimea: krim
croat: kroat
cuba: kuba
cypr: zyper zypr
czech: tschech
dane: dän
danish: dän
danube: donau
denmark: dän
dna: dns dna erbgut
dutch: niederländ holländ
east: ost
easter: oster
eastern: ost
ecb: ezb
egypt: ägypt kairo
england: engl notenbank
english: engl
estonia: estn estl esten
ethiop: äthiop
eu: eu europ
eur: euro
europe: europ eu
facebook: facebook
fbi: fbi bundespolizei
fed: fed notenbank
finland: finn
finn: finn
france: franz frankreich
franconia: frank fränk
french: franz frankreich
gdp: bip bruttoinland
geneva: genf
georgia: georgi
german: deutsch brd bundes german republik inland ausland hierzuland
god: gott gött
greece: griech
greek: griech
greenland: grönl
hess: hess
hiv: hiv aids
holland: niederl holl
hungar: ungar
iceland: isländ island
imf: iwf
india: indi inder indisch
ioc: iok ioc
iran: iran
iraq: irak
ireland: irl iris
irish: iris irl iren
islam: islam muslim is
israel: israel
it: it edv
ital: ital
japan: japan
jew: jüd jud
jordan: jordan
kenya: kenia
kingdom: brit großbrit vereinigt königreich
korea: korea
kurd: kurd
kyiv: kiew kyjiw
latin: latein
latvia: lett
lebanes: libanes
lebanon: libanon
libya: liby
lisbon: lissabon
lithuan: litau
lower: nieder unter
mediterranean: mittelmeer
mexic: mexik
milan: mailand mailänd
moldov: moldau moldaw
morocc: marokk
moscow: moskau
munich: münch
muslim: muslim islam
napoli: neapel neapol
nations: vereint nation uno un
nato: nato
nazi: nazi ns national
neapolitan: neapel neapol
netherlands: niederl holland
ngo: nichtregierung ngo
nigeria: nigeria
north: nord
northern: nord
norw: norw
nuremberg: nürnb
pacific: pazifi
pakist: pakist
palatinate: pfalz pfälz
palestin: palästin
pc: pc rechner computer
pentecost: pfingst
poland: pole poln
pole: pole polin poln
polish: poln pole
pope: papst
portug: portug
prague: prag
protestant: evangel protest
pruss: preuß
quran: koran
rhine: rhein
roman: rom röm
romania: rumän
rome: rom röme
russia: russ moskau kreml
saudi: saudi
saxon: sachs sächs
saxony: sachs sächs
scot: schott
serb: serb
slovak: slowak
sloven: slowen
somal: somal
south: süd
southern: süd
spain: spani
spani: spani
ss: ss
states: us usa amerika staaten mitglied länder
styria: steier steir
sudan: sudan
supersonic: überschall
suv: geländewagen suv
swabia: schwab schwäb
swed: schwed
swiss: schweiz eidgenöss
switzerland: schweiz
syria: syr
thuringia: thüring
tunis: tunes tunis
turk: türk
tyrol: tirol
uk: brit großbrit vereinigt uk
ukrain: ukrain
un: un uno vereint
united: us usa amerika vereint vereinigt uno un großbrit brit uefa
upper: ober
us: us usa amerika vereinigt
usa: us usa amerika vereinigt
usd: dollar
vascular: gefäß
venetian: venez venedig
vienn: wien
wales: wales walis
warsaw: warschau
welsh: walis
west: west
western: west
whit: pfingst
white: weiß
who: who weltgesundheit
wwii: weltkrieg
yemen: jemen
zurich: zürich zürch
""".splitlines()
    )
}

# Capitalised in English by rule, never a name that could come from nowhere.
NEVER_A_NAME: Final = frozenset({
    "am", "april", "august", "christmas", "december", "dr", "easter", "english", "february", "friday",
    "fridays", "german", "i", "ii", "iii", "internet", "iv", "january", "july", "june", "march", "may",
    "monday", "mondays", "mr", "mrs", "ms", "november", "october", "ok", "pm", "prof", "saturday", "saturdays",
    "september", "sir", "st", "sunday", "sundays", "thursday", "thursdays", "tuesday", "tuesdays", "tv", "web",
    "wednesday", "wednesdays",
})  # fmt: skip
