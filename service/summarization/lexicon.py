"""The German words that choosing sentences looks at, as data."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


FUNCTION_WORDS = words(
    """
    ab aber abermals acht alle allein allem allen aller allerdings alles als also am an ander andere anderem
    anderen anderer anderes anders auch auf aus außer außerdem außerhalb bald bei beide beiden beider beim
    bereits berichtet berichtete berichteten besonders besser bevor bin bis bisher bist bleibt bzw da dabei
    dadurch dafür dagegen daher dahin damals damit danach daneben dann daran darauf daraus darf darin darüber
    darum darunter das dass davon davor dazu dein deine dem demnach den denen denn dennoch der deren derzeit des
    deshalb dessen desto dich die dienstag dies diese dieselbe diesem diesen dieser dieses dir doch donnerstag
    dort drei dreimal du durch dürfen durfte ebenfalls ebenso ehe eher eigen eigene ein eine einem einen einer
    eines einige einigen einiger einmal eins er erklärt erklärte erst erste ersten es etwa etwas euch euer eure
    falls fast freitag fünf für gab ganz gar gebe geben gegen gegenüber gehen geht gibt gilt gleich gut habe
    haben hast hat hatte hätte hatten hätten her heute hier hin hinter ihm ihn ihnen ihr ihre ihrem ihren ihrer
    ihres im immer in indem infolge innerhalb ins inzwischen ist ja jahr jahre jahren jede jedem jeden jeder
    jedes jedoch jene jenem jenen jener jenes jetzt kam kann kaum kein keine keinem keinen keiner knapp kommen
    kommt könne können konnte könnte konnten könnten künftig lassen laut lediglich letzte letzten machen macht
    man mehr mehrere mein meine meinem meinen meiner meist mich mir mit mittlerweile mittwoch möglich montag
    muss müsse müssen musste müsste mussten nach nachdem nächste nächsten nämlich neben neue neuen neuer nicht
    nichts noch nun nur ob oben obwohl oder offenbar ohne rund sagt sagte sagten samstag sechs sehr sei seien
    sein seine seinem seinen seiner seines seit seitdem seither selbst sich sie sieben sieht sind so sogar
    solche solchem solchen solcher soll solle sollen sollte sollten somit sondern sonntag sonst sowie später
    statt stehen steht teilte trotz trotzdem über überhaupt uhr um und uns unser unsere unserem unseren unter
    viel viele vielen vielleicht vier vom von vor vorerst wann war waren warum was weder weg wegen weil weit
    weiter weitere weiteren weiterhin welche welchem welchen welcher welches wenig wenige weniger wenn wer werde
    werden wie wieder wieso will wir wird wo wobei wohl wolle wollen wollte wollten worden würde wurde würden
    wurden zehn zu zudem zuerst zufolge zuletzt zum zunächst zur zurück zusammen zuvor zwar zwei zweite zweiten
    zwischen
    """
)

# A sentence that starts with one of these continues the sentence before it.
CONNECTIVES = words(
    """
    aber allerdings also andererseits andernfalls anschließend auch aufgrunddessen außerdem ausserdem beide
    beides dabei dadurch dafür dagegen daher dahinter damit danach daneben dann daran darauf daraufhin daraus
    darin darüber darum darunter davon davor dazu dazwischen demgegenüber demnach demzufolge denn dennoch deren
    derweil deshalb dessen deswegen doch dort dorthin ebenfalls ebenso einerseits entsprechend ersterer ferner
    folglich gleichwohl gleichzeitig hier hinzu hierbei hierfür hierzu hingegen immerhin indes indessen infolgedessen
    insgesamt insofern jedenfalls jedoch letztere letzterer mithin nachher nämlich nichtsdestotrotz oder
    schließlich seitdem seither so sodann solche solcher solches somit sonst stattdessen trotzdem überdies
    umgekehrt und unterdessen vielmehr vorher währenddessen weiter weiterhin weiters wiederum zudem zugleich
    zumal zuvor zwar
    """
)

# "So" and the like only lean when nothing that they announce follows: "Nur drei Abgeordnete" stands on its own.
FREE_BEFORE_A_NOUN = words("auch insgesamt schließlich so zwar hier weiter")

PERSONAL_PRONOUNS = words("er sie ihm ihn ihnen ihr letzterer letztere ersterer erstere derselbe dieselbe")
POSSESSIVES = words("sein seine seinem seinen seiner seines ihr ihre ihrem ihren ihrer ihres")
DEMONSTRATIVES = words("dies diese diesem diesen dieser dieses jene jenem jenen jener jenes derlei derartige solch")
DEMONSTRATIVE_ARTICLES = words("der die das dem den")

# "Das war", "Die hatten": an article right before a verb stands for a noun said before.
FINITE_VERBS = words(
    """
    bedeutet dürfte dürften galt geht gilt ging habe haben hat hatte hätte hatten hätten heißt hieß ist kann
    könne können konnte könnte konnten könnten macht machte muss müsse müssen musste sagt sagte sei seien sind
    soll sollen sollte sollten war wäre waren wären werde werden will wird wollen wollte wurde würde wurden
    würden zeigt
    """
)

# "Es gab Streit" speaks of nothing said before, "Es gilt als", "Es umfasst" do.
IMPERSONAL_VERBS = words(
    """
    bedarf bestand bestehe bestehen besteht bleibe bleibt blieb brennt dauert dauerte fehlen fehlt fehlte folgen
    folgt folgte gab gäbe gebe gehe geht gibt ging handelt handelte handle heiße heißt herrscht herrschte hieß
    ist kam kamen komme kommen kommt läuft liegt mangelt regnete scheine scheint schien schneite sei seien sieht
    sind stand steht stellte war waren werde werden wird wurde wurden zeichnet zeigt zeigte
    """
)

# "Diese Woche", "dieses Jahr" point to the day of the report, not to a sentence.
TIME_NOUNS = words(
    """
    dienstag donnerstag freitag frühjahr frühling herbst jahr jahre jahres jahrhundert jahrzehnt mittwoch monat
    monate monats montag saison samstag sommer sonntag tage tagen winter woche wochen wochenende
    """
)

# Anywhere in a sentence these point back.
LEANING_PHRASES = (
    "im gegenzug",
    "demnach",
    "daraufhin",
    "am selben tag",
    "am gleichen tag",
    "der mitteilung zufolge",
    "dem bericht zufolge",
    "laut der mitteilung",
    "zum abschied",
    "im anschluss",
    "unterdessen",
    "stattdessen",
    "hingegen",
    "im weiteren verlauf",
    "einem solchen",
    "einen solchen",
    "einer solchen",
    "eine solche ",
    "ein solcher",
    "ein solches",
    "nannte es ",
    "nannte dies ",
    "nannte das ",
)

# "Auslöser war ein Kurzschluss": of what, the sentence before says.
OF_WHAT = words("anlass auslöser ergebnis folge folgen grund gründe hintergrund ursache ursachen ziel ziele")
BEING = words("ist sind war waren sei seien dafür hierfür")

# In a main clause these set it against a sentence before.
CONTRASTS = words("allerdings dagegen dennoch deshalb deswegen indes indessen jedoch trotzdem")

# Konjunktiv I: the form alone says that somebody else's words are reported.
REPORTING_MOOD = words(
    """
    bedeute bestehe betrage biete bleibe brauche bringe drohe dürfe finde führe gebe gehe gelte habe halte
    handele handle komme könne lasse liege möge müsse nehme sehe sei seien solle spreche stehe trage werde wisse
    wolle zeige
    """
)

# Konjunktiv II does the same where no condition is named.
REPORTING_PAST = words("hätten wären")
CONDITIONS = words("wenn falls ohne sonst fast beinahe gern gerne lieber müssen sollen können dürfen ob als")

# "Klingbeil widersprach ihr": whoever does it is not the one to whom it is done.
OBJECT_PRONOUNS = words("ihm ihn ihnen ihr")
ARTICLES = words("der die das den dem des ein eine einen einem einer eines")
# "ihr" before one of these, or at the end, is no "ihr Haus".
AFTER_OBJECT = words(
    "am an auf aus bei dabei daraufhin für gegen im in mit nach nicht nun über um von vor wegen zu zum zur"
)

# Outside of quotation marks these are somebody's words, and who says them stands elsewhere.
FIRST_PERSON = words("ich mich mir mein meine meinem meinen meiner wir uns unser unsere unserem unseren unserer")

SAYING = words(
    "betont betonte erklärt erklärte fordert forderte kritisiert kritisierte meint meinte sagt sagte so warnt warnte"
)
# "sagte der CDU-Chef": of the many who are so called, the sentence before says which; there is but one pope.
ROLES = tuple(
    words(
        """
        abgeordnete abgeordneter anwalt anwältin chef chefin direktor direktorin experte expertin forscher forscherin
        geschäftsführer geschäftsführerin kommissar kommissarin leiter leiterin manager managerin minister ministerin
        politiker politikerin professor professorin präsident präsidentin sprecher sprecherin trainer trainerin
        vorsitzende vorsitzender
        """
    )
)
ONLY_ONE = words("bundespräsident bundespräsidentin us-präsident us-präsidentin")

# "Das entspricht", but also "entspricht das einem Zehntel": before these "das" is no article.
AFTER_PRONOUN_DAS = words("ein eine einem einen einer der dem den nicht auch aber für in auf mit zu bei von vor wie")

# A clause with one of these hangs on the verb of saying in the same sentence.
REPORT_CLAUSES = words("dass daß ob wonach")

ATTRIBUTIONS = words(
    """
    angaben angekündigt angeregt anregte ansicht argumentiert argumentierte auffassung aufgefordert äußerte
    äußerten aussage aussagen befürchten befürchtet begründete begründeten behaupten behauptet behauptete
    bekanntgegeben beklagt beklagte bekräftigte bericht berichten berichtet berichtete berichteten berichts
    beschuldigt beschuldigte bestätigt bestätigte bestätigten bestreitet bestritt beteuerte betont betonte
    betonten bezeichnete bezeichneten bezifferte dementiert dementierte einschätzung einschätzungen entgegnete
    entschied ergänzte ergänzten erkläre erklären erklärt erklärte erklärten erklärung erläutert erläuterte
    erwiderte festgestellt fordern fordert forderte forderten fragte fragten fürchten fürchtet geäußert
    gefordert gesagt geschworen gewarnt glaubt heiße heißt hieß informierte kritisiert kritisierte kritisierten
    kündigt kündigte kündigten laut meint meinte meinten meinung meldet meldete meldeten mitgeteilt mitteilte
    mitteilung plädiert plädierte rät riet sagen sagt sagte sagten schätzt schätzte schreibt schrieb schrieben
    unterstrich urteilte verkündete verlangt verlangte vermutet versichert versicherte versprach vertrat
    vertritt verwies verwiesen vorgeworfen vorwarf warnt warnte warnten wonach wünschte zitiert zitierte zufolge
    """
)

# These say whose words follow only where words follow: "gab zu bedenken", "sieht keine Gefahr".
LOOSE_ATTRIBUTIONS = words(
    """
    bat bekannt bitte dachte denkt erwarten erwartet fand findet fügte gab gaben gibt hoffe hofft hoffte hofften
    lobte nannte nennt räumte rechnet sah sieht sprach sprechen spricht teilt teilte teilten überzeugt urteil
    warf warfen wies wirft zeigte
    """
)

# Lines that belong to the page, not to the report.
BOILERPLATE_OPENINGS = (
    "foto:",
    "fotos:",
    "bild:",
    "bilder:",
    "quelle:",
    "quellen:",
    "grafik:",
    "video:",
    "stand:",
    "aktualisiert",
    "lesen sie",
    "mehr zum thema",
    "zum thema",
    "siehe auch",
    "von unserem korrespondenten",
    "dieser artikel",
    "dieser text",
    "anzeige",
    "newsletter",
    "copyright",
    "©",
    "(c)",
    "weitere informationen",
    "melden sie sich",
    "abonnieren sie",
)
