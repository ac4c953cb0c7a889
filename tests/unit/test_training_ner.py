"""The tagger's recipe: what it reads of a sentence, and that the service computes what was trained."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from service.entities.pieces import pieces_of
from service.entities.word_features import WORD_CLASSES, WordTypes, write_classes
from training.ner.compounds import NameLexicon
from training.ner.conll import NER_CORPORA, Sentence

torch = pytest.importorskip("torch")

from service.entities.encoder_recognition import EncoderRecognizer  # noqa: E402
from training.mt import checkpoint  # noqa: E402
from training.mt.model import Shape  # noqa: E402
from training.ner.gazetteer import ORGANISATION_LISTS, PERSON_LISTS, PLACE_LISTS  # noqa: E402
from training.ner.tagger import exchange, export, label, sentences, train, words  # noqa: E402
from training.ner.tagger.model import IMPOSSIBLE, WORD_ROWS, Tagger  # noqa: E402

TRANSLATION = Path(__file__).resolve().parents[2] / "models" / "marian-de-en"
GERMEVAL, SMARTDATA = NER_CORPORA["de"][:2]
CLASSES = {"Merkel": "S", "Berlin": "P"}
LINE = "Angela Merkel (CDU) traf in Berlin die Scholz-Regierung."


def example(words: str, tags: str, corpus=GERMEVAL) -> sentences.Example:
    lexicon = NameLexicon([Sentence(("Scholz",), ("B-PER",))] * 3, {})
    return sentences.to_example(Sentence(tuple(words.split()), tuple(tags.split())), corpus, lexicon)


def test_a_known_name_in_a_compound_is_labelled() -> None:
    made = example("Die Scholz-Regierung tagt", "O O O")
    assert made.words == ("Die", "Scholz", "-", "Regierung", "tagt")
    assert made.tags == ("O", "B-PER", "O", sentences.OPEN, "O")


def test_text_as_in_print_and_as_in_the_corpora() -> None:
    made = example('Er sagte : " Nein ( noch ) nicht " .', "O O O O O O O O O O O")
    for natural, expected in ((True, 'Er sagte: "Nein (noch) nicht".'), (False, " ".join(made.words))):
        text, spans = sentences.text_of(made, natural)
        assert text == expected
        assert [text[start:end] for start, end in spans] == list(made.words)


def test_what_the_gold_tags_leave_possible() -> None:
    assert sentences.allowed_tags(example("Merkel kam", "B-PER O")).sum(axis=1).tolist() == [1, 1]
    assert sentences.allowed_tags(example("Merkel kam", "B-PER O", SMARTDATA)).sum(axis=1).tolist() == [1, 3]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    """The translation model's encoder under an untrained head."""
    torch.manual_seed(1)
    state = checkpoint.load(TRANSLATION)
    made = Tagger(Shape(**state["shape"]))
    made.load_encoder(state["master"])
    return made.eval()


@pytest.fixture(scope="module")
def served(tagger: Tagger, tmp_path_factory: pytest.TempPathFactory) -> EncoderRecognizer:
    folder = tmp_path_factory.mktemp("tagger") / "model"
    export.write_model(tagger, folder, TRANSLATION, quantization="float32")
    write_classes(folder / WORD_CLASSES, CLASSES)
    return EncoderRecognizer(folder, compute_type="float32")


def row_of(line: str, served: EncoderRecognizer) -> sentences.Row:
    words = sentences.cut(line)
    encoder = sentences.Encoder(served.pieces, WordTypes(CLASSES), WORD_ROWS)
    spaced = sentences.Example(tuple(words), (False,) * len(words), ("O",) * len(words), True, 0)
    return encoder.plain([spaced])[0]


def test_the_service_computes_what_was_trained(tagger: Tagger, served: EncoderRecognizer) -> None:
    line = " ".join(sentences.cut(LINE))
    with torch.no_grad():
        trained = tagger.scores(train.tensors([row_of(line, served)])[0])[0].numpy()
    assert np.abs(served.scores([line])[0] - trained).max() < 0.01


def test_a_likely_path_costs_less(tagger: Tagger, served: EncoderRecognizer) -> None:
    row = row_of("Merkel kam", served)
    inputs, allowed, lengths = train.tensors([row])
    with torch.no_grad():
        scores = tagger.scores(inputs)
        every = tagger.loss(scores, torch.ones_like(allowed), lengths)
        gold = tagger.loss(scores, allowed, lengths)
    assert float(every) == pytest.approx(0, abs=1e-4)
    assert float(gold) > 0


