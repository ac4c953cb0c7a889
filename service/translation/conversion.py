"""Convert a Hugging Face Marian checkpoint into a CTranslate2 model folder.

    python -m service.translation.conversion CHECKPOINT FOLDER --quantization int8

FOLDER then holds all that `loading.load_engine` needs: the weights, and `source.spm`, `target.spm`, `vocab.json` as
they were. Needs the extra `reference` (torch and transformers); running the converted model does not.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

QUANTIZATIONS = ("int8", "int8_float32", "int16", "float32")
TOKENIZER_FILES = ("source.spm", "target.spm", "vocab.json")
CARRIED_FILES = (*TOKENIZER_FILES, "MODEL_CARD.md", "LICENSE")
# Where opus-mt's "transformer-align" models and ours learn word alignment (Garg et al. 2019): last layer, first head.
ALIGNMENT_LAYER = -1
ALIGNMENT_HEADS = 1


class ConversionError(Exception):
    """The checkpoint cannot be converted; the message is one line a person can act on."""


def convert(
    checkpoint: Path,
    folder: Path,
    quantization: str = "int8",
    alignment_layer: int = ALIGNMENT_LAYER,
    alignment_heads: int = ALIGNMENT_HEADS,
) -> Path:
    """Write the CTranslate2 form of `checkpoint` to `folder`, which must not exist; all of it or nothing."""
    _check(checkpoint, folder)
    converter = _converter(checkpoint, alignment_layer, alignment_heads)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        made = Path(temporary) / "model"
        try:
            converter.convert(str(made), quantization=quantization)
        except ConversionError:
            raise
        except Exception as error:  # torch, safetensors and transformers have each their own
            raise ConversionError(f"{checkpoint}: {error}") from error
        for name in CARRIED_FILES:
            if (checkpoint / name).is_file():
                shutil.copyfile(checkpoint / name, made / name)
        made.rename(folder)
    return folder


def _check(checkpoint: Path, folder: Path) -> None:
    missing = [name for name in ("config.json", *TOKENIZER_FILES) if not (checkpoint / name).is_file()]
    if missing:
        raise ConversionError(f"{checkpoint}: no {', '.join(missing)}; not a Marian checkpoint")
    try:
        kind = json.loads((checkpoint / "config.json").read_text(encoding="utf-8")).get("model_type")
    except (ValueError, AttributeError) as error:
        raise ConversionError(f"{checkpoint / 'config.json'}: {error}") from error
    if kind != "marian":
        raise ConversionError(f"{checkpoint}: model_type is {kind!r}, not 'marian'")
    if folder.exists():
        raise ConversionError(f"{folder}: exists already")


def _converter(checkpoint: Path, alignment_layer: int, alignment_heads: int):
    try:
        import torch  # noqa: F401
        import transformers  # noqa: F401
    except ImportError as error:
        raise ConversionError(f"conversion needs torch and transformers: pip install .[reference] ({error})") from error
    import numpy
    from ctranslate2.converters import TransformersConverter

    class MarianCheckpointConverter(TransformersConverter):
        def load_model(self, model_class, model_name_or_path, **kwargs):
            model = super().load_model(model_class, model_name_or_path, **kwargs)
            start = model.get_input_embeddings().weight[model.config.decoder_start_token_id]
            if start.abs().max() > 0:
                raise ConversionError(f"{checkpoint}: the start token's embedding is not zero, as it is in Marian")
            return model

        def _load(self):
            spec = super()._load()
            spec.decoder.alignment_layer = numpy.int16(alignment_layer)
            spec.decoder.alignment_heads = numpy.int16(alignment_heads)
            return spec

    return MarianCheckpointConverter(str(checkpoint))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quantization", choices=QUANTIZATIONS, default="int8")
    parser.add_argument("--alignment-layer", type=int, default=ALIGNMENT_LAYER)
    parser.add_argument("--alignment-heads", type=int, default=ALIGNMENT_HEADS)
    arguments = parser.parse_args()
    try:
        folder = convert(
            arguments.checkpoint,
            arguments.folder,
            arguments.quantization,
            arguments.alignment_layer,
            arguments.alignment_heads,
        )
    except ConversionError as error:
        sys.exit(f"error: {error}")
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{folder}: {arguments.quantization}, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
