"""A path with phases: steps that are signed, that want evidence, that the CRM shows."""

from __future__ import annotations

from datetime import timedelta

from salestrain.playbook.paths import Path
from salestrain.training.paths.path import Deed
from salestrain.training.paths.signing import Signature
from tests.training.first_week import NOON, deed, said, step

ASK = {"zh": "写一句", "en": "Write a line"}
PATH = Path.model_validate(
    {
        "id": "4.1.p.ninety",
        "title": said("title", "ninety"),
        "for": ["rep"],
        "plan": [
            {"id": "day_30", "title": {"zh": "三十", "en": "thirty"}, "text": ASK, "due_day": 22},
            {"id": "day_60", "title": {"zh": "六十", "en": "sixty"}, "text": ASK, "due_day": 44},
        ],
        "steps": [
            step("shadow", "shadow", 5, listen=ASK, signed_by="mentor"),
            step("read", "read", 6, section="2.2", evidence=ASK),
            step("do", "do", 8, ("shadow",), ask=ASK, evidence=ASK),
            step("visit", "measured", 30, table="activities", dated="happened_on"),
            step("talk", "talk", 44, ("do",), ask=ASK, signed_by="mentor"),
        ],
    }
)


def wrote(name: str, minute: int) -> Deed:
    return deed("onboarding", PATH.id, "noted", minute, step=name, text="…")


def sign(name: str, minute: int, *, ok: bool = True, text: str = "") -> Signature:
    at = NOON + timedelta(minutes=minute)
    return Signature(PATH.id, "lin", name, ok, text, "mei", at)