def test_a_pass_varies_its_sentences() -> None:
    one = example("Merkel kam", "B-PER O")
    examples = {corpus.name: [one] * 200 for corpus in NER_CORPORA["de"]}
    own = example("Der Bund für Umwelt kam", "O B-ORG I-ORG I-ORG O")
    made = list(sentences.one_pass(examples, [own], lambda example: example, random.Random(1)))
    assert {len(sentence.words) for sentence in made[:-1]} == {2, 4, 6}
    assert made[-1] == own
    assert sentences.titled(example("Merkel will nach Berlin", "B-PER O O B-LOC")).words[1:3] == ("will", "nach")
    assert [piece.readable for piece in pieces_of("MERKEL WILL NACH BERLIN")] == ["Merkel will nach Berlin"]


def test_other_names_keep_type_and_length(tmp_path: Path) -> None:
    for path in (*PERSON_LISTS, *PLACE_LISTS, *ORGANISATION_LISTS):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("", encoding="utf-8")
    known = [example("Olaf Scholz sah Sankt Peter-Ording", "B-PER I-PER O B-LOC I-LOC")]
    pool = exchange.NamePool(known, tmp_path, random.Random(1))
    made = {pool.exchanged(example("Merkel traf Joe Biden", "B-PER O B-PER I-PER")) for _ in range(99)}
    assert {one.words[2:] for one in made} == {("Joe", "Biden"), ("Olaf", "Scholz")}
    assert {"Merkel", "Scholz"} < {one.words[0] for one in made}
    assert {one.tags for one in made} == {("B-PER", "O", "B-PER", "I-PER")}


def test_made_up_names_look_like_names() -> None:
    chance = random.Random(3)
    made = {exchange.blended("Moskau", "Hamburg", chance) for _ in range(99)}
    assert "Mosurg" in made
    assert all(name.startswith("Mo") and name.endswith("urg") for name in made)
    assert len(exchange.blended("CDU", "SPD", chance)) == 3
    assert exchange.blended("Bonn", "Hamburg", chance) == "Bonn"


def test_a_full_stop_closes_no_name() -> None:
    assert example("in Berlin .", "O B-LOC I-LOC", SMARTDATA).tags == ("O", "B-LOC", sentences.OPEN)
    assert example("Yahoo ! kam", "B-ORG I-ORG O", SMARTDATA).tags == ("B-ORG", "I-ORG", "O")


def test_what_no_tagger_is_sure_of_stays_open() -> None:
    def labelled(words: str, tags: str, *sure: float) -> label.Labelled:
        return label.Labelled(example(words, tags), sure)

    often = [labelled("Siemens wächst", "B-ORG O", 0.9, 1.0)] * 9
    usual = label.usual_types(often)
    assert usual == {"Siemens": "ORG"}
    assert label.opened(labelled("Siemens kam", "B-PER O", 0.9, 1.0), usual).tags == ("-", "O")
    assert label.opened(labelled("Joe Biden sah Bonn", "B-PER I-PER O B-LOC", 0.9, 0.7, 1, 0.9), usual).tags == (
        "-", "-", "O", "B-LOC",
    )  # fmt: skip
    assert label.opened(labelled("Der Preis", "O O", 1, 0.6), usual).tags == ("O", "-")


def test_nouns_are_told_by_their_company() -> None:
    company = words.Company()
    for line in (
        "ein Verband und Siemens",
        "kein Verband",
        "Der Verband sah Siemens",
        "eine andere Siemens",
        "Siemens",
    ):
        company.count(line.split())
    assert company.is_noun("Verband")
    assert not company.is_noun("Siemens")
    assert company.small["und"] == 1


def test_the_probabilities_of_a_word_are_one_in_all(tagger: Tagger, served: EncoderRecognizer) -> None:
    made = [one for one in label.unlabelled(["Angela Merkel traf Olaf Scholz in Berlin.", "zu kurz"])]
    encoder = sentences.Encoder(served.pieces, WordTypes(CLASSES), WORD_ROWS)
    row, _, lengths = train.tensors(encoder.plain(made))
    found = label.probabilities(tagger, row, lengths)
    assert found.sum(-1).flatten().tolist() == pytest.approx([1] * 8, abs=1e-3)
    (one,) = label.label([tagger], encoder, made)
    assert len(one.sure) == 8
    assert one.example.glued == (False,) * 7 + (True,)


def test_impossible_tags_are_ruled_out(tagger: Tagger) -> None:
    transitions, start = (weights.detach() for weights in tagger.path_weights())
    person, place = sentences.TAG_NUMBER["I-PER"], sentences.TAG_NUMBER["B-LOC"]
    assert float(transitions[place, person]) < IMPOSSIBLE / 2
    assert float(start[person]) < IMPOSSIBLE / 2
