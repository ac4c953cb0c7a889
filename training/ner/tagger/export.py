"""Packs a trained tagger for the service: the encoder for CTranslate2, the head for numpy, the word lists.

    python -m training.ner.tagger.export build/ner/tagger.pt models/ner-de --corpora CORPORA \
        --words build/ner/word-classes.txt.gz

The folder is written beside its place and moved there at once, so that nobody ever loads half a model.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec

from service.entities.encoder_recognition import HEAD, PIECES_MODEL, TAGS
from service.entities.recognition import COMPOUND_HEADS
from service.entities.word_features import CLASSES, SHAPES, WORD_CLASSES
from service.places import MODELS
from training.mt.errors import run_step
from training.mt.model import Shape, sinusoids
from training.ner.compounds import compound_heads
from training.ner.conll import training_sentences
from training.ner.tagger import sentences
from training.ner.tagger.model import Tagger

# Ours -> CTranslate2's specification of a layer.
MATRICES = {
    "self_attention.query_key_value": ("self_attention", "linear", 0),
    "self_attention.out": ("self_attention", "linear", 1),
    "widen": ("ffn", "linear_0"),
    "narrow": ("ffn", "linear_1"),
}
NORMS = {"self_norm": ("self_attention", "layer_norm"), "final_norm": ("ffn", "layer_norm")}


def encoder_spec(tagger: Tagger, vocabulary: list[str]) -> transformer_spec.TransformerEncoderModelSpec:
    """The encoder; the word types take the place of BERT's segments."""
    encoder = transformer_spec.TransformerEncoderSpec(
        len(tagger.encoder),
        tagger.shape.heads,
        pre_norm=False,
        activation=common_spec.Activation.SWISH,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    encoder.scale_embeddings = True
    encoder.embeddings[0].weight = tagger.embedding.weight.numpy()
    types = tagger.typed(torch.arange(SHAPES * CLASSES)) + tagger.domain.weight[0]
    encoder.embeddings[1].weight = types.numpy()
    encoder.position_encodings.encodings = sinusoids(tagger.shape.positions, tagger.shape.width).numpy()
    for spec, layer in zip(encoder.layer, tagger.encoder, strict=True):
        for ours, path in MATRICES.items():
            matrix, theirs = layer.get_submodule(ours), part_of(spec, path)
            theirs.weight, theirs.bias = matrix.weight.numpy(), matrix.bias.numpy()
        for ours, path in NORMS.items():
            norm, theirs = layer.get_submodule(ours), part_of(spec, path)
            theirs.gamma, theirs.beta = norm.weight.numpy(), norm.bias.numpy()
    model = transformer_spec.TransformerEncoderModelSpec(encoder)
    model.config.unk_token = "<unk>"
    model.register_vocabulary(vocabulary)
    return model


def part_of(spec: object, path: tuple[str | int, ...]) -> object:
    for step in path:
        spec = spec[step] if isinstance(step, int) else getattr(spec, step)
    return spec


def save_head(tagger: Tagger, path: Path) -> None:
    """Half precision is enough: a score differs by less than a hundredth."""
    transitions, start = tagger.path_weights()
    arrays = {
        "words": tagger.words.weight,
        "mix": tagger.mix.weight.T,
        "mix_bias": tagger.mix.bias,
        "out": tagger.out.weight.T,
        "out_bias": tagger.out.bias,
        "start": start,
        "transitions": transitions,
    }
    np.savez(path, **{name: array.numpy().astype(np.float16) for name, array in arrays.items()})


@torch.no_grad()
def write_model(tagger: Tagger, folder: Path, translation: Path, quantization: str = "int8") -> None:
    """The network's own files. translation: the folder of the model whose pieces it reads."""
    vocabulary = json.loads((translation / "shared_vocabulary.json").read_text(encoding="utf-8"))
    model = encoder_spec(tagger, vocabulary[: tagger.shape.vocabulary])
    model.validate()
    model.optimize(quantization=quantization)
    folder.mkdir(parents=True)
    model.save(str(folder))
    save_head(tagger, folder / HEAD)
    (folder / TAGS).write_text(json.dumps(sentences.TAGS), encoding="utf-8")
    shutil.copyfile(translation / PIECES_MODEL, folder / PIECES_MODEL)


def export(trained: Path, folder: Path, corpora: Path, words: Path, translation: Path) -> None:
    state = torch.load(trained, map_location="cpu")
    tagger = Tagger(Shape(**state["shape"]))
    tagger.load_state_dict(state["tagger"])
    beside = folder.with_name(folder.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    write_model(tagger, beside, translation)
    shutil.copyfile(words, beside / WORD_CLASSES)
    heads = compound_heads(training_sentences(corpora, "de"))
    (beside / COMPOUND_HEADS).write_text("\n".join(heads) + "\n", encoding="utf-8")
    for card in folder.glob("*.md"):
        shutil.copy(card, beside)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True, help="what `words` made")
    parser.add_argument("--translation", type=Path, default=MODELS / "marian-de-en", help="for its vocabulary")
    arguments = parser.parse_args()
    folders = (arguments.folder, arguments.corpora, arguments.words, arguments.translation)
    return run_step("export", lambda: export(arguments.trained, *folders))


if __name__ == "__main__":
    sys.exit(main())
