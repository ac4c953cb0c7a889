"""Average the weights of several checkpoints (Vaswani et al. 2017): often better than any of them.

    python -m training.mt.average build/mt/run/*.pt --out build/mt/averaged.pt

The trainer keeps a moving average of its own (`average.pt`); this is for checkpoints of several stretches.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from training.mt import checkpoint
from training.mt.errors import RecipeError, run_step


def average(paths: list[Path], out: Path) -> None:
    states = [checkpoint.load(path) for path in paths]
    if any(state["shape"] != states[0]["shape"] for state in states):
        raise RecipeError("the checkpoints have different shapes or vocabularies")
    master = {name: torch.stack([state["master"][name] for state in states]).mean(0) for name in states[0]["master"]}
    torch.save({"shape": states[0]["shape"], "master": master}, out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    return run_step("average", lambda: average(arguments.checkpoints, arguments.out))


if __name__ == "__main__":
    sys.exit(main())
