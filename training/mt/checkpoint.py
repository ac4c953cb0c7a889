"""Weights in all their forms: the trainer's, float16 parts, a Hugging Face MarianMT checkpoint, a CTranslate2 folder.

The trainer starts from any of them (`--init-from`), so the committed int8 model is never a dead end.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy
import torch
from torch import Tensor

from training.mt.errors import RecipeError
from training.mt.model import Shape

State = dict  # {"shape": Shape as dict, "master": {name: float32 tensor}}

PART_BYTES = 15 * 2**20  # what carries files between machines may refuse larger ones

# Ours -> Hugging Face, the parts that are not split; {} is the layer.
_SAME = {
    "self_attention.out": "self_attn.out_proj",
    "self_norm": "self_attn_layer_norm",
    "cross_attention.query": "encoder_attn.q_proj",
    "cross_attention.out": "encoder_attn.out_proj",
    "cross_norm": "encoder_attn_layer_norm",
    "widen": "fc1",
    "narrow": "fc2",
    "final_norm": "final_layer_norm",
}
_FUSED = {
    "self_attention.query_key_value": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "cross_attention.key_value": ("encoder_attn.k_proj", "encoder_attn.v_proj"),
}
# Ours -> CTranslate2, where the same projections are fused in the same order.
_CTRANSLATE2 = {
    "self_attention.query_key_value": "self_attention/linear_0",
    "self_attention.out": "self_attention/linear_1",
    "self_norm": "self_attention/layer_norm",
    "cross_attention.query": "attention/linear_0",
    "cross_attention.key_value": "attention/linear_1",
    "cross_attention.out": "attention/linear_2",
    "cross_norm": "attention/layer_norm",
    "widen": "ffn/linear_0",
    "narrow": "ffn/linear_1",
    "final_norm": "ffn/layer_norm",
}
_CTRANSLATE2_TYPES = {0: numpy.float32, 1: numpy.int8, 2: numpy.int16, 3: numpy.int32, 4: numpy.float16}


def load(path: Path) -> State:
    """Read `average.pt` or `last.pt`, a folder of parts, a Hugging Face folder or a CTranslate2 folder."""
    if path.is_file():
        return torch.load(path, map_location="cpu")
    if (path / "parts.json").is_file():
        return from_parts(path)
    if (path / "model.bin").is_file():
        return from_ctranslate2(read_ctranslate2(path / "model.bin"))
    return from_hugging_face(path)


def save_parts(shape: Shape, master: dict[str, Tensor], folder: Path) -> None:
    """Write the weights in float16 as `part-N.npz` files of at most PART_BYTES each, beside `parts.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: list[dict[str, numpy.ndarray]] = [{}]
    for name, value in master.items():
        half = value.to("cpu", torch.float16).numpy()
        if parts[-1] and half.nbytes + sum(array.nbytes for array in parts[-1].values()) > PART_BYTES:
            parts.append({})
        parts[-1][name] = half
    for number, arrays in enumerate(parts):
        numpy.savez(folder / f"part-{number}.npz", **arrays)
    description = {"shape": shape.as_dict(), "parts": len(parts)}
    (folder / "parts.json").write_text(json.dumps(description) + "\n", encoding="utf-8")


def from_parts(folder: Path) -> State:
    """The inverse of `save_parts`. Raises RecipeError when a part is missing."""
    description = json.loads((folder / "parts.json").read_text(encoding="utf-8"))
    master: dict[str, Tensor] = {}
    for number in range(description["parts"]):
        if not (folder / f"part-{number}.npz").is_file():
            raise RecipeError(f"{folder}: part-{number}.npz is missing, {description['parts']} parts were written")
        with numpy.load(folder / f"part-{number}.npz") as arrays:
            master |= {name: torch.from_numpy(arrays[name]).float() for name in arrays.files}
    return {"shape": description["shape"], "master": master}


def layers(shape: Shape) -> list[tuple[str, bool]]:
    """("encoder.0", False) ... ("decoder.1", True): each layer's name and whether it has cross-attention."""
    return [(f"encoder.{i}", False) for i in range(shape.encoder_layers)] + [
        (f"decoder.{i}", True) for i in range(shape.decoder_layers)
    ]


def to_hugging_face(shape: Shape, master: dict[str, Tensor]) -> dict[str, Tensor]:
    """Rename and split our weights into MarianMTModel's state, with the zero row of `<pad>` last."""
    embedding = master["embedding.weight"]
    shared = torch.cat([embedding, torch.zeros(1, shape.width)])
    state = {name: shared for name in ("model.shared.weight", "model.encoder.embed_tokens.weight",
                                       "model.decoder.embed_tokens.weight", "lm_head.weight")}  # fmt: skip
    state["final_logits_bias"] = torch.zeros(1, shape.vocabulary + 1)
    state["final_logits_bias"][0, -1] = float("-inf")  # `<pad>` is never a translation
    for layer, crossed in layers(shape):
        for ours, theirs in _SAME.items():
            if crossed or not ours.startswith("cross"):
                for kind in ("weight", "bias"):
                    state[f"model.{_layered(layer)}.{theirs}.{kind}"] = master[f"{layer}.{ours}.{kind}"]
        for ours, parts in _FUSED.items():
            if crossed or not ours.startswith("cross"):
                for kind in ("weight", "bias"):
                    pieces = master[f"{layer}.{ours}.{kind}"].chunk(len(parts))
                    for theirs, piece in zip(parts, pieces, strict=True):
                        state[f"model.{_layered(layer)}.{theirs}.{kind}"] = piece.contiguous()
    return state


def _layered(layer: str) -> str:
    return layer.replace(".", ".layers.")


def from_hugging_face(folder: Path) -> State:
    """The inverse of `to_hugging_face`, for any post-norm Marian checkpoint with tied embeddings."""
    from transformers import MarianMTModel

    model = MarianMTModel.from_pretrained(folder, dtype=torch.float32)
    config, state = model.config, model.state_dict()
    shape = Shape(config.vocab_size - 1, config.d_model, config.encoder_ffn_dim, config.encoder_attention_heads,
                  config.encoder_layers, config.decoder_layers)  # fmt: skip
    master = {"embedding.weight": state["model.shared.weight"][:-1].clone()}
    for layer, crossed in layers(shape):
        for ours, parts in {**{key: (value,) for key, value in _SAME.items()}, **_FUSED}.items():
            if crossed or not ours.startswith("cross"):
                for kind in ("weight", "bias"):
                    pieces = [state[f"model.{_layered(layer)}.{part}.{kind}"] for part in parts]
                    master[f"{layer}.{ours}.{kind}"] = torch.cat(pieces)
    return {"shape": shape.as_dict(), "master": master}


def read_ctranslate2(path: Path) -> dict[str, numpy.ndarray]:
    """Read a CTranslate2 `model.bin` (binary version 6): variable name -> array."""
    data = path.read_bytes()
    position = 0

    def take(form: str):
        nonlocal position
        value = struct.unpack_from(form, data, position)[0]
        position += struct.calcsize(form)
        return value

    def text() -> str:
        nonlocal position
        length = take("H")
        value = data[position : position + length - 1].decode("utf-8")
        position += length
        return value

    take("I"), text(), take("I")
    variables = {}
    for _ in range(take("I")):
        name = text()
        dimensions = [take("I") for _ in range(take("B"))]
        kind, size = _CTRANSLATE2_TYPES[take("B")], take("I")
        variables[name] = numpy.frombuffer(data, kind, size // numpy.dtype(kind).itemsize, position).reshape(dimensions)
        position += size
    for _ in range(take("I")):
        alias, name = text(), text()
        variables[alias] = variables[name]
    return variables


def from_ctranslate2(variables: dict[str, numpy.ndarray]) -> State:
    """Dequantise a CTranslate2 Marian model into the trainer's weights."""

    def weight(name: str) -> Tensor:
        value = torch.from_numpy(variables[f"{name}/weight"].astype(numpy.float32))
        scale = variables.get(f"{name}/weight_scale")
        return value if scale is None else value / torch.from_numpy(scale.astype(numpy.float32)).reshape(-1, 1)

    def vector(name: str) -> Tensor:
        return torch.from_numpy(variables[name].astype(numpy.float32))

    def count(side: str) -> int:
        return len({name.split("/")[1] for name in variables if name.startswith(f"{side}/layer_")})

    embedding = weight("decoder/embeddings")
    feed_forward = weight("encoder/layer_0/ffn/linear_0").shape[0]
    shape = Shape(embedding.shape[0], embedding.shape[1], feed_forward, int(variables["encoder/num_heads"]),
                  count("encoder"), count("decoder"))  # fmt: skip
    master = {"embedding.weight": embedding}
    for layer, crossed in layers(shape):
        theirs = layer.replace(".", "/layer_")
        for ours, name in _CTRANSLATE2.items():
            if not crossed and ours.startswith("cross"):
                continue
            if ours.endswith("norm"):
                master[f"{layer}.{ours}.weight"] = vector(f"{theirs}/{name}/gamma")
                master[f"{layer}.{ours}.bias"] = vector(f"{theirs}/{name}/beta")
            else:
                master[f"{layer}.{ours}.weight"] = weight(f"{theirs}/{name}")
                master[f"{layer}.{ours}.bias"] = vector(f"{theirs}/{name}/bias")
    return {"shape": shape.as_dict(), "master": master}
