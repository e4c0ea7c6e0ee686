"""Long work lets other threads run, and Ctrl-C ends the wait."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest
from conftest import ROOT

import winset

LONG = """
import sys, time, winset
case = winset.load(sys.argv[1])
print("ready", flush=True)
try:
    case.brief(draws=1_000_000)
except KeyboardInterrupt:
    print("interrupted", flush=True)
for second in range(200):
    before = time.process_time()
    time.sleep(1)
    if time.process_time() - before < 0.1:
        print("idle", flush=True)
        break
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_an_interrupt_ends_the_wait() -> None:
    words = [sys.executable, "-c", LONG, str(ROOT / "cases" / "syria-2017")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        # A million draws take many minutes; whoever does not listen is not done before the test gives up.
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=300)
        # Draws end with the wait: nothing goes on in the background.
        assert rest == "interrupted\nidle\n"
        assert process.returncode == 0


def test_other_threads_run_meanwhile() -> None:
    case = winset.load(ROOT / "cases" / "syria-2017")
    done = threading.Event()
    seen = []

    def work() -> None:
        seen.append(case.brief(draws=0).case.title)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    turns = 0
    while not done.wait(0.001):
        turns += 1
    thread.join()
    assert turns > 10
    assert seen == [case.title]


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
