"""A small path, and what people do on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from salestrain.playbook.paths import Path
from salestrain.training.paths.path import Deed
from salestrain.training.steps import Step

NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)  # a Friday


def step(name: str, kind: str, due_day: int, after: tuple[str, ...] = (), **more: object) -> object:
    plain = {"title": said("title", name), "why": said("why", name), "minutes": 10}
    return {"id": name, "kind": kind, "due_day": due_day, "after": after, **plain, **more}


def said(what: str, name: str) -> dict[str, str]:
    return {"zh": f"{name} 的 {what}", "en": f"{what} of {name}"}


PATH = Path.model_validate(
    {
        "id": "4.1.p.days",
        "title": {"zh": "头几天", "en": "First days"},
        "for": ["rep"],
        "steps": [
            step("read", "read", 1, section="2.2"),
            step("quiz", "quiz", 1, ("read",), set="2.2", pass_share=0.7),
            step("note", "note", 2, ask={"zh": "写一单", "en": "Write one down"}),
            step("play", "roleplay", 3, ("quiz", "note"), scenario="2.2.s.price"),
            step("last", "note", 5, ("play",), ask={"zh": "写三句", "en": "Write three lines"}),
        ],
    }
)


def deed(app: str, thread: str, kind: str, minute: int = 0, **data: object) -> Deed:
    return app, thread, Step(kind, data, NOON + timedelta(minutes=minute))


READ = deed("playbook", "2.2", "read")
FAILED = deed("quiz", "2.2", "finished", 5, earned=6, of=10)
PASSED = deed("quiz", "2.2", "finished", 9, earned=7, of=10)
NOTED = deed("onboarding", PATH.id, "noted", 20, step="note", text="my own words")
LOST = deed("roleplay", "2.2.s.price", "ended", 30, ending="lost", score=40, passed=False)
WON = deed("roleplay", "2.2.s.price", "ended", 45, ending="won", score=80, passed=True)
LAST = deed("onboarding", PATH.id, "noted", 50, step="last", text="three lines")
ALL = [READ, FAILED, PASSED, NOTED, LOST, WON, LAST]
