"""What a process asks of glibc and CTranslate2: freed memory is used again, wide vectors where they are free."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from service.translation.tuning import ISA_VARIABLE, NEEDED_FLAGS, prefer_avx512, usable_cores

FAULTS = """
import resource
from service.translation.tuning import tune_process
if {tuned}:
    tune_process()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    bytearray(8_000_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def page_faults(tuned: bool) -> int:
    program = FAULTS.format(tuned=tuned)
    return int(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="asks glibc")
def test_freed_memory_is_used_again() -> None:
    assert page_faults(tuned=True) < page_faults(tuned=False) / 2


@pytest.fixture
def processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ISA_VARIABLE, "")  # so that it is as it was when the test ends
    monkeypatch.delenv(ISA_VARIABLE)
    return tmp_path / "cpuinfo"


def test_a_processor_that_does_not_clock_down_uses_wide_vectors(processor: Path) -> None:
    processor.write_text(f"model name\t: Ice Lake\nflags\t\t: fpu sse {' '.join(NEEDED_FLAGS)}\n")
    prefer_avx512(processor)
    assert os.environ[ISA_VARIABLE] == "AVX512"


def test_an_older_processor_is_left_as_it_is(processor: Path) -> None:
    processor.write_text(f"flags\t\t: fpu sse {' '.join(NEEDED_FLAGS - {'avx512_vbmi2'})}\n")
    prefer_avx512(processor)
    assert ISA_VARIABLE not in os.environ


def test_the_operator_has_the_last_word(processor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    processor.write_text(f"flags\t\t: {' '.join(NEEDED_FLAGS)}\n")
    monkeypatch.setenv(ISA_VARIABLE, "AVX2")
    prefer_avx512(processor)
    assert os.environ[ISA_VARIABLE] == "AVX2"


def test_a_machine_without_such_a_file_is_left_as_it_is(processor: Path) -> None:
    prefer_avx512(processor)
    assert ISA_VARIABLE not in os.environ


@pytest.mark.parametrize(
    ("quota", "cores"), [("100000 100000", 1), ("50000 100000", 1), ("max 100000", None), ("", None)]
)
def test_a_container_keeps_to_its_quota(tmp_path: Path, quota: str, cores: int | None) -> None:
    (tmp_path / "cpu.max").write_text(quota)
    assert usable_cores(tmp_path / "cpu.max") == (cores or usable_cores(tmp_path / "no such file"))


def test_no_more_cores_are_used_than_the_process_may_run_on() -> None:
    assert 1 <= usable_cores() <= len(os.sched_getaffinity(0))
