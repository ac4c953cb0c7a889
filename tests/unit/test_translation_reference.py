"""The default engine against the reference: the same weights give the same tokens, links and scores."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from transformers import MarianTokenizer as HuggingFaceTokenizer

from service.translation.conversion import ConversionError, convert
from service.translation.ctranslate2_engine import CTranslate2Decoder
from service.translation.marian_engine import MarianEngine, Search, batches
from service.translation.marian_tokenizer import MarianTokenizer
from service.translation.reference_engine import TransformersDecoder
from tests.unit.translation_sample import LINES, write_copying_checkpoint

SENTENCES = [
    *LINES,
    *(" ".join(reversed(line.split())) for line in LINES),
    *(f"{first[:30]}, {second}" for first, second in zip(LINES, LINES[7:], strict=False)),
    "Ja.",
    "„Łódź“ – 5 € … ﬁn 😀",
]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory) -> Path:
    return write_copying_checkpoint(tmp_path_factory.mktemp("marian") / "checkpoint")


@pytest.fixture(scope="module")
def converted(checkpoint, tmp_path_factory) -> Path:
    return convert(checkpoint, tmp_path_factory.mktemp("ctranslate2") / "model", quantization="float32")


def test_pieces_are_those_of_hugging_face(checkpoint):
    ours, theirs = MarianTokenizer.from_folder(checkpoint), HuggingFaceTokenizer.from_pretrained(str(checkpoint))
    for sentence in SENTENCES:
        assert list(ours.encode(sentence).tokens) == theirs.tokenize(sentence)


def test_decoding_is_that_of_hugging_face(checkpoint):
    ours, theirs = MarianTokenizer.from_folder(checkpoint), HuggingFaceTokenizer.from_pretrained(str(checkpoint))
    for sentence in SENTENCES:
        tokens = theirs.tokenize(sentence)
        assert ours.decode(tokens).text == theirs.decode(theirs.convert_tokens_to_ids(tokens), skip_special_tokens=True)


@pytest.mark.parametrize("beam_size", [1, 4])
@pytest.mark.parametrize("no_repeat_ngram_size", [0, 4])
def test_same_tokens_same_alignment_same_score(checkpoint, converted, beam_size, no_repeat_ngram_size):
    tokenizer = MarianTokenizer.from_folder(checkpoint)
    sources = [tokenizer.encode(sentence).tokens for sentence in SENTENCES]
    order = [[sources[i] for i in batch] for batch in batches([len(source) for source in sources], workers=2)]
    search = Search(beam_size=beam_size, no_repeat_ngram_size=no_repeat_ngram_size)
    ours = CTranslate2Decoder(converted, compute_type="float32").decode(order, [search] * len(order))
    theirs = TransformersDecoder(checkpoint).decode(order, [search] * len(order))
    ended = 0
    for batch, our_batch, their_batch in zip(order, ours, theirs, strict=True):
        limit = search.max_length(max(map(len, batch)))
        for our, their in zip(our_batch, their_batch, strict=True):
            assert list(our.tokens) == list(their.tokens)
            assert numpy.allclose(our.attention[:, : their.attention.shape[1]], their.attention, atol=1e-3)
            if len(our.tokens) < limit:  # an output that was cut off has no `</s>`, which the reference counts
                ended += 1
            if len(our.tokens) < limit and not no_repeat_ngram_size:  # whose ban CTranslate2 puts into the score
                assert our.score == pytest.approx(their.score, abs=2e-3)
    assert ended > len(SENTENCES) // 2


def test_both_engines_find_the_same_other_translations(checkpoint, converted):
    order = [[MarianTokenizer.from_folder(checkpoint).encode(sentence).tokens for sentence in SENTENCES]]
    search = Search(beam_size=4, hypotheses=3)
    (ours,) = CTranslate2Decoder(converted, compute_type="float32").decode(order, [search] * len(order))
    (theirs,) = TransformersDecoder(checkpoint).decode(order, [search] * len(order))
    same = 0
    for our, their in zip(ours, theirs, strict=True):
        assert len(our.others) == len(their.others) == 2
        for one, other in zip(our.others, their.others, strict=True):
            assert one.attention.shape[0] == len(one.tokens)
            if list(one.tokens) == list(other.tokens):
                same += 1
                assert numpy.allclose(one.attention[:, : other.attention.shape[1]], other.attention, atol=1e-3)
    assert same > len(SENTENCES), "they may end a beam at another time, but not mostly"


def test_same_translation_through_the_whole_engine(checkpoint, converted):
    tokenizer = MarianTokenizer.from_folder(checkpoint)
    engines = [
        MarianEngine(tokenizer, decoder, lambda text, limit: [(0, len(text))])
        for decoder in (CTranslate2Decoder(converted, compute_type="float32"), TransformersDecoder(checkpoint))
    ]
    ours, theirs = (engine.translate(SENTENCES) for engine in engines)
    for our, their in zip(ours, theirs, strict=True):
        assert our.target == their.target
        assert [link.source_start for link in our.links] == [link.source_start for link in their.links]


def test_a_folder_that_is_no_checkpoint_is_refused_in_one_line(tmp_path, checkpoint):
    with pytest.raises(ConversionError, match=r"source\.spm"):
        convert(tmp_path, tmp_path / "model")
    (tmp_path / "there").mkdir()
    with pytest.raises(ConversionError, match="exists already"):
        convert(checkpoint, tmp_path / "there")


def test_a_broken_checkpoint_leaves_nothing_behind(tmp_path, checkpoint):
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in checkpoint.iterdir():
        (broken / path.name).write_bytes(path.read_bytes())
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(ConversionError, match="broken"):
        convert(broken, tmp_path / "out" / "model")
    assert list((tmp_path / "out").iterdir()) == []
