"""One's own competencies: where each stands, what it rests on, what lifts it fastest."""

from __future__ import annotations

from salestrain.apps.app import App
from salestrain.apps.growth import proficiency
from salestrain.apps.growth.readiness import Readiness
from salestrain.apps.growth.selling import figures
from salestrain.crm.store import open_crm
from salestrain.errors import SalestrainError
from salestrain.language import Text
from salestrain.training.proficiency import Observation, fastest
from salestrain.views.components.layout import empty_state, page_head, stack
from salestrain.views.screen import Drawn

TITLE = Text("我的能力", "My competencies")
FOUND = Text(
    "{of} 项能力：{green} 项到了，{red} 项还没到，{open} 项说不准",
    "{of} competencies: {green} there, {red} not yet, {open} can’t be told",
)
LEAD = Text(
    "只有你和带你的人看得到；练习的级别不进考评、不进提成、不排名（4.2.safe_room）。",
    "Only you and those who coach you see this; levels from practice enter no review, no pay and "
    "no ranking (4.2.safe_room).",
)
NONE = Text("还没写下你这个岗位的目标", "No targets are written for your role yet")
ASK = Text(
    "写在手册 1.1 里以后，这一页就会有。", "They will show up here once section 1.1 has them."
)


class Growth(App):
    """One person's own page; there is nothing on it of anybody else."""

    name = "growth"
    at = "own"

    def draw(self) -> Drawn:
        """Return it."""
        language, title = self.visit.language, self.text(TITLE)
        ready = Readiness.of(self.visit)
        me = self.visit.person.id
        found = ready.standings(me, self._figures(ready))
        if not found:
            return Drawn(empty_state(self.text(NONE), self.text(ASK), language), self.at, title)
        lights = [one.light for one in found]
        counts = {light: lights.count(light) for light in proficiency.LIGHTS}
        said = self.text(FOUND).format(of=len(found), **counts)
        head = page_head(said, language, kicker=title, lead=self.text(LEAD))
        lift = proficiency.lift_card(self.visit, fastest(found, ready.offers(me)))
        cards = [proficiency.standing_card(self.visit, one) for one in found]
        return Drawn(head + stack(*filter(None, [lift, *cards])), self.at, title)

    def _figures(self, ready: Readiness) -> list[Observation]:
        me = self.visit.person.id
        try:
            crm = open_crm(self.visit.workspace)
            return figures(crm, self.visit.playbook, ready.shown, [me])[me]
        except SalestrainError:
            return []
