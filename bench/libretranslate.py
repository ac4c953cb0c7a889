"""LibreTranslate serving our weights, to measure it beside our service.

    python -m bench.libretranslate VENV     # once: installs LibreTranslate into a virtual environment of its own

Its packages are zip files that it unpacks; `write_home` lays one out from our model's folder, with sentencepiece and a
splitter of sentences by spaCy's rules, so that nothing is fetched when it runs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

REQUIREMENTS = ("libretranslate==1.9.6", "spacy==3.8.18")
PAIRS = (("de", "German", "en", "English"), ("en", "English", "de", "German"))  # with one alone it looks for more

# What an operator would set for this machine: greedy, whole paragraphs in a batch, a worker for each core.
TUNED = {"ARGOS_BEAM_SIZE": "1", "ARGOS_BATCH_SIZE": "1024", "ARGOS_INTER_THREADS": "2", "ARGOS_INTRA_THREADS": "1"}


def install(folder: Path) -> None:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS], check=True)


def write_home(model: Path, home: Path) -> dict[str, str]:
    """Lay out what LibreTranslate looks for in a home directory; returns the environment that leads it there."""
    data, cache = home / "data", home / "cache"
    for source, source_name, target, target_name in PAIRS:
        package = data / f"argos-translate/packages/translate-{source}_{target}-1_0"
        shutil.copytree(model, package / "model")
        shutil.copy(model / "source.spm", package / "sentencepiece.model")
        end_in_model(package / "model/config.json")
        metadata = {
            "package_version": "1.0", "argos_version": "1.9", "from_code": source, "from_name": source_name,
            "to_code": target, "to_name": target_name,
        }  # fmt: skip
        (package / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
        write_splitter(package / "spacy")
    fetched = cache / "argos-translate/spacy/senter/model"  # it would fetch one, though the package has its own
    fetched.parent.mkdir(parents=True)
    fetched.touch()
    return {
        "HOME": str(home), "XDG_DATA_HOME": str(data), "XDG_CACHE_HOME": str(cache),
        "XDG_CONFIG_HOME": str(home / "config"), "ARGOS_CHUNK_TYPE": "SPACY",
    }  # fmt: skip


def end_in_model(config: Path) -> None:
    """Its tokeniser gives no `</s>`; ours does, so our model does not add one."""
    settings = json.loads(config.read_text(encoding="utf-8"))
    config.write_text(json.dumps({**settings, "add_source_eos": True}), encoding="utf-8")


def write_splitter(folder: Path) -> None:
    import spacy

    spacy.blank("de").to_disk(folder)


def command(python: Path, port: int) -> list[str]:
    program = "import sys; from libretranslate.main import main; sys.exit(main())"
    options = ["--host", "127.0.0.1", "--port", str(port), "--load-only", "de,en", "--disable-web-ui"]
    return [str(python), "-c", program, *options]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    install(parser.parse_args().folder)
    print(f"LibreTranslate is installed; name {sys.argv[1]} with --libretranslate", file=sys.stderr)


if __name__ == "__main__":
    main()
