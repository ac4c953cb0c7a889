"""German words that no English sentence holds, except inside a name or a quoted title."""

from __future__ import annotations

from typing import Final

# Frequent German words that are no English ones: "war", "die", "in", "so" and the like are left out.
GERMAN_ONLY: Final = frozenset({
    "und", "der", "das", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "ist", "sind", "nicht",
    "mit", "auf",
    "auch", "von", "vom", "zum", "zur", "für", "über", "nach", "bei", "beim", "aus", "durch", "sich", "wird",
    "wurde", "wurden",
    "werden", "worden", "haben", "hatte", "hatten", "sein", "seine", "seinen", "seiner", "ihre", "ihren", "ihrer",
    "ihrem",
    "sie", "wir", "ihr", "ihm", "ihn", "ich", "dass", "daß", "aber", "oder", "noch", "schon", "sehr", "nur", "mehr",
    "kein",
    "keine", "keinen", "wenn", "weil", "dieser", "diese", "dieses", "diesen", "diesem", "einige", "viele",
    "zwischen", "gegen",
    "ohne", "unter", "wieder", "immer", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    "jahr",
    "jahre", "jahren", "heute", "gestern", "sagte", "sagt", "erklärte", "laut", "zufolge", "soll", "sollen", "kann",
    "können",
    "könnte", "muss", "müssen", "wollen", "möchte", "würde", "würden", "sowie", "bereits", "damit", "jedoch",
    "zudem", "sondern",
    "während", "seit", "vor", "wegen", "etwa", "rund", "etwas", "alle", "allen", "andere", "anderen", "neue",
    "neuen", "ersten",
    "letzten", "ihnen", "uns", "unsere", "mich", "dich", "mir", "dir", "euch", "nichts", "jetzt", "hier", "dort",
    "wo", "wer",
    "warum", "als", "wie", "zu", "um", "im", "am", "bis", "ab",
})  # fmt: skip
# English holds these too, but only as a name or a foreign word; one alone proves nothing.
WEAK: Final = frozenset({
    "und", "der", "das", "des", "im", "am", "um", "ab", "zu", "als", "wie", "vor", "wo", "uns", "mir", "dir", "bis",
    "alle", "ist",
    "von", "vom", "dem", "sich", "ein", "eine", "sein", "ihr", "sie", "unter", "etwas", "acht", "rund", "wir", "für",
    "auf",
})  # fmt: skip
# Houses, streets and societies are called by such words, and keep them: the Friedenskirche, the Deutsches Theater.
PLACES: Final = (
    "allee", "amt", "autobahn", "bahnhof", "berg", "brücke", "bund", "burg", "dorf", "feld", "garten", "gasse", "halle",
    "haus", "heim", "hilfe", "hof", "hügel", "insel", "kirche", "kreis", "markt", "museum", "park", "platz", "pokal",
    "ring", "schloss", "schule", "see", "stadion", "stadt", "stiftung", "straße", "strasse", "tag", "tal", "theater",
    "tor", "turm", "ufer", "verein", "verlag", "viertel", "wald", "weg", "werk", "zeitung",
)  # fmt: skip
