"""Train the translation model; stop it at any time, start it again, and it goes on.

    python -m training.mt.train --run build/mt/run --minutes 60           # CPU: bfloat16, one worker process a core
    python -m training.mt.train --run build/mt/run --minutes 20 --anneal  # last stretch: news, learning rate to zero
    python -m training.mt.train --run build/mt/run --minutes 9 --device cuda --tokens 24000 --negatives 0
    python -m training.mt.train --smoke --device cuda                     # one minute, reports pairs/s

Matrices are updated by Muon (Jordan et al. 2024, torch.optim.Muon), the rest by AdamW, on float32 master weights. On
CPU each step is cut into micro-batches that single-threaded workers take from a queue, so a core that is busy elsewhere
slows the step instead of stalling it. Writes `last.pt` (everything needed to resume), `average.pt` (moving average,
float32) and `log.jsonl` (the learning curve).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
import torch.multiprocessing as multiprocessing
from torch import Tensor

from training.mt import checkpoint
from training.mt.data import Batch, Pairs
from training.mt.errors import RecipeError, run_step
from training.mt.loss import guided, translation_loss
from training.mt.model import Marian, Shape

MICRO_BATCHES = 4
WARM_UP = 300  # steps
GUIDE_STEPS = 5_000  # guided alignment fades to its lasting weight
CURRICULUM_STEPS = 3_000  # the longest pair allowed grows from SHORT to LONG pieces
SHORT, LONG = 24, 110
SMOOTHING = 0.1
AVERAGE_DECAY = 0.999
CHECKPOINT_SECONDS = 240


@dataclass
class Progress:
    """What the learning curve is drawn from; `seconds` is wall time spent training, over all stretches.

    `first` is the step at which this run's optimizers began: given weights start past the curriculum.
    """

    step: int = 0
    pairs: int = 0
    seconds: float = 0.0
    first: int = 0

    @classmethod
    def of_given_weights(cls) -> Progress:
        """Weights that already translate need neither short sentences first nor guided attention."""
        lessons = max(CURRICULUM_STEPS, GUIDE_STEPS)
        return cls(step=lessons, first=lessons)


def gradients(model: Marian, batch: Batch, guide: float, options) -> float:
    """Add one micro-batch's gradients to the model's; returns its cross-entropy per piece."""
    memory, mask = model.encode(batch.source, options.dropout)
    hidden, attentions = model.decode(batch.prefix, memory, mask, options.dropout)
    loss, entropy = translation_loss(model, hidden, batch.target, options.negatives, SMOOTHING)
    (loss + guided(attentions, batch.alignment, guide)).backward()
    return entropy.item()


def work(model: Marian, gradient: Tensor, tasks, answers, options) -> None:
    """A worker: take micro-batches until told to hand in the summed gradients, for ever."""
    torch.set_num_threads(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    speed_up(options)
    while (task := tasks.get()) is not None:
        batch, guide = task
        entropy = gradients(model, batch, guide, options)
        add_flat(model, gradient)
        answers.put(entropy)


def add_flat(model: Marian, flat: Tensor) -> None:
    """Move the model's gradients into the flat float32 sum that is shared with the main process."""
    start = 0
    for parameter in model.parameters():
        size = parameter.numel()
        if parameter.grad is not None:
            flat[start : start + size] += parameter.grad.view(-1)
            parameter.grad = None
        start += size


def speed_up(options) -> None:
    """Compile the layer: fuses what lies between the matrix products (a third faster on CPU)."""
    if options.compile:
        from training.mt import model as module

        torch._dynamo.config.cache_size_limit = 32
        module.Layer.forward = torch.compile(module.Layer.forward, dynamic=True)


