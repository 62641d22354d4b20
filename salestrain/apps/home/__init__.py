"""Home: what to do next, for whoever is here."""

from __future__ import annotations

from babel.dates import format_date

from salestrain.apps.app import App, Fields, action
from salestrain.apps.home.asked import open_nudges
from salestrain.apps.home.leading import leading
from salestrain.apps.home.learning import is_new, learning
from salestrain.apps.registry import LEARNER
from salestrain.language import LOCALES, Text
from salestrain.records import MYSELF
from salestrain.training.mentoring.cohorts import NUDGES, SEEN
from salestrain.training.mentoring.mentors import TRAINER
from salestrain.views.components import layout
from salestrain.views.screen import Drawn

TITLE, TO = Text("今天", "Today"), Text("{}，{}", "{}, {}")
PATTERN = Text("M 月 d 日 · EEEE", "EEEE · d MMMM")


class Seen(Fields):
    """Which word somebody has read."""

    nudge: str


class Home(App):
    """One person's home page: learners see their day, those who lead their people and reviews.

    On one's own machine there is nobody else, so one sees both; so does who is new at leading.
    """

    name = "home"
    at = "today"

    @action("seen", Seen)
    def seen(self, fields: Seen) -> None:
        """Put away a word that was said to this person; anybody else's stays as it is."""
        if fields.nudge in {one.id for one in open_nudges(self.visit)}:
            self.visit.thread(TRAINER, NUDGES).save(SEEN, {"nudge": fields.nudge})

    def draw(self) -> Drawn:
        """Return the page for this person's role."""
        visit, language = self.visit, self.visit.language
        own = visit.person.role == LEARNER or visit.person.id == MYSELF.id or is_new(visit)
        parts = [learning(visit)] if own else []
        if visit.person.role != LEARNER:
            parts.append(leading(visit, main=not own))
        now = visit.now().astimezone()
        today = format_date(now, self.text(PATTERN), locale=LOCALES[language])
        head = layout.page_head(self._greeting(parts[0][0]), language, kicker=today)
        return Drawn(head + layout.stack(*(html for _, html in parts)), self.at, self.text(TITLE))

    def _greeting(self, words: str) -> str:
        """Return words said to a person by their given name; oneself is not called by name."""
        person = self.visit.person
        if person.id == MYSELF.id:
            return words[:1].upper() + words[1:]
        chinese = self.visit.language == "zh" or not person.name_en
        name = given_name(person.name) if chinese else person.name_en.split()[-1]
        return self.text(TO).format(name, words)


def given_name(name: str) -> str:
    """Return a Chinese name without its surname; one of two characters is said in full.

    >>> given_name("林晓雨"), given_name("欧阳文静"), given_name("高睿"), given_name("Anna")
    ('晓雨', '文静', '高睿', 'Anna')
    """
    return name[-2:] if len(name) in {3, 4} and not name.isascii() else name
