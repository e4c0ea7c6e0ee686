"""Long work lets other threads run, and Ctrl-C ends the wait."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, files

import winset

LONG = """
import sys, time, winset
case = winset.load(sys.argv[1])
plan = winset.sweep.plan(case, sys.argv[2], runs=100_000_000, shard=50_000_000)
print("ready", flush=True)
try:
    {question}
except KeyboardInterrupt:
    print("interrupted", flush=True)
for second in range(200):
    before = time.process_time()
    time.sleep(1)
    if time.process_time() - before < 0.1:
        print("idle", flush=True)
        break
"""

# Each takes many minutes; whoever does not listen is not done before the test gives up.
QUESTIONS = {
    "draws": "case.brief(draws=1_000_000)",
    "runs": "case.simulate(runs=1_000_000_000)",
    "a sweep": "winset.sweep.run(plan)",
    "a unit": "winset.sweep.compute_unit(plan, 0)",
}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_interrupt_ends_the_wait(question: str, tmp_path: Path) -> None:
    program = LONG.format(question=QUESTIONS[question])
    words = [sys.executable, "-c", program, str(ROOT / "cases" / "syria-2017"), str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        # While it is computing.
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=300)
        # What was asked ends with the wait: nothing goes on in the background.
        assert rest == "interrupted\nidle\n"
        assert process.returncode == 0
    # Of a unit that was stopped nothing is left.
    assert set(files(tmp_path)) == {"plan.json", "units.jsonl"}


MEANWHILE: dict[str, Callable[[winset.Case, winset.sweep.Plan], object]] = {
    "a brief": lambda case, plan: case.brief(draws=0),
    "runs": lambda case, plan: case.simulate(runs=3000),
    "rows of runs": lambda case, plan: case.runs(runs=3000),
    "a sweep": lambda case, plan: winset.sweep.run(plan),
    "a unit in memory": lambda case, plan: winset.sweep.unit_file(plan, 0),
    "rows of a unit": lambda case, plan: winset.sweep.run_unit(plan, 0),
}


@pytest.mark.parametrize("question", MEANWHILE)
def test_other_threads_run_meanwhile(question: str, tmp_path: Path) -> None:
    case = winset.load(ROOT / "cases" / "syria-2017")
    plan = winset.sweep.plan(case, tmp_path, runs=3000)
    done = threading.Event()
    seen = []

    def work() -> None:
        seen.append(MEANWHILE[question](case, plan))
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    turns = 0
    while not done.wait(0.001):
        turns += 1
    thread.join()
    assert turns > 10
    assert len(seen) == 1


def test_two_questions_at_once_give_the_same_answers() -> None:
    case = winset.load(ROOT / "cases" / "camp-david-1978")
    alone = case.claims(draws=50)
    answers: list[winset.Claims] = []
    threads = [threading.Thread(target=lambda: answers.append(case.claims(draws=50, threads=2))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [alone] * 3
