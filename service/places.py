"""Where the files lie that the service reads beside its code."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = ROOT / "openapi.yaml"
SEEDS = ROOT / "seeds"
MODELS = ROOT / "models"
