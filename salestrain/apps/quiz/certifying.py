"""A certificate as its holder sees and prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day, percent
from salestrain.records import read_secret
from salestrain.training.exams.certificate import code
from salestrain.views.components import exam as parts

if TYPE_CHECKING:
    from salestrain.apps.quiz.examining import Examining

SAYS = Text("通过了「{}」", "has passed “{}”")
ON, SCORE, UNTIL = Text("日期", "Date"), Text("得分", "Score"), Text("有效期至", "Valid until")
FOR_GOOD = Text("长期有效", "for good")
AS_OF = Text("内容截至", "As of")
TITLE = Text("证书", "Certificate")
HOW = Text(
    "查真伪：在公司的 salestrain 上运行 salestrain exam check {}",
    "To check it, run on the company’s salestrain: salestrain exam check {}",
)


def certificate(taker: Examining) -> str:
    """Return the certificate of the pass somebody holds, or nothing if they hold none."""
    held, visit = taker.held, taker.visit
    if held is None:
        return ""
    say, attempt = visit.language, held.attempt
    on = attempt.ended_at.astimezone(taker.now.tzinfo).date()
    proof = code(read_secret(visit.workspace.state), visit.person.id, attempt)
    facts = [
        (ON.in_(say), day(on, say)),
        (SCORE.in_(say), percent(attempt.share, say)),
        (UNTIL.in_(say), day(held.until, say) if held.until else FOR_GOOD.in_(say)),
    ]
    if held.as_of > on:  # what changed since was passed too
        facts.append((AS_OF.in_(say), day(held.as_of, say)))
    return parts.certificate(
        parts.Certificate(
            title=TITLE.in_(say),
            person=visit.person.called.in_(say),
            says=SAYS.in_(say).format(taker.exam.title.in_(say)),
            company=visit.playbook.company.name.in_(say),
            facts=facts,
            code=proof,
            how=HOW.in_(say).format(proof),
        )
    )
