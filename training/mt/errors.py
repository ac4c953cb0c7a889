"""What stops the recipe: one clear line, and no checkpoint lost."""

from __future__ import annotations

import sys
from collections.abc import Callable


class RecipeError(Exception):
    """The recipe cannot go on; the message is one line a person can act on."""


def run_step(name: str, step: Callable[[], None]) -> int:
    """Run one step of the recipe; a RecipeError or an operating-system error becomes one line on standard error."""
    try:
        step()
    except (RecipeError, OSError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
    return 0
