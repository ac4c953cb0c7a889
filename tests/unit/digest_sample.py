"""Short articles: two of one flood, and one that shares nothing with them."""

FLOOD = (
    "Nach dem Hochwasser in Passau haben mehr als 2.000 Menschen ihre Wohnungen verlassen müssen. "
    "Die Feuerwehr pumpte in der Nacht zahlreiche Keller aus. Der Freistaat sagte schnelle Hilfe zu."
)
FLOOD_TOO = (
    "Die Pegel der Donau sinken wieder. Wegen des Hochwassers mussten in Passau rund 1.500 Menschen ihre Wohnungen "
    "verlassen. Ministerin Anna Berg besuchte die Altstadt."
)
FOOTBALL = "Der Torwart wechselt im Sommer nach Bremen. Der Vertrag läuft drei Jahre, teilte der Verein mit."
