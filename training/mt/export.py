"""Export weights to a Hugging Face MarianMT checkpoint.

    python -m training.mt.export build/mt/run/average.pt build/mt/hf --data build/mt

The folder loads with `MarianMTModel` and `MarianTokenizer`; `service.translation.conversion` turns it into CTranslate2.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from training.mt import checkpoint
from training.mt.errors import RecipeError, run_step
from training.mt.model import EOS, Shape


def configuration(shape: Shape):
    from transformers import MarianConfig

    pad = shape.vocabulary
    return MarianConfig(
        vocab_size=pad + 1, decoder_vocab_size=pad + 1, d_model=shape.width, max_position_embeddings=shape.positions,
        encoder_layers=shape.encoder_layers, decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads, decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed_forward, decoder_ffn_dim=shape.feed_forward, activation_function="swish",
        scale_embedding=True, static_position_embeddings=True, share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True, pad_token_id=pad, eos_token_id=EOS, forced_eos_token_id=None,
        decoder_start_token_id=pad, dropout=0.1, num_beams=1, max_length=shape.positions, bad_words_ids=[[pad]],
    )  # fmt: skip


def export(weights: Path, folder: Path, data: Path) -> None:
    """Write config, weights (float32 safetensors) and tokenizer files to `folder`."""
    import torch
    from transformers import GenerationConfig, MarianMTModel

    state = checkpoint.load(weights)
    shape = Shape(**state["shape"])
    model = MarianMTModel(configuration(shape))
    missing, unexpected = model.load_state_dict(checkpoint.to_hugging_face(shape, state["master"]), strict=False)
    if unexpected or any("embed_positions" not in name for name in missing):
        raise RecipeError(f"the weights do not fit MarianMTModel: missing {missing}, unexpected {unexpected}")
    model.final_logits_bias = torch.zeros_like(model.final_logits_bias)  # `<pad>` is ruled out by bad_words_ids instead
    model.generation_config = GenerationConfig(
        bad_words_ids=[[shape.vocabulary]], decoder_start_token_id=shape.vocabulary, eos_token_id=EOS,
        pad_token_id=shape.vocabulary, max_length=shape.positions, num_beams=1,
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    write_tokenizer(folder, data)


def write_tokenizer(folder: Path, data: Path) -> None:
    """The joint sentencepiece model serves both sides."""
    source = data / "spm.model" if (data / "spm.model").exists() else data / "source.spm"
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(source, folder / name)
    shutil.copyfile(data / "vocab.json", folder / "vocab.json")
    config = {"source_lang": "de", "target_lang": "en", "model_max_length": 512, "tokenizer_class": "MarianTokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="average.pt, or the bundled CTranslate2 folder")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("build/mt"), help="folder of spm.model and vocab.json")
    arguments = parser.parse_args()
    return run_step("export", lambda: export(arguments.weights, arguments.folder, arguments.data))


if __name__ == "__main__":
    sys.exit(main())