class Trainer:
    def __init__(self, pairs: Pairs, shape: Shape, options) -> None:
        self.pairs, self.options, self.progress = pairs, options, Progress()
        self.device = torch.device(options.device)
        self.rng = numpy.random.default_rng()
        self.model = Marian(shape).to(self.device, torch.bfloat16)
        self.master = {name: p.detach().float().clone() for name, p in self.model.named_parameters()}
        self.average = {name: value.clone() for name, value in self.master.items()}
        matrices = [p for name, p in self.master.items() if p.ndim == 2 and "embedding" not in name]
        others = [p for name, p in self.master.items() if p.ndim != 2 or "embedding" in name]
        self.optimizers = [
            torch.optim.Muon(matrices, lr=options.muon, weight_decay=options.decay, adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW(others, lr=options.adam, betas=(0.9, 0.98), weight_decay=0.0),
        ]
        self.rates = (options.muon, options.adam)
        self.flat = torch.zeros(sum(p.numel() for p in self.master.values()), device=self.device)
        self.workers: list = []
        self.under_way: list[Batch] = []
        self.entropy: float | None = None

    # -- starting and stopping ------------------------------------------------------------------------------------
    def start_workers(self) -> None:
        context = multiprocessing.get_context("fork")
        self.model.share_memory()
        self.tasks, self.answers = context.Queue(), context.Queue()
        self.shares = [torch.zeros_like(self.flat).share_memory_() for _ in range(self.options.workers)]
        for share in self.shares:
            worker = context.Process(
                target=work, args=(self.model, share, self.tasks, self.answers, self.options), daemon=True
            )
            worker.start()
            self.workers.append(worker)

    def stop_workers(self) -> None:
        for _ in self.workers:
            self.tasks.put(None)
        for worker in self.workers:
            worker.join(timeout=10)
            worker.kill()

    def state(self) -> dict:
        return {
            "shape": self.model.shape.as_dict(), "master": self.master, "average": self.average,
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers], "progress": vars(self.progress),
        }  # fmt: skip

    def load(self, state: dict) -> None:
        if state["shape"] != self.model.shape.as_dict():
            raise RecipeError(f"the checkpoint has another shape or vocabulary: {state['shape']}")
        self.copy_weights(state["master"])
        for name, value in state.get("average", state["master"]).items():
            self.average[name].copy_(value)
        for optimizer, saved in zip(self.optimizers, state.get("optimizers", ()), strict=False):
            optimizer.load_state_dict(saved)
        self.progress = Progress(**state["progress"]) if "progress" in state else Progress.of_given_weights()

    def copy_weights(self, weights: dict[str, Tensor]) -> None:
        for name, parameter in self.model.named_parameters():
            self.master[name].copy_(weights[name])
            parameter.data.copy_(self.master[name])

    def save(self, run: Path) -> None:
        """Write both files beside their old versions, then rename: a full disk never costs a checkpoint."""
        for name, content in (
            ("last.pt", self.state()),
            ("average.pt", {"shape": self.model.shape.as_dict(), "master": self.average}),
        ):
            try:
                torch.save(content, run / f"{name}.part")
            except (OSError, RuntimeError) as error:  # torch reports a full disk as a RuntimeError
                raise RecipeError(f"{run / name} could not be written, the last checkpoint is kept: {error}") from error
            os.replace(run / f"{name}.part", run / name)

    # -- one step ---------------------------------------------------------------------------------------------------
    def step(self, batches: list[Batch], rate: float) -> float | None:
        """Train on `batches`; with workers, hand them out and update from those handed out before.

        Workers so never wait for the optimizer; their gradients are one update old.
        """
        guide = 0.5 * max(0.0, 1 - self.progress.step / GUIDE_STEPS)
        ready, entropy = (self.collect(), self.entropy) if self.workers else (batches, self.alone(batches, guide))
        if self.workers:
            self.hand_out(batches, guide)
        if ready:
            self.update(len(ready), rate * min(1.0, (self.progress.step - self.progress.first + 1) / WARM_UP))
            self.progress.step += 1
            self.progress.pairs += sum(len(batch.source) for batch in ready)
        return entropy

    def alone(self, batches: list[Batch], guide: float) -> float:
        entropies = []
        for batch in batches:
            moved = Batch(*(getattr(batch, field).to(self.device, non_blocking=True) for field in Batch.__slots__))
            entropies.append(gradients(self.model, moved, guide, self.options))
            add_flat(self.model, self.flat)
        return sum(entropies) / len(entropies)

    def hand_out(self, batches: list[Batch], guide: float) -> None:
        for batch in batches:
            self.tasks.put((batch, guide))
        self.under_way = batches

    def collect(self) -> list[Batch]:
        """Wait for what is under way and sum its gradients; returns its batches (none at the start)."""
        entropies = [self.answers.get() for _ in self.under_way]
        for share in self.shares:
            self.flat += share
            share.zero_()
        if entropies:
            self.entropy = sum(entropies) / len(entropies)
        return self.under_way

    def update(self, count: int, rate: float) -> None:
        self.flat /= count
        norm = self.flat.norm()
        if not torch.isfinite(norm):
            self.flat.zero_()
            return
        self.flat *= torch.clamp(1.0 / norm, max=1.0)
        start = 0
        for value in self.master.values():
            value.grad = self.flat[start : start + value.numel()].view_as(value)
            start += value.numel()
        for optimizer, base in zip(self.optimizers, self.rates, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = base * rate
            optimizer.step()
        taken = self.progress.step - self.progress.first
        keep = min(AVERAGE_DECAY, taken / (taken + 10))
        for name, parameter in self.model.named_parameters():
            parameter.data.copy_(self.master[name])
            self.average[name].lerp_(self.master[name], 1 - keep)
        self.flat.zero_()

    # -- the stretch ------------------------------------------------------------------------------------------------
    def groups(self):
        """Endless micro-batch groups, one a step; the curriculum lets longer pairs in as steps go by."""
        phase = "final" if self.options.anneal else "weight"
        size = self.options.tokens // MICRO_BATCHES
        while True:
            share = min(1.0, self.progress.step / CURRICULUM_STEPS)
            waiting: list[Batch] = []
            for batch in self.pairs.batches(self.rng, phase, size, int(SHORT + share * (LONG - SHORT))):
                waiting.append(batch)
                if len(waiting) == MICRO_BATCHES:
                    yield waiting
                    waiting = []

    def train(self, run: Path, validate) -> None:
        budget, began, before = self.options.minutes * 60, time.monotonic(), self.progress.seconds
        first_pairs, saved, validated, reported = self.progress.pairs, began, began, began
        smoothed = None
        for group in self.groups():
            spent = time.monotonic() - began
            if spent >= budget or Stop.asked or self.progress.step == self.options.steps:
                break
            entropy = self.step(group, 1 - spent / budget if self.options.anneal else 1.0)
            if entropy is not None:
                smoothed = entropy if smoothed is None else 0.98 * smoothed + 0.02 * entropy
            now = time.monotonic()
            self.progress.seconds = before + now - began
            if now - reported > 30:
                speed = (self.progress.pairs - first_pairs) / (now - began)
                print(f"step {self.progress.step} pairs {self.progress.pairs} entropy {smoothed or 0:.3f} "
                      f"{speed:.0f} pairs/s, {(budget - (now - began)) / 60:.0f} min left", flush=True)  # fmt: skip
                reported = now
            if now - saved > CHECKPOINT_SECONDS:
                self.save(run)
                saved = now
            if now - validated > self.options.validate * 60:
                self.log(run, smoothed, validate(self.average))
                validated = time.monotonic()
        self.save(run)
        self.log(run, smoothed, validate(self.average))

    def log(self, run: Path, entropy: float | None, scores: dict) -> None:
        row = {**vars(self.progress), "entropy": entropy, **scores}
        with open(run / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")
        print(row, flush=True)


class Stop:
    """Set by SIGTERM or SIGINT: finish the step, save, leave."""

    asked = False

    @classmethod
    def ask(cls, *_) -> None:
        cls.asked = True


class Validator:
    """Greedy BLEU and chrF of a set of weights on held-out news."""

    def __init__(self, data: Path, shape: Shape, device: str, sentences: int) -> None:
        import sentencepiece

        rows = [row.split("\t") for row in (data / "valid.tsv").read_text(encoding="utf-8").splitlines()][:sentences]
        self.model, self.device = Marian(shape).to(device, torch.bfloat16), device
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
        self.sources, self.references = [row[1] for row in rows], [row[2] for row in rows]

    def translate(self, sources: list[str]) -> list[str]:
        from training.mt.data import padded
        from training.mt.model import EOS

        encoded = [numpy.array(ids[:200]) for ids in self.pieces.encode(sources)]
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
        outputs = [""] * len(encoded)
        for start in range(0, len(order), 50):
            rows = order[start : start + 50]
            batch = padded([encoded[i] for i in rows], end=EOS).to(self.device)
            for i, ids in zip(rows, self.model.greedy(batch, int(1.3 * batch.shape[1]) + 5), strict=True):
                outputs[i] = self.pieces.decode(ids)
        return outputs

    def __call__(self, weights: dict[str, Tensor]) -> dict:
        import sacrebleu

        self.model.load_state_dict(weights)
        outputs = self.translate(self.sources)
        print("   ", self.sources[7], "\n   ", outputs[7], flush=True)
        return {
            "bleu": round(sacrebleu.corpus_bleu(outputs, [self.references]).score, 2),
            "chrf": round(sacrebleu.corpus_chrf(outputs, [self.references]).score, 2),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    parser.add_argument("--manifest", type=Path, default=Path(__file__).with_name("corpora.toml"))
    parser.add_argument("--run", type=Path, default=Path("build/mt/run"))
    parser.add_argument(
        "--init-from", type=Path, help="weights to start from: average.pt, an exported checkpoint or a folder of parts"
    )
    parser.add_argument("--parts", type=Path, help="also leave the weights here, in float16 and in small files")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--steps", type=int, help="stop after this step of the whole run")
    parser.add_argument("--anneal", action="store_true", help="news last, learning rate to zero over this stretch")
    parser.add_argument("--smoke", action="store_true", help="one minute, no validation")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--workers", type=int, default=2, help="CPU worker processes; 0 trains in this process")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--tokens", type=int, default=4000, help="target pieces a step")
    parser.add_argument(
        "--negatives", type=int, default=1000, help="sampled softmax negatives; 0 is the full vocabulary"
    )
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--muon", type=float, default=2e-3)
    parser.add_argument("--adam", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--validate", type=float, default=15, help="minutes between validations")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--feed-forward", type=int, default=1024)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--encoder-layers", type=int, default=4)
    parser.add_argument("--decoder-layers", type=int, default=2)
    options = parser.parse_args()
    return run_step("train", lambda: run(options))


def run(options: argparse.Namespace) -> None:
    """One stretch of training: resume, start from given weights or begin anew, and leave a checkpoint behind."""
    options.minutes = 1 if options.smoke else options.minutes
    options.run.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, Stop.ask)
    signal.signal(signal.SIGINT, Stop.ask)
    pairs = Pairs(options.data / "encoded.npz", options.manifest)
    shape = Shape(pairs.vocabulary, options.width, options.feed_forward, options.heads, options.encoder_layers,
                  options.decoder_layers)  # fmt: skip
    trainer = Trainer(pairs, shape, options)
    if (options.run / "last.pt").exists():
        trainer.load(torch.load(options.run / "last.pt", map_location=options.device))
    elif options.init_from:
        trainer.load(checkpoint.load(options.init_from))
    if options.device == "cpu":
        torch.set_num_threads(1)  # threads that wait for each other crawl when a core is busy elsewhere
    if options.device == "cpu" and options.workers:
        trainer.start_workers()
    else:
        speed_up(options)
    validator = Validator(options.data, shape, options.device, 0 if options.smoke else 200)
    try:
        trainer.train(options.run, (lambda _: {}) if options.smoke else validator)
    finally:
        trainer.stop_workers()  # they take no signal, and Python would wait for them for ever
    if options.parts:
        checkpoint.save_parts(trainer.model.shape, trainer.master, options.parts)


if __name__ == "__main__":
    sys.exit(main())
