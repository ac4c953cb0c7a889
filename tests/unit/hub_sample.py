"""Small checkpoints as they lie on the Hugging Face hub, made on the spot: taggers whose every tag is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

TAGS = ("O", "B-DATE", "I-DATE", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789"
WINDOW = 48


def write_tagger(folder: Path, tag_of: Mapping[str, str]) -> Path:
    """A DistilBERT that gives each word of `tag_of` its tag wherever it stands, and every other word `O`.

    Its layers add nothing to a token's embedding, which holds the tag. The tokenizer is the one that Google's BERT has:
    a vocabulary of words and pieces (`vocab.txt`), no `tokenizer.json`.
    """
    import torch
    from transformers import DistilBertConfig, DistilBertForTokenClassification

    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *tag_of, *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    pieces = list(dict.fromkeys([*pieces, *".,:;!?()-„“–"]))
    width = 16
    config = DistilBertConfig(
        vocab_size=len(pieces), dim=width, hidden_dim=width, n_layers=1, n_heads=2, max_position_embeddings=WINDOW,
        num_labels=len(TAGS), id2label=dict(enumerate(TAGS)), label2id={tag: i for i, tag in enumerate(TAGS)},
    )  # fmt: skip
    model = DistilBertForTokenClassification(config)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            weights.fill_(1.0 if "norm" in name.lower() and name.endswith("weight") else 0.0)
        for number, piece in enumerate(pieces):
            model.distilbert.embeddings.word_embeddings.weight[number, TAGS.index(tag_of.get(piece, "O"))] = 1.0
        model.classifier.weight.copy_(torch.eye(len(TAGS), width))
    model.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    settings = {"do_lower_case": False, "model_max_length": WINDOW, "tokenizer_class": "DistilBertTokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return folder


def write_random_tagger(folder: Path, lines: list[str], family: str) -> Path:
    """A RoBERTa of random weights, its tokenizer of another family (`unigram` or `bytes`), made from `lines`."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaForTokenClassification

    torch.manual_seed(7)
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    if family == "unigram":
        tokenizer = Tokenizer(models.Unigram())
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        trainer = trainers.UnigramTrainer(
            vocab_size=200, special_tokens=special, unk_token="<unk>", show_progress=False
        )
    else:
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
        trainer = trainers.BpeTrainer(
            vocab_size=400, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        )  # fmt: skip
    tokenizer.train_from_iterator(lines, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>",
        model_max_length=WINDOW,
    ).save_pretrained(folder)  # fmt: skip
    config = XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=2, max_position_embeddings=WINDOW + 2, num_labels=3, id2label={0: "O", 1: "PER", 2: "LOC"},
    )  # fmt: skip
    XLMRobertaForTokenClassification(config).save_pretrained(folder)
    return folder


def write_random_writer(folder: Path, lines: list[str]) -> Path:
    """An mT5 of random weights as it lies on the hub: a sentencepiece model, and no `tokenizer.json`."""
    import io

    import sentencepiece
    import torch
    from transformers import MT5Config, MT5ForConditionalGeneration

    torch.manual_seed(1)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines * 2), model_writer=model, vocab_size=400, byte_fallback=True, pad_id=0, eos_id=1,
        unk_id=2, bos_id=-1, pad_piece="<pad>", minloglevel=2,
    )  # fmt: skip
    config = MT5Config(
        vocab_size=400, d_model=32, d_kv=8, d_ff=64, num_layers=1, num_decoder_layers=1, num_heads=4,
        decoder_start_token_id=0, pad_token_id=0, eos_token_id=1,
    )  # fmt: skip
    MT5ForConditionalGeneration(config).save_pretrained(folder)
    (folder / "spiece.model").write_bytes(model.getvalue())
    marks = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    settings = {**marks, "extra_ids": 0, "additional_special_tokens": None, "tokenizer_class": "T5Tokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    (folder / "special_tokens_map.json").write_text(json.dumps(marks))
    return folder
