"""What waits for a signature: looked at, signed, or handed back with a word on what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from salestrain.apps.app import Fields
from salestrain.apps.onboarding.handed import Handed, evidence_of
from salestrain.apps.onboarding.words import day_words
from salestrain.language import Text
from salestrain.playbook.paths import Shadow
from salestrain.training.paths.path import Standing
from salestrain.training.paths.signing import ONBOARDING, SIGNED
from salestrain.training.proposals.drafts import clean
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.forms import text_area
from salestrain.views.components.ground import attributes, some
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.mentor.scope import Scope, Waiting
    from salestrain.playbook.paths import PathStep

LONGEST_NOTE = 500
TITLE, NOTHING = (
    Text("等你签字的", "Waiting for your signature"),
    Text("没有等你签字的。", "Nothing waits for your signature."),
)
HANDED = Text("{} 交的", "handed in on {}")
MILESTONE = Text("里程碑：{} 步都做完了。", "Milestone: all {} steps are done.")
ASKED, WANTED = Text("要做的：{}", "Asked for: {}"), Text("要交的：{}", "To hand in: {}")
NOTE = Text("写一句（退回时要写差哪一样）", "A line (say what is missing if you hand it back)")
SIGN, BACK, OPEN = (
    Text("做了，我看见了", "Done, and I saw it"),
    Text("退回去", "Hand it back"),
    Text("看一看", "Look at it"),
)
NO_MARK = Text(
    "签字不是打分，只说一件事：做了，你看见了。",
    "A signature is no mark. It says one thing: it was done, and you saw it.",
)
NOT_YOURS = Text("这一步不归你签，或者已经签过了", "This isn’t yours to sign, or it is signed")
CHANGED = Text("刚才又改过，请再看一眼", "It has changed just now; look once more")
SAY_WHY = Text("退回之前，写一句差哪一样", "Before you hand it back, say what is missing")
TOO_LONG = Text(
    f"太长了，请控制在 {LONGEST_NOTE} 字以内", f"Too long; {LONGEST_NOTE} characters at most"
)


class Signed(Fields):
    """What is signed, as it was seen, and what is said of it."""

    person: Annotated[str, Field(max_length=100)]
    path: Annotated[str, Field(max_length=60)]
    step: Annotated[str, Field(max_length=60)]
    seen: Annotated[str, Field(max_length=40)]
    ok: Literal["yes", "no"]
    text: Annotated[str, Field(max_length=8000)] = ""


def sign(scope: Scope, fields: Signed) -> None:
    """Keep a signature, or hand a step back.

    Raises:
        Refused: If nothing of that name waits or it isn't theirs to sign; if it has changed since
            they saw it; if it goes back without a word.
    """
    person = scope.people.get(fields.person)
    waiting = scope.waiting(person) if person and scope.sees(person) else ()
    wanted = (fields.path, fields.step)
    found = next((one for one in waiting if (one.found.path.id, one.step) == wanted), None)
    if found is None or not scope.may_sign(found.person, found.signer):
        raise Refused(NOT_YOURS)
    if fields.seen != found.since.isoformat():
        raise Refused(CHANGED)
    text = clean(fields.text)
    if fields.ok == "no" and not text:
        raise Refused(SAY_WHY)
    if len(text) > LONGEST_NOTE:
        raise Refused(TOO_LONG)
    data = {"person": fields.person, "step": fields.step, "ok": fields.ok == "yes", "text": text}
    scope.visit.thread(ONBOARDING, fields.path).save(SIGNED, data)


def queue(scope: Scope, opened: str, *, main: bool = True) -> str:
    """Return what waits, one of them opened, as finished HTML.

    Args:
        scope: Whose.
        opened: The key of the one that is open; the first, if none has it.
        main: Whether it may hold the page's filled button.
    """
    language, every = scope.visit.language, scope.queue
    if not every:
        return layout.card(TITLE.in_(language), some("p", NOTHING.in_(language), "note"))
    on = next((one for one in every if one.key == opened), every[0])
    rows = "".join(f"<li>{_waiting(scope, one, one is on, main=main)}</li>" for one in every)
    note = some("p", NO_MARK.in_(language), "note")
    return layout.card(
        TITLE.in_(language), f'<ol class="shared">{rows}</ol>{note}', note=str(len(every))
    )


def _waiting(scope: Scope, one: Waiting, opened: bool, *, main: bool) -> str:
    language = scope.visit.language
    when = HANDED.in_(language).format(day_words(one.since.astimezone(), language))
    title = f"{scope.named(one.person.id)} · {one.title.in_(language)}"
    head = some("strong", title) + some("p", when, "note")
    if not opened:
        return head + button(OPEN.in_(language), "look", {"key": one.key})
    return head + _evidence(scope, one) + _form(scope, one, main=main)


def _evidence(scope: Scope, one: Waiting) -> str:
    language = scope.visit.language
    if not isinstance(one.one, Standing):
        text = some("p", one.one.milestone.text.in_(language))
        said = MILESTONE.in_(language).format(len(one.one.steps))
        return some("p", said) + text
    thread = (
        step
        for app, name, step in scope.deeds.get(one.person.id, ())
        if (app, name) == (ONBOARDING, one.found.path.id)
    )
    place = evidence_of(scope.visit, one.person.id)
    shown = Handed.of(thread, place).shown(one.step, language)
    return _asked(scope, one.one.step) + shown


def _asked(scope: Scope, step: PathStep) -> str:
    language = scope.visit.language
    asks = step.listen if isinstance(step, Shadow) else getattr(step, "ask", None)
    asked = some("p", ASKED.in_(language).format(asks.in_(language)), "note") if asks else ""
    if step.evidence:
        asked += some("p", WANTED.in_(language).format(step.evidence.in_(language)), "note")
    return asked


def _form(scope: Scope, one: Waiting, *, main: bool) -> str:
    language = scope.visit.language
    carried = {
        "person": one.person.id,
        "path": one.found.path.id,
        "step": one.step,
        "seen": one.since.isoformat(),
    }
    hidden = "".join(
        f"<input{attributes(type='hidden', name=name, value=value)}>"
        for name, value in carried.items()
    )
    note = text_area(NOTE.in_(language), "text", rows=2)
    yes = button(SIGN.in_(language), look="main" if main else "", name="ok", value="yes")
    no = button(BACK.in_(language), name="ok", value="no")
    given = attributes(data_do="sign", id=f"sign-{one.key.replace(' ', '-')}")
    return f'<form class="chooser"{given}>{hidden}{note}{actions(yes, no)}</form>'
