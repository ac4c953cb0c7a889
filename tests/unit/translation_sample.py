"""Small Marian models made on the spot: a tokenizer from a few lines, random weights, a checkpoint that copies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

LINES = """Der Bundestag hat am Donnerstag ein neues Gesetz zum Schutz der Moore beschlossen.
Die Ministerin sagte: „Wir warten seit Jahren auf diese Regelung.“
In Köln leben rund 1,1 Millionen Menschen, in Bonn gut 330.000.
Der Fluss stieg in der Nacht um 40 Zentimeter über den Pegel.
Nach Angaben der Polizei wurde niemand verletzt.
Andrei Beloussow wird neuer Verteidigungsminister in Moskau.
Der Zug nach Hannover fährt heute 20 Minuten später ab.
Die Gewerkschaft fordert 6,5 Prozent mehr Lohn für die Beschäftigten.
Das Gericht wies die Klage am Freitag ab.
Ein Sprecher der Stadt wollte sich dazu nicht äußern.
Die Feuerwehr rückte mit zwölf Fahrzeugen aus.
Am Abend gab es in vielen Orten Regen und Gewitter.
Der Trainer lobte seine Mannschaft nach dem Sieg über Bremen.
Forscher aus Zürich haben ein Verfahren entwickelt, das Wasser spart.
Die Preise für Strom sind im Mai gesunken.
Kim Jong-un besuchte eine Fabrik im Norden des Landes.
Der Haushalt umfasst 476,8 Milliarden Euro.
Viele Schulen bleiben am Montag geschlossen.
Die Brücke über den Rhein wird drei Jahre lang gesperrt.
Er habe davon nichts gewusst, sagte der frühere Bürgermeister.
Die Wahl gewann eine Frau, die kaum jemand kannte.
Auf dem Markt verkaufen Bauern Äpfel, Birnen und Käse.
Der Konzern will in Sachsen 1.500 Stellen streichen.
Die Ausstellung ist bis zum 3. Oktober zu sehen.""".splitlines()

WIDTH, HEADS, LAYERS, INNER = 32, 4, 2, 64


def write_tokenizer(folder: Path) -> list[str]:
    """Train a joint sentencepiece model on LINES; write it as Marian has it and give the vocabulary in order."""
    folder.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES * 2),
        model_prefix=str(folder / "source"),
        vocab_size=480,
        model_type="unigram",
        byte_fallback=True,
        split_digits=True,
        bos_id=-1,
        eos_id=0,
        unk_id=1,
        pad_id=-1,
        minloglevel=2,
    )
    (folder / "source.vocab").unlink()
    (folder / "source.model").rename(folder / "source.spm")
    shutil.copyfile(folder / "source.spm", folder / "target.spm")
    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    pieces = [model.id_to_piece(i) for i in range(model.get_piece_size())] + ["<pad>"]
    vocabulary = {piece: i for i, piece in enumerate(pieces)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    return pieces


def write_random_model(folder: Path, seed: int = 1) -> Path:
    """A CTranslate2 Marian folder with random weights, made without torch: it talks nonsense in the right form."""
    pieces = write_tokenizer(folder)[:-1]
    spec = transformer_spec.TransformerSpec.from_config(
        (LAYERS, LAYERS), HEADS, pre_norm=False, activation=common_spec.Activation.SWISH
    )
    spec.decoder.start_from_zero_embedding = True
    _fill(spec, numpy.random.default_rng(seed), len(pieces))
    spec.decoder.projection.bias[0] = 4.0  # `</s>` now and then
    for side in (spec.register_source_vocabulary, spec.register_target_vocabulary):
        side(pieces)
    spec.config.add_source_eos = False
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize(quantization="float32")
    spec.save(str(folder))
    return folder


def _fill(spec: transformer_spec.TransformerSpec, random: numpy.random.Generator, words: int) -> None:
    def weights(*shape: int) -> numpy.ndarray:
        return random.normal(0.0, 0.4, shape).astype(numpy.float32)

    def linear(target: common_spec.LinearSpec, outputs: int, inputs: int) -> None:
        target.weight, target.bias = weights(outputs, inputs), numpy.zeros(outputs, numpy.float32)

    def norm(target: common_spec.LayerNormSpec) -> None:
        target.gamma, target.beta = numpy.ones(WIDTH, numpy.float32), numpy.zeros(WIDTH, numpy.float32)

    embeddings = weights(words, WIDTH)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = weights(512, WIDTH)
        for layer in side.layer:
            linear(layer.self_attention.linear[0], 3 * WIDTH, WIDTH)
            linear(layer.self_attention.linear[1], WIDTH, WIDTH)
            norm(layer.self_attention.layer_norm)
            linear(layer.ffn.linear_0, INNER, WIDTH)
            linear(layer.ffn.linear_1, WIDTH, INNER)
            norm(layer.ffn.layer_norm)
    for layer in spec.decoder.layer:
        linear(layer.attention.linear[0], WIDTH, WIDTH)
        linear(layer.attention.linear[1], 2 * WIDTH, WIDTH)
        linear(layer.attention.linear[2], WIDTH, WIDTH)
        norm(layer.attention.layer_norm)
    spec.encoder.embeddings[0].weight = embeddings
    spec.decoder.embeddings.weight = embeddings
    linear(spec.decoder.projection, words, WIDTH)


def write_copying_checkpoint(folder: Path, steps: int = 250) -> Path:
    """A Hugging Face Marian checkpoint trained for seconds to repeat LINES: outputs that end and that differ."""
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    pieces = write_tokenizer(folder)
    torch.set_num_threads(1)
    torch.manual_seed(3)
    pad = len(pieces) - 1
    config = MarianConfig(
        vocab_size=len(pieces), decoder_vocab_size=len(pieces), max_position_embeddings=512, d_model=WIDTH,
        activation_function="swish", encoder_layers=LAYERS, decoder_layers=LAYERS, encoder_ffn_dim=INNER,
        decoder_ffn_dim=INNER, encoder_attention_heads=HEADS, decoder_attention_heads=HEADS, scale_embedding=True,
        dropout=0.0, pad_token_id=pad, eos_token_id=0, bos_token_id=None, decoder_start_token_id=pad,
        forced_eos_token_id=None,
    )  # fmt: skip
    files = [str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")]
    tokenizer = MarianTokenizer(*files)
    model = MarianMTModel(config)
    batch = tokenizer(LINES, return_tensors="pt", padding=True)
    labels = batch.input_ids.masked_fill(batch.attention_mask == 0, -100)
    optimizer = torch.optim.Adam(model.parameters(), lr=4e-3)
    for _ in range(steps):
        optimizer.zero_grad()
        model(**batch, labels=labels).loss.backward()
        optimizer.step()
    with torch.no_grad():
        model.get_input_embeddings().weight[pad] = 0.0  # Marian starts from nothing
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
