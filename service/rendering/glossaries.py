"""Renders stored glossaries."""

from __future__ import annotations

from service.entities.model import GlossaryEntry
from service.rendering.documents import Json
from service.store.glossaries import StoredGlossary


def stored_glossary_json(stored: StoredGlossary) -> Json:
    """What is known of a glossary without its entries."""
    return {"name": stored.name, "version": stored.version, "size": stored.size, "changed": stored.changed}


def entry_json(entry: GlossaryEntry) -> Json:
    return {"de": entry.de, "en": entry.en, "type": entry.type}
