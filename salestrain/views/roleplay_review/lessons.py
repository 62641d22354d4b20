"""What to train next: the decisions and mistakes that cost most, each with a line to try."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Text
from salestrain.training.talks.play import begun
from salestrain.views.page import section
from salestrain.views.roleplay_review.errors import mistake_name
from salestrain.views.roleplay_review.phrases import AT, most_said, shortened
from salestrain.views.tables import Question, questions

if TYPE_CHECKING:
    from salestrain.playbook.scenarios import ModelTurn, Scenario
    from salestrain.training.talk_statistics.nodes import Node
    from salestrain.views.roleplay_review.study import TalkStudy

SHOWN, ENOUGH, LINE = 3, 0.75, 60
TITLE = Text("下一次课练什么", "What to train in the next session")
SUB = Text(
    "先是某个组明显落后的关口，再是最多人走错的关口，再是最多人犯的关键错误。每处演一遍：一人说对方"
    "那句，大家各接一句，再比。",
    "First what one team surely fails, then what most people fail, then the critical mistake most "
    "people make. Act each out: one says the other side’s line, all answer it, then compare.",
)
WITH_GROUP = Text("{group}：{at}", "{group}: {at}")
FAILED = Text("{n} 人里 {bad} 人走错。", "{bad} of {n} went wrong.")
USUAL = Text("多数人这样做：{wrong}。", "Most did this: {wrong}.")
TRY = Text("可以这样说：「{line}」{why}", "One way to say it: “{line}” {why}")
MISTAKE = Text("关键错误：{name}", "Critical mistake: {name}")
MADE = Text("{all} 人里 {people} 人在{title}犯过。", "{people} of {all} made it in {title}.")
NOTHING = Text("没有哪个关口、哪个错误特别要练", "No decision or mistake stands out")
NOTHING_SUB = Text("接着练没过关的场景就好。", "Go on with the scenarios not passed yet.")


class Lesson(NamedTuple):
    """A decision to train: whose it is (empty for all), how many went wrong there of how many."""

    node: Node
    group: str
    bad: int
    n: int


def lessons_section(study: TalkStudy) -> str:
    """Return what to train next; nothing for one person, whose talks say it already."""
    if not study.talks or study.level == "rep":
        return ""
    asked = [_question(study, one) for one in lessons(study)] + _mistake(study)
    if not asked:
        return section(study.say(NOTHING), "", sub=study.say(NOTHING_SUB))
    return section(study.say(TITLE), questions(asked[:SHOWN]), sub=study.say(SUB))


def lessons(study: TalkStudy) -> list[Lesson]:
    """Return the decisions to train, at most two: the widest gap of a team, the hardest of all."""
    found = []
    for one in study.failing[:1]:
        bad = one.gap.n - one.gap.hits
        found.append(Lesson(one.node, study.names[one.level, one.group], bad, one.gap.n))
    taken = {one.node.name for one in found}
    hard = (one for one in study.own_nodes if one.name not in taken and one.interval.high < ENOUGH)
    for node in hard:
        found.append(Lesson(node, "", node.n - round(node.facility * node.n), node.n))
        break
    return found


def _question(study: TalkStudy, one: Lesson) -> Question:
    node = one.node
    at = study.say(AT, title=study.titled(node.scenario), state=node.state)
    title = study.say(WITH_GROUP, group=one.group, at=at) if one.group else at
    told = [study.say(FAILED, n=one.n, bad=one.bad)]
    if not one.group:
        told.append(study.say(USUAL, wrong=most_said(study, node)))
    scenario = study.scenarios[node.scenario]
    model = model_turn(scenario, node.state)
    if model:
        told.append(_line(study, model))
    gap = "" if study.language == "zh" else " "
    return Question(title, gap.join(told), _rule(scenario, model))


def _line(study: TalkStudy, model: ModelTurn) -> str:
    line = shortened(model.text.in_(study.language), study.language, LINE)
    return study.say(TRY, line=line, why=model.why.in_(study.language))


def _rule(scenario: Scenario, model: ModelTurn | None) -> str:
    own = (one.rule for one in scenario.moves if model and one.id == model.move)
    return next(own, None) or scenario.cites[0]


def model_turn(scenario: Scenario, state: str) -> ModelTurn | None:
    """Return what the model answer says at a state, or could say where it doesn't come there."""
    play = begun(scenario)
    for turn in scenario.model_answer:
        if play.state == state:
            return turn
        play = play if play.ends else play.said("", (turn.move,))
    offered = scenario.states[state]
    return next((turn for turn in scenario.model_answer if turn.move in offered), None)


def _mistake(study: TalkStudy) -> list[Question]:
    if not study.mistakes or study.mistakes[0].people < 2:
        return []
    one = study.mistakes[0]
    facts = {"all": one.all, "people": one.people, "title": study.titled(one.scenario)}
    title = study.say(MISTAKE, name=mistake_name(study, one))
    return [Question(title, study.say(MADE, **facts), one.rule)]
