"""What suits a process that translates all day: its memory, vectors and cores (measured in docs/speed.md)."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path

PROCESSOR = Path("/proc/cpuinfo")
ISA_VARIABLE = "CT2_FORCE_CPU_ISA"
# CTranslate2 leaves AVX-512 to the operator, because older processors clock down for it. One that knows VBMI2 (Ice
# Lake, Zen 4 and later) does not.
NEEDED_FLAGS = frozenset({"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512_vbmi2"})

# mallopt(3). A batch takes and frees some 100 MB in pieces. By default each goes back to the kernel at once, and a
# tenth of an article's time goes into getting the same pages again.
TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD, ARENA_MAX = -1, -2, -3, -8
KEPT_BYTES = 128 * 2**20
GROWTH_BYTES = 16 * 2**20
LARGEST_FROM_HEAP = 32 * 2**20  # glibc accepts no more
FEWEST_ARENAS = 2  # each keeps what it was once given; one for every thread costs 150 MB and saves no time

# "200000 100000": a container may use two cores' time (cgroup v2); "max" stands for any.
QUOTA = Path("/sys/fs/cgroup/cpu.max")
MOST_CORES = 8  # beyond, an article has too few sentences to share out; more is for an operator to measure


@cache
def tune_process() -> None:
    """Once a process, before its first CTranslate2 model; harmless where glibc or the processor is another one."""
    keep_freed_memory()
    prefer_avx512()


def keep_freed_memory() -> None:
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(MMAP_THRESHOLD, LARGEST_FROM_HEAP)
        mallopt(TRIM_THRESHOLD, KEPT_BYTES)
        mallopt(TOP_PAD, GROWTH_BYTES)
        mallopt(ARENA_MAX, max(FEWEST_ARENAS, usable_cores()))


def prefer_avx512(processor: Path = PROCESSOR) -> None:
    if flags_of(processor) >= NEEDED_FLAGS:
        os.environ.setdefault(ISA_VARIABLE, "AVX512")


def usable_cores(quota: Path = QUOTA) -> int:
    """How many cores this process may keep busy: one worker of one thread for each is fastest."""
    cores = len(os.sched_getaffinity(0))
    limit, _, period = (quota.read_text() if quota.is_file() else "").strip().partition(" ")
    if limit.isdecimal() and period.isdecimal():
        cores = min(cores, max(1, int(limit) // int(period)))
    return min(cores, MOST_CORES)


def flags_of(processor: Path) -> set[str]:
    """What the kernel says that the processor can do; nothing where it has no such file."""
    if not processor.is_file():
        return set()
    return set(next((line for line in processor.read_text().splitlines() if line.startswith("flags")), "").split())
