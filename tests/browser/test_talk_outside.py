"""What of a talk can leave the machine, speech and a model's prompts: only if somebody wants it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.browser.talker import ASKS, FIELD, PRICE, SMALL_TALK, THEIRS, talker
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.language import Language
    from tests.browser.conftest import Opens
    from tests.browser.talker import Talker

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("reads")]

NO_VOICE = """
for (const name of ["SpeechRecognition", "webkitSpeechRecognition", "speechSynthesis"])
  delete window[name];
"""
# results come as browsers give them: a list with places and a length, and nothing else
VOICE = """
window.spoken = [];
const has = (name, value) => Object.defineProperty(window, name, {value});
has("SpeechSynthesisUtterance", class { constructor(text) { this.text = text; } });
has("speechSynthesis", {cancel() {}, speak(one) { window.spoken.push([one.lang, one.text]); }});
has("SpeechRecognition", class {
  start() { window.listens = this; }
  stop() { window.listens = undefined; this.onend(); }
});
window.hear = (transcript) => {
  window.listens.onresult({results: {length: 1, 0: {length: 1, 0: {transcript}}}});
  window.listens.stop();
};
"""
LISTEN, DICTATE, SPEAK = (f"main [data-voice={side}]" for side in ("out", "in", "speak"))


@pytest.fixture(scope="module")
def dead() -> str:
    """Where nobody listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{asked.getsockname()[1]}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, dead: str) -> Iterator[Served]:
    """A server told of a language model that doesn't answer."""
    running = Served(new_workspace(tmp_path_factory.mktemp("outside") / "workspace"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALESTRAIN_LLM_URL", f"http://{dead}/v1")
        patch.setenv("SALESTRAIN_LLM_MODEL", "some-model")
        running.start()
    yield running
    running.stop()


def listening(visitor: Opens, served: Served, script: str, language: Language = "zh") -> Talker:
    """Return somebody whose browser has the voice that a script gives it."""
    one = talker(visitor, served, PRICE, language=language)
    one.page.add_init_script(script)
    one.begin()
    return one


def pressed(one: Talker, selector: str) -> str:
    return one.page.get_attribute(selector, "aria-pressed") or ""


def test_voice_is_not_offered_where_the_browser_has_none(visitor: Opens, served: Served) -> None:
    one = listening(visitor, served, NO_VOICE)
    one.say(ASKS["zh"])
    for part in ("main .voice", LISTEN, DICTATE, SPEAK):
        assert not one.page.locator(part).is_visible()
    assert one.visit.seen.complaints == []


def test_voice_is_off_until_it_is_wanted_and_says_where_speech_goes(
    visitor: Opens, served: Served
) -> None:
    one = listening(visitor, served, VOICE)
    page = one.page
    one.say(ASKS["zh"])
    assert page.evaluate("[spoken, window.listens === undefined]") == [[], True]
    assert not page.locator(SPEAK).is_visible()
    page.click("main .voice summary")
    note = page.inner_text("main .voice .note")
    assert "传到厂商的服务器" in note
    assert "不录音、不保存" in note
    for toggle in (LISTEN, DICTATE):
        states = [pressed(one, toggle)]
        for _ in range(2):
            page.click(toggle)
            states.append(pressed(one, toggle))
        assert states == ["false", "true", "false"]
    page.click(DICTATE)
    page.reload()  # what was wanted stays so
    one.visit.ready()
    page.click("main .voice summary")
    assert (pressed(one, LISTEN), pressed(one, DICTATE)) == ("false", "true")


@pytest.mark.parametrize(("language", "typed"), [("zh", "陈科长，"), ("en", "Mr Chen, ")])
def test_what_is_dictated_stands_in_the_field_and_is_sent_by_hand(
    visitor: Opens, served: Served, language: Language, typed: str
) -> None:
    one, asks = listening(visitor, served, VOICE, language), ASKS[language]
    page = one.page
    page.click("main .voice summary")
    page.click(DICTATE)
    page.fill(FIELD, typed.rstrip())
    page.click(SPEAK)
    assert pressed(one, SPEAK) == "true"
    assert page.evaluate("listens.lang").startswith(language)
    page.evaluate("words => hear(words)", asks)
    assert pressed(one, SPEAK) == "false"
    assert page.input_value(FIELD) == typed + asks
    assert one.kinds == ["began"]
    page.reload()
    one.visit.ready()
    assert page.input_value(FIELD) == typed + asks
    page.press(FIELD, "Enter")
    one.answered(1)
    assert one.play.turns[0].says == typed + asks


def test_answers_are_read_aloud_once_each_while_it_is_wanted(
    visitor: Opens, served: Served
) -> None:
    one = listening(visitor, served, VOICE)
    page = one.page
    page.click("main .voice summary")
    page.click(LISTEN)
    lines = one.lines()
    heard = []
    for _ in range(2):
        one.say(next(lines))
        heard.append(page.locator(THEIRS).last.text_content())
    spoken = page.evaluate("spoken")
    assert [text for _, text in spoken] == heard
    assert {language[:2] for language, _ in spoken} == {"zh"}
    page.click("main .voice summary")
    page.click(LISTEN)
    one.say(next(lines))
    assert len(page.evaluate("spoken")) == len(heard)


def test_a_model_that_does_not_answer_is_named_first_and_the_script_goes_on(
    visitor: Opens, served: Served, dead: str
) -> None:
    one = talker(visitor, served, PRICE)
    one.visit.open(one.path)
    assert f"发给 {dead}" in one.page.inner_text("main form .notice")
    one.begin()
    for text in (ASKS["zh"], *[SMALL_TALK["zh"]] * 3):  # after three failures it isn't asked
        one.say(text)
        answer = one.play.turns[-1].answer.zh
        assert one.page.locator(THEIRS).last.text_content() == answer
    assert [turn.voiced for turn in one.run.turns] == [""] * 4
    asked = f"kernel {one.visit.kernel()} says: {dead}: can't be reached"
    assert served.log().count(asked) == 3
    assert one.visit.seen.off_host == []
    assert "Traceback" not in served.log()
