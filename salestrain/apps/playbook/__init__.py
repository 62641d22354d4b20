"""The playbook to read: contents, pages with their rules, and a search through all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import App, Fields, action
from salestrain.apps.playbook.contents import contents_of
from salestrain.apps.playbook.facts import product_sheets
from salestrain.apps.playbook.rules import rule_list
from salestrain.apps.playbook.text import both, section_text
from salestrain.apps.registry import LEADS, TEACHES
from salestrain.language import Text, day
from salestrain.playbook.search import build_index, search
from salestrain.playbook.sections import CHAPTERS, PRODUCTS, SECTIONS, section_of
from salestrain.views.components import book, layout
from salestrain.views.components.buttons import actions, button, link_button
from salestrain.views.components.forms import form, text_area
from salestrain.views.components.ground import attributes, tag
from salestrain.views.screen import Drawn, Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.playbook.pages import Page
    from salestrain.playbook.search import Hit, Indexes
    from salestrain.playbook.whole import Playbook
    from salestrain.training.steps import Step

FOUND = Text("「{words}」找到 {count} 处", "“{words}”: {count} found")
NOT_FOUND = Text("换一个词试试，或者从目录里找。", "Try another word, or look in the contents.")
UNWRITTEN = Text("「{}」还没写", "“{}” isn’t written yet")
UNREAD = Text("这一节还没写，读不了", "There is no page here to read yet")
ELSEWHERE = Text("目录里标出了已经写好的几节。", "The contents show which sections are there.")
ITS_RULES, THE_RULES = Text("{} 的规则", "{}: rules"), Text("本节规则", "Rules of this section")
THE_PAGE = Text("读这一节", "Read this section")
MINUTES = Text("阅读约 {} 分钟", "About {} min to read")
FINISHED = Text("读完了？", "Finished?")
I_READ, READ = Text("我读完了", "I have read it"), Text("读过", "Read")
READ_ON = Text("{} 读过", "Read on {}")
QUESTIONS = Text("这一页的规则有 {} 道题。", "Questions on the rules of this page: {}.")
PRACTISE = Text("练这一节", "Practise this section")
MY_NOTES, SAVE = Text("我的笔记", "My notes"), Text("存下来", "Keep it")
ONLY_MINE = Text("只有你自己看得到。", "Only you can see them.")
KEPT_ON = Text("{} 存过。只有你自己看得到。", "Kept on {}. Only you can see them.")
BEFORE, AFTER = Text("上一节：{}", "Previous: {}"), Text("下一节：{}", "Next: {}")
SIGNS_A_MINUTE = {"zh": 400, "en": 1100}


class Sought(Fields):
    """What to look for."""

    find: Annotated[str, Field(max_length=80)]


class Written(Fields):
    """A note of one's own on a section; an empty one takes it away."""

    text: Annotated[str, Field(max_length=8000)] = ""


