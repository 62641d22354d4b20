"""Every piece of the screens in every state; what is sent comes back in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.app import App
from salestrain.language import Text
from salestrain.views.components import (
    book,
    debrief,
    desk,
    forms,
    ground,
    quiz,
    roleplay,
    saying,
    today,
)
from salestrain.views.components import layout as lay
from salestrain.views.components.buttons import actions, button, link_button
from salestrain.views.screen import Action, Drawn, Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit

REFUSED = Text("这个日期不在账期里，请改选三季度", "That date is outside the period; choose Q3")
WORDS = {
    "all": Text("组件", "Components"),
    "ask": Text("报价发出 21 天，客户没有回复。下一步做什么？", "No reply for 21 days. What next?"),
    "bad": Text("再降 5%，重新发一版报价", "Cut 5% more and send it again"),
    "good": Text("联系决策人，约定下一步", "Reach the decision maker, agree a next step"),
    "wait": Text("每周打一次电话，继续等", "Call once a week and wait"),
    "why": Text("要先弄清谁在决定、还要不要。", "First find out who decides and if they want it."),
    "stage": Text("商机阶段", "Opportunity stages"),
    "team": Text("华东二组", "Team East 2"),
    "person": Text("林晓雨", "Lin Xiaoyu"),
    "customer": Text("何志明", "He Zhiming"),
    "start": Text("开始复习", "Start reviewing"),
    "open": Text("打开对话框", "Open the dialog"),
    "refuse": Text("被拒绝一次", "Be refused once"),
    "fail": Text("出错一次", "Fail once"),
    "leave": Text("退出", "Leave"),
    "minutes": Text("约 4 分钟", "About 4 min"),
    "week": Text("第 1 周", "Week 1"),
    "next": Text("第 2 周", "Week 2"),
    "sent": Text("收到的", "What was sent"),
    "nothing": Text("还没有发送过什么", "Nothing has been sent yet"),
    "wrong": Text("不对，正确答案是 B", "Not quite; the answer is B"),
    "right": Text("对，87,216 元", "Right: ¥87,216"),
    "yours": Text("你的选择", "Your choice"),
    "mood": Text("愿意听", "Listening"),
    "shift": Text("▲ 刚才还在戒备", "▲ was on guard"),
    "budget": Text("预算", "Budget"),
    "result": Text("赢单率", "Win rate"),
}  # fmt: skip
TONES: tuple[ground.Tone, ...] = ("", "good", "bad", "warn", "brand")
CARDS = {
    "controls": Text("按钮、标签、图标", "Buttons, tags, icons"),
    "holders": Text("标签页、对话框、提示", "Tabs, dialog, notices"),
    "home": Text("今天与进度", "Today and progress"),
    "path": Text("路径", "Path"),
    "question": Text("选择题", "Choosing"),
    "order": Text("排序与计算", "Ordering and reckoning"),
    "talk": Text("对练", "Role-play"),
    "review": Text("复盘", "Looking back"),
    "book": Text("手册", "Playbook"),
    "desk": Text("表单、报告、表格", "Forms, reports, tables"),
}


class Gallery(App):
    """Shows the pieces; it keeps nothing but the last thing sent."""

    name = "gallery"

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._w = {name: self.text(text) for name, text in WORDS.items()}
        self.sent = self._w["nothing"]

    @property
    def at(self) -> str:
        """The one step there is."""
        return self.name

    def act(self, sent: Action) -> None:
        """Say what was sent; be refused or fail where that is what is to be seen."""
        if sent.name == "refuse":
            raise Refused(REFUSED)
        if sent.name == "fail":
            raise RuntimeError("the gallery fails when it is told to")
        said = (f"{name} = {' → '.join(values)}" for name, values in sent.fields.items())
        self.sent = f"{sent.name}: {', '.join(said)}"

    def draw(self) -> Drawn:
        """Return all families of pieces, a card each."""
        title = self._w["all"]
        echo = lay.notice(self._w["sent"], ground.tag(self.sent), "brand")
        cards = (
            lay.card(self.text(heading), lay.stack(*getattr(self, f"_{one}")()))
            for one, heading in CARDS.items()
        )
        html = lay.page_head(title, self.visit.language, lead=self._w["why"])
        html += lay.stack(echo, *cards)
        # many of these pieces want the focus or the view; here none gets it
        html = html.replace(" data-focus", "").replace(' data-scroll="end"', "")
        return Drawn(html, self.at, title)

    def _controls(self) -> tuple[str, ...]:
        w = self._w
        pressed = actions(
            button(w["start"], "press", look="main", symbol="arrow"),
            button(w["stage"], "press", {"set": "2.2"}),
            button(w["leave"], "press", look="quiet"),
            button(w["leave"], "press", look="icon", symbol="cross"),
            link_button(w["minutes"], "#top"),
        )
        states = actions(
            button(w["start"], "press", look="main", disabled=True),
            button(w["start"], "press", look="main", aria_busy="true"),
            button(w["refuse"], "refuse"),
            button(w["fail"], "fail"),
        )
        tags = " ".join(ground.tag(w["stage"], tone) for tone in TONES)
        tags += " " + ground.rule_link("2.2.stalled", "#2.2.stalled")
        term = lay.definition("27%", w["why"], "win-rate", ground.rule_link("2.2.stalled"))
        icons = actions(*map(ground.icon, ground.ICONS))
        return pressed, states, f"<p>{tags}</p>", ground.some("span", w["result"]) + term, icons

    def _holders(self) -> tuple[str, ...]:
        w, language = self._w, self.visit.language
        why = ground.some("p", w["why"])
        notices = lay.stack(*(lay.notice(w["stage"], why, one) for one in TONES))
        opens = button(w["open"], data_opens="gallery-dialog")
        box = lay.dialog("gallery-dialog", w["stage"], why, language)
        parts = [lay.Tab("week-1", w["week"], notices), lay.Tab("week-2", w["next"], opens + box)]
        empty = lay.empty_state(w["nothing"], w["why"], language)
        return lay.tabs(parts, w["all"]), empty, lay.skeleton(language, 1)

    def _home(self) -> tuple[str, ...]:
        w = self._w
        tasks = [
            today.Task(w["stage"], w["why"], w["minutes"], "#top", "playbook", "done"),
            today.Task(w["ask"], w["why"], w["minutes"], "#top", "practice", "next", w["start"]),
            today.Task(w["good"], w["why"], w["minutes"], "#top", "roleplay"),
        ]
        days = [today.Day(m, str(d), d == 6) for d, m in enumerate((12, 24, 0, 18, 30, 6), 1)]
        path = today.path_progress(5, 12, [w["week"], w["next"]], 0, "5 / 12")
        done = ground.figure_with_words("5 / 12", w["week"])
        line = ground.progress_line(5, 12, "5 / 12")
        listed, beat = today.today_list(w["all"], "1 / 3", tasks), today.rhythm(days, w["week"])
        return listed, done, path, line, beat

    def _path(self) -> tuple[str, ...]:
        w = self._w
        go = button(w["start"], "press", look="main")
        stops = [
            today.Stop(w["stage"], w["minutes"], "done", "#top"),
            today.Stop(w["good"], w["why"], "now", "#top", go),
            today.Stop(w["wait"], w["minutes"], "later", "#top"),
            today.Stop(w["bad"], w["minutes"], "locked", "#top"),
        ]
        return (today.stepper(stops, self.visit.language),)

    def _question(self) -> tuple[str, ...]:
        w, language = self._w, self.visit.language
        rest = [quiz.Choice(one, w[one]) for one in ("bad", "good", "wait")]
        judged = [
            quiz.Choice("bad", w["bad"], "wrong", w["yours"]),
            quiz.Choice("good", w["good"], "right"),
            quiz.Choice("wait", w["wait"], "rest"),
        ]
        go = button(w["start"], look="main wide", data_needs="answer")
        one = forms.form("answer", quiz.answers(rest, w["ask"], language), go)
        several = quiz.answers(rest, w["ask"], language, several=True, name="several")
        chip = ground.rule_link("2.2.stalled", "#2.2.stalled")
        verdict = quiz.feedback(w["wrong"], w["why"], "bad", rule_html=chip, note=w["minutes"])
        head = quiz.quiz_bar(3, 8, language, "#top") + quiz.question(w["ask"], w["stage"])
        return head, one, forms.form("several", several), quiz.judged_answers(judged), verdict

    def _order(self) -> tuple[str, ...]:
        w, language = self._w, self.visit.language
        entries = [(one, w[one]) for one in ("good", "wait", "bad")]
        order = quiz.order_list(entries, w["ask"], language)
        places = [quiz.Choice(one, text, "right") for one, text in entries]
        number = quiz.number_answer(w["result"], w["why"], before="¥", after="%")
        rows = [["P-20", w["stage"], "12", "5%"], ["C-300", w["stage"], "2", "0%"]]
        facts = quiz.records([w["team"], w["stage"], w["budget"], "%"], rows)
        ordered = forms.form("order", order, button(w["start"]))
        reckoned = forms.form("number", number, button(w["start"], data_needs="answer"))
        placed = quiz.judged_answers(places, numbered=True)
        return ordered, facts, reckoned, placed, quiz.feedback(w["right"], "", "good")

    def _talk(self) -> tuple[str, ...]:
        w, language = self._w, self.visit.language
        known = roleplay.learned([(w["stage"], True), (w["budget"], False)], language)
        mood = roleplay.mood(w["mood"], 3, language, shift=w["shift"])
        head = roleplay.persona(w["customer"], w["team"], "", (mood, known))
        bubbles = [
            roleplay.Bubble(w["stage"], "scene"),
            roleplay.Bubble(w["wait"]),
            roleplay.Bubble(w["good"], "me"),
            roleplay.Bubble(w["budget"], "learned"),
        ]
        moves = [saying.Move(one, w["stage"], w[one]) for one in ("good", "wait")]
        talk = roleplay.chat(bubbles, w["customer"], language)
        return head, talk, saying.say_choices(moves, w["ask"], w["minutes"])

    def _review(self) -> tuple[str, ...]:
        w, chip = self._w, ground.rule_link("4.2.impact", "#4.2.impact")
        turns = [
            debrief.Turn(1, w["week"], w["good"], w["why"], 14, chip, "best"),
            debrief.Turn(2, w["next"], w["wait"], w["why"]),
            debrief.Turn(3, w["next"], w["bad"], w["why"], -8, chip, "turning"),
        ]
        rows = [
            debrief.Competency(w["stage"], 78, 70, w["why"]),
            debrief.Competency(w["budget"], 41),
        ]
        bars = debrief.competencies(rows, self.visit.language)
        pair = debrief.compare((w["yours"], w["bad"]), (w["right"], w["good"]))
        return debrief.turns(turns), bars, pair

    def _book(self) -> tuple[str, ...]:
        w, language = self._w, self.visit.language
        rules = [book.Rule("2.2.exit", w["why"], w["minutes"])]
        rules += [book.Rule("2.2.late", w["ask"], w["minutes"], w["next"])]
        found = [book.Found(w["stage"], "#top", w["team"], ((w["bad"], False), (w["wait"], True)))]
        here = book.Entry("2.2", w["stage"], "#top", here=True)
        entries = (book.Entry("2.1", w["all"], "#top"), here)
        contents = book.contents([book.Chapter(w["week"], entries)], language)
        sought = book.search_form(w["wait"], language) + book.search_results("1", found)
        return (book.book(contents, book.book_page(sought, book.rules(rules), (w["team"],))),)

    def _desk(self) -> tuple[str, ...]:
        w = self._w
        options = [forms.Option("q3", "2026 Q3", chosen=True), forms.Option("q2", "2026 Q2")]
        picks = [forms.Option("team", w["team"], chosen=True)]
        picks += [forms.Option("lin", w["person"], w["minutes"], member=True)]
        chooser = forms.form(
            "make",
            forms.segmented(w["stage"], "period", options, note=w["why"]),
            forms.pick_list(w["person"], "who", picks),
            forms.select(w["result"], "kind", options),
            forms.field(w["person"], "name", fault=w["wrong"], note=w["why"]),
            forms.text_area(w["ask"], "note", note=w["why"]),
            button(w["start"], look="main wide"),
        )
        jobs = [desk.Job(w["team"], "4.1 s", "done", "#top"), desk.Job(w["person"], "", "working")]
        jobs += [desk.Job(w["person"], "", "fault", fault=w["wrong"]), desk.Job(w["customer"])]
        mark = ground.tag(w["right"], "good", "check")
        report = desk.Report(w["team"], "#top", w["why"], "2026 Q3", mark, "412 kB")
        heads = (w["result"], w["week"], w["stage"], w["minutes"])
        columns = [desk.Heading(w["person"]), desk.Heading(w["result"], "number")]
        rows = [[w["person"], "27%"], [w["customer"], "41%"], [w["team"], "9%"]]
        table = desk.sortable_table("gallery-table", w["result"], columns, rows, w["person"])
        made = desk.making(w["result"], w["minutes"], jobs, w["why"])
        return chooser, made, desk.report_list(w["result"], heads, [report]), table
