"""Rating a run or a real call on the rubric of the skills, and reading what others gave."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from salestrain.apps.app import Fields
from salestrain.apps.practice import NO_SUCH
from salestrain.language import Text, day
from salestrain.playbook.standards.growing import Skills
from salestrain.training.proposals.drafts import clean
from salestrain.training.talks.scorecards import CALL, RATED, RATINGS, fitting
from salestrain.views.components import forms, scorecard
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.forms import Option
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card
from salestrain.views.components.proposals import quoted
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from salestrain.apps.roleplay.scope import Scope
    from salestrain.apps.visit import Visit
    from salestrain.playbook.standards.growing import Skill
    from salestrain.training.talks.scorecards import Rating, RunName

LONGEST_COMMENT, LONGEST_CUSTOMER = 500, 80
Kind = Literal["phone", "visit", "video"]
KINDS: dict[Kind, Text] = {
    "phone": Text("电话", "Phone call"),
    "visit": Text("上门拜访", "Visit"),
    "video": Text("视频会议", "Video call"),
}
NOT_YOURS = Text("这一场不归您评", "This one isn’t yours to rate")
NO_LEVEL = Text("至少给一项技能评一级", "Give a level for at least one skill")
TOO_LONG = Text(
    f"评语太长了，请控制在 {LONGEST_COMMENT} 字以内",
    f"The comment is too long; {LONGEST_COMMENT} characters at most",
)
NO_CUSTOMER = Text(
    f"写上客户是谁，{LONGEST_CUSTOMER} 字以内",
    f"Say which customer it was, in {LONGEST_CUSTOMER} characters at most",
)
NO_DAY = Text("日期要在今天或以前", "The day is today or earlier")
NOT_SHOWN = Text("没看到", "Not shown")
LEVEL = Text("{} 级", "level {}")
OTHER_SKILLS = Text("其他技能", "The other skills")
COMMENT, COMMENT_NOTE = (
    Text("评语（可以不填）", "Comment (optional)"),
    Text("一句听到的原话，和它的后果。", "A sentence that was said, and what came of it."),
)
KEEP, CHANGE = Text("存评级", "Keep the rating"), Text("改评级", "Change the rating")
WHOSE, WHEN = Text("谁谈的", "Whose talk"), Text("哪天", "Which day")
CUSTOMER, HOW = Text("客户", "Customer"), Text("怎么谈的", "What kind of talk")
AGAIN_REPLACES = Text(
    "同一个人、同一天、同一个客户再评一次，就替换前一次。",
    "Rating the same person, day and customer again replaces what you gave before.",
)


class Levels(Fields):
    """The level of each skill that showed; the form has a field ``level-…`` for each skill."""

    levels: dict[str, int] = Field(default={})
    comment: str = ""

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, given: dict[str, Any]) -> dict[str, Any]:
        names = [name for name in given if name.startswith("level-")]
        levels = {name.removeprefix("level-"): given[name] for name in names if given[name] != ""}
        rest = {name: value for name, value in given.items() if name not in names}
        return rest | ({"levels": levels} if names else {})


class RatedRun(Levels):
    """What is given for a run."""

    run: str


class RatedCall(Levels):
    """What is given for a real call."""

    person: str
    day: date
    customer: str = ""
    kind: Kind


def skills_of(visit: Visit) -> tuple[Skill, ...]:
    """Return the skills that are rated, none where a playbook has no such standard."""
    found = visit.playbook.standard(Skills)
    return found.skills if found else ()


def rate_run(scope: Scope, fields: RatedRun) -> None:
    """Keep a rating of a run; the last one counts.

    Raises:
        Refused: If there is no such run for this person, it isn't theirs to rate, or the levels
            or the comment are none.
    """
    seen = scope.find(fields.run)
    if seen is None:
        raise Refused(NO_SUCH)
    if not scope.may_rate_run(seen.name):
        raise Refused(NOT_YOURS)
    data = {"about": str(seen.name), "person": seen.name.person, **_checked(scope, fields)}
    scope.visit.thread("roleplay", RATINGS).save(RATED, data)


def rate_call(scope: Scope, fields: RatedCall) -> None:
    """Keep a rating of a real call.

    Raises:
        Refused: As by ``rate_run``, or if the day or the customer are none.
    """
    if not scope.may_rate(fields.person):
        raise Refused(NO_SUCH)
    customer = clean(fields.customer, lines=False)
    if not customer or len(customer) > LONGEST_CUSTOMER:
        raise Refused(NO_CUSTOMER)
    if fields.day > scope.visit.now().astimezone().date():
        raise Refused(NO_DAY)
    call = {"day": fields.day.isoformat(), "customer": customer, "kind": fields.kind}
    data = {"about": CALL, "person": fields.person, **call, **_checked(scope, fields)}
    scope.visit.thread("roleplay", RATINGS).save(RATED, data)


def _checked(scope: Scope, fields: Levels) -> dict[str, object]:
    known = {skill.id: len(skill.rubric) for skill in skills_of(scope.visit)}
    comment = clean(fields.comment)
    if not fields.levels:
        raise Refused(NO_LEVEL)
    if any(not 1 <= level <= known.get(skill, 0) for skill, level in fields.levels.items()):
        raise Refused(NO_SUCH)
    if len(comment) > LONGEST_COMMENT:
        raise Refused(TOO_LONG)
    return {"levels": dict(fields.levels), "comment": comment}


def run_form(scope: Scope, name: RunName, cites: Iterable[str]) -> str:
    """Return the scorecard of a run, filled in with what this person gave before."""
    given = scope.mine(str(name), name.person)
    likely = fitting(skills_of(scope.visit), cites)
    fields = _skill_fields(scope.visit, likely, given.levels if given else {})
    return forms.form("rate", *fields, *_end(scope.visit, given, {"run": str(name)}))


def call_form(scope: Scope) -> str:
    """Return the form for a real call: whose, when, with whom, and the same scorecard."""
    say, today = scope.visit.language, scope.visit.now().astimezone().date().isoformat()
    people = [
        Option(one.id, scope.named(one.id))
        for one in scope.people.values()
        if one.active and scope.may_rate(one.id)
    ]
    kinds = [Option(kind, word.in_(say), chosen=kind == "phone") for kind, word in KINDS.items()]
    about = (
        forms.select(WHOSE.in_(say), "person", people),
        forms.field(WHEN.in_(say), "day", type="date", value=today, max=today),
        forms.field(CUSTOMER.in_(say), "customer", maxlength=LONGEST_CUSTOMER),
        forms.segmented(HOW.in_(say), "kind", kinds),
    )
    end = _end(scope.visit, None, {}, AGAIN_REPLACES.in_(say))
    return forms.form("rate_call", *about, *_skill_fields(scope.visit, (), {}), *end)


def _end(
    visit: Visit, given: Rating | None, carries: Mapping[str, str], note: str = ""
) -> list[str]:
    say = visit.language
    comment = forms.text_area(
        COMMENT.in_(say), "comment", text=given.comment if given else "", rows=2,
        note=COMMENT_NOTE.in_(say),
    )  # fmt: skip
    send = button((CHANGE if given else KEEP).in_(say), carries=carries, look="main")
    return [comment, some("p", note, "note"), actions(send)]


def _skill_fields(visit: Visit, likely: Sequence[Skill], levels: Mapping[str, int]) -> list[str]:
    """Return the skills rated or likely in the open, the others folded, each with its rubric."""
    say = visit.language
    known = skills_of(visit)
    first = [*likely, *(one for one in known if one.id in levels and one not in likely)]
    shown = [_picks(visit, skill, levels.get(skill.id), skill.name) for skill in first]
    rest = "".join(
        scorecard.folded(skill.name.in_(say), _picks(visit, skill, None, skill.text))
        for skill in known
        if skill not in first
    )
    head = some("h3", OTHER_SKILLS.in_(say)) if first and rest else ""
    return [*shown, f"<div>{head}{rest}</div>" if rest else ""]


def _picks(visit: Visit, skill: Skill, chosen: int | None, legend: Text) -> str:
    say = visit.language
    rows = [
        Option(str(one.level), f"{one.level} · {one.text.in_(say)}", chosen=one.level == chosen)
        for one in skill.rubric
    ]
    rows.append(Option("", NOT_SHOWN.in_(say), chosen=chosen is None))
    return forms.one_of(legend.in_(say), f"level-{skill.id}", rows)


def given_to(scope: Scope, name: RunName) -> list[Rating]:
    """Return the ratings of a run that this person reads."""
    return [one for one in scope.ratings if one.about == str(name) and scope.reads(one)]


def shown(scope: Scope, one: Rating, *, head: str = "") -> str:
    """Return a rating: who gave it and when, each level with its sentence, and the comment."""
    visit, say = scope.visit, scope.visit.language
    known = {skill.id: skill for skill in skills_of(visit)}
    rows = [
        scorecard.Level(
            known[skill].name.in_(say), level, len(known[skill].rubric),
            LEVEL.in_(say).format(level), known[skill].rubric[level - 1].text.in_(say),
        )
        for skill, level in one.levels.items()
        if skill in known and level <= len(known[skill].rubric)
    ]  # fmt: skip
    on = day(one.at.astimezone().date(), say)
    by = f"{scope.named(one.rater)} · {on}"
    levels = scorecard.levels(rows) + quoted(one.comment)
    body = f"{some('h3', head)}{some('p', by, 'note')}{levels}"
    return f'<div class="rated">{body}</div>'


def call_head(scope: Scope, one: Rating) -> str:
    """Return which call a rating is of: whose if not one's own, when, with whom; else nothing."""
    say, call = scope.visit.language, one.call
    if call is None:
        return ""
    own = one.person == scope.visit.person.id
    kind = next((word.in_(say) for key, word in KINDS.items() if key == call.kind), "")
    told = "" if own else scope.named(one.person), call.customer, kind
    return " · ".join(filter(None, (*told, day(date.fromisoformat(call.day), say))))


def rated_card(scope: Scope, title: Text, every: Sequence[Rating]) -> str:
    """Return ratings as a card; nothing for none."""
    body = "".join(shown(scope, one, head=call_head(scope, one)) for one in every)
    return card(title.in_(scope.visit.language), body) if every else ""