class Reader(App):
    """The playbook as one reader has it open.

    Args:
        visit: Who reads, where.
        page: A section's number; empty for the first that is written.
        find: What to look for at once.
        rules: A section's number, to read its rules alone.
    """

    name = "playbook"

    def __init__(self, visit: Visit, page: str = "", find: str = "", rules: str = "") -> None:
        super().__init__(visit)
        self.there = sorted({section for section, _ in visit.playbook.pages})
        self.rules = rules in self.there
        asked = rules if self.rules else page
        self.section = asked if asked in SECTIONS else "".join(self.there[:1])
        self.sought = find.strip()

    @property
    def at(self) -> str:
        """The section that is open."""
        if self.sought:
            return "found"
        return f"{'rules' if self.rules else 'page'}-{self.section}"

    @action("find", Sought, anytime=True)
    def find(self, fields: Sought) -> None:
        """Look for words; none closes the search."""
        self.sought = fields.find.strip()

    @action("read")
    def read(self, _fields: Fields) -> None:
        """Keep that the page was read."""
        if self.section not in self.there:
            raise Refused(UNREAD)
        self.visit.thread(self.name, self.section).save("read", {})

    @action("note", Written)
    def note(self, fields: Written) -> None:
        """Keep a note on the section; the last one counts."""
        if self.section not in self.there:
            raise Refused(UNREAD)
        self.visit.thread(self.name, self.section).save("note", {"text": fields.text.strip()})

    def draw(self) -> Drawn:
        """Return the open page, or what a search found."""
        language = self.visit.language
        page = self.visit.playbook.pages.get((self.section, language))
        here = "" if self.sought else self.section
        contents = contents_of(self.there, self._read(), self._href, language, here)
        return Drawn(book.book(contents, self._shown(page)), self.at, self._title())

    def _shown(self, page: Page | None) -> str:
        if self.sought:
            return self._found()
        if page is None:
            return self._unwritten()
        return self._rules() if self.rules else self._page(page)

    def _title(self) -> str:
        name = f"{self.section} {self._name(self.section)}"
        return self.sought or (self.text(ITS_RULES).format(name) if self.rules else name)

    def _name(self, section: str) -> str:
        return self.text(SECTIONS[section]) if section in SECTIONS else section

    def _where(self, cited: str) -> str:
        return f"{cited} {self._name(section_of(cited))}"

    def _href(self, cited: str) -> str:
        """Return the address of a section, or of a rule among those of its section."""
        section = section_of(cited)
        if cited == section:
            return self.visit.link(self.name, page=section) if section in self.there else ""
        if self._rules_follow and section == self.section:
            return f"#{cited}"
        address = self.visit.link(self.name, rules=section) if section in self.there else ""
        return address and f"{address}#{cited}"

    @property
    def _rules_follow(self) -> bool:
        """Whether the rules are on the page: without a server they have no address of their own."""
        return not (self.sought or self.visit.base_url)

    def _head(self, title: str, kicker: str = "") -> str:
        form, address = (
            book.search_form(self.sought, self.visit.language),
            self.visit.link(self.name),
        )
        if address:  # what was found is a page of its own, so that Back leads back here
            form = form.replace(' data-do="find"', attributes(method="get", action=address))
        return form + layout.page_head(title, self.visit.language, kicker=kicker)

    def _found(self) -> str:
        language = self.visit.language
        index = _index_of(self.visit.playbook)
        found = (search(index, self.sought, each) for each in both(language))
        hits: tuple[Hit, ...] = next(filter(None, found), ())  # in the other language too
        rows = [
            book.Found(one.title, self._href(one.cite), self._where(one.cite), one.excerpt)
            for one in hits
        ]
        head = self._head(self.text(FOUND).format(words=self.sought, count=len(hits)))
        return book.book_page(head, book.search_results("" if hits else self.text(NOT_FOUND), rows))

    def _unwritten(self) -> str:
        title = self.text(UNWRITTEN).format(self._name(self.section))
        return layout.empty_state(title, self.text(ELSEWHERE), self.visit.language)

    def _read(self) -> set[str]:
        """Return the sections this person has read."""
        done = self.visit.records.steps.of_person(self.visit.person.id)
        return {thread for app, thread, step in done if (app, step.kind) == (self.name, "read")}

    def _page(self, page: Page) -> str:
        language = self.visit.language
        minutes = max(round(len(page.markdown) / SIGNS_A_MINUTE[language]), 1)
        head = self._head(f"{self.section} {page.head.title}", self.text(CHAPTERS[self.section[0]]))
        did = {step.kind: step for step in self.visit.thread(self.name, self.section).steps}
        read = did.get("read")
        mark = tag(self.text(READ), "good", "check") if read else ""
        follow = self._rules_follow
        body = section_text(page, self.visit.playbook, self._href, with_rules=follow)
        end = self._end(self._day(read)) + self._notes(did.get("note")) + self._neighbours()
        length = self.text(MINUTES).format(minutes)
        return book.book_page(head, body + self._to_rules() + end, (length,), mark)

    def _to_rules(self) -> str:
        address = self.visit.link(self.name, rules=self.section)
        return actions(link_button(self.text(THE_RULES), address)) if address else ""

    def _rules(self) -> str:
        """Return the rules of a section, for who writes them with what rests on each."""
        playbook, language = self.visit.playbook, self.visit.language
        uses = self.visit.person.role in LEADS | TEACHES
        rules = rule_list(playbook, self.section, language, with_uses=uses)
        facts = product_sheets(playbook, language) if self.section == PRODUCTS else ""
        way = link_button(self.text(THE_PAGE), self._href(self.section))
        head = self._head(self._title(), self.text(CHAPTERS[self.section[0]]))
        return book.book_page(head, rules + facts + actions(way))

    def _day(self, step: Step | None) -> str:
        return day(step.at.astimezone(), self.visit.language) if step else ""

    def _notes(self, kept: Step | None) -> str:
        """Return the field for notes of one's own, with what was kept last."""
        text = str(kept.data["text"]) if kept else ""
        note = self.text(KEPT_ON).format(self._day(kept)) if text else self.text(ONLY_MINE)
        field = text_area(self.text(MY_NOTES), "text", text=text, note=note, rows=4)
        return form("note", field, actions(button(self.text(SAVE))))

    def _end(self, read_on: str) -> str:
        """Return what to do at the end of the page: say that it is read, then practise."""
        count = sum(item.section == self.section for item in self.visit.playbook.items.values())
        says = f"<p>{self.text(QUESTIONS).format(count)}</p>" if count else ""
        address = self.visit.link("quiz", set=self.section) if count else ""
        way = link_button(self.text(PRACTISE), address, look="main" if read_on else "")
        if read_on:
            return layout.notice(self.text(READ_ON).format(read_on), says + way, "good")
        done = button(self.text(I_READ), "read", look="main")
        return layout.card(self.text(FINISHED), says + actions(done, way))

    def _neighbours(self) -> str:
        place = self.there.index(self.section)
        before, after = self.there[:place][-1:], self.there[place + 1 :][:1]
        ways = [(BEFORE, one) for one in before] + [(AFTER, one) for one in after]
        return actions(
            *(
                link_button(self.text(to).format(self._name(one)), self._href(one))
                for to, one in ways
            )
        )


def _index_of(playbook: Playbook) -> Indexes:
    """Return the index of a playbook, built when it is first searched."""
    if not (_kept and _kept[0][0] is playbook):
        _kept[:] = [(playbook, build_index(playbook))]
    return _kept[0][1]


_kept: list[tuple[Playbook, Indexes]] = []
