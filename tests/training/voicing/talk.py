"""A small talk with a buyer who keeps two things to himself, and cues from it."""

from __future__ import annotations

from typing import Any

from salestrain.language import Language
from salestrain.playbook.scenarios import Scenario
from salestrain.training.talks.play import Play, begun
from salestrain.training.voicing.cue import Cue
from tests.training.conftest import scenario_data

BUDGET = {
    "zh": "厂里十万以内自己定，11 月 10 号停池",
    "en": "The plant decides up to 100,000; the tank is drained on 10 November",
}
BOSS = {
    "zh": "夜班换膜，去年漏报过一次",
    "en": "The night shift changes membranes, and once a report was missed",
}
ANSWERS = {
    "ask": {"zh": "十万以内我们自己定。", "en": "Up to 100,000 we decide ourselves."},
    "insult": {"zh": "这话我不爱听。", "en": "I don't care for that kind of talk."},
    "discount": {"zh": "3 个点？周四前给我书面的。", "en": "3%? In writing, by Thursday."},
}


def talk_data() -> dict[str, Any]:
    data = scenario_data()
    data["persona"] = {
        "name": {"zh": "陈立强", "en": "Chen Liqiang"},
        "post": {"zh": "采购科长", "en": "head of procurement"},
        "company": {"zh": "鹤汀污水厂", "en": "Heting Wastewater"},
        "temper": {"zh": "快，直。", "en": "Quick and blunt."},
        "goals": [{"id": "saving", "zh": "报告上写得出降了多少", "en": "a saving he can report"}],
        "worries": [{"id": "audit", "zh": "明年审计", "en": "next year's audit"}],
        "budget": {"zh": "今年的技改钱", "en": "this year's upgrade money"},
        "hidden": [{"id": "budget", **BUDGET}, {"id": "boss", **BOSS}],
    }
    data["you_are"] = {"zh": "你自己能定 5 个点。", "en": "You may give 5% yourself."}
    for move, says in ANSWERS.items():
        data["states"]["start"][move][0]["says"] = says
    return data


TALK = Scenario.model_validate(talk_data())


def cue(moves: str, says: str = "What about it?", language: Language = "en") -> Cue:
    """Return the cue of the last of some moves; ``says`` are the words of that one."""
    *before, last = moves.split()
    play = begun(TALK)
    for move in before:
        play = play.after(move, f"I {move}")
    return turned(play, last, says, language)


def turned(play: Play, move: str, says: str, language: Language = "en") -> Cue:
    return Cue(play, play.after(move, says).turns[-1], language)
