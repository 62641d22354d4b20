"""What a model gave is said only if this person could say it now, and else refused for a reason."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salestrain.language import LANGUAGES, Language
from salestrain.training.talks.play import begun
from salestrain.training.voicing.checked import checked
from salestrain.training.voicing.cue import MOST_CHARACTERS, MOST_SENTENCES, Cue
from tests.sample import sample_playbook
from tests.training.voicing.talk import ANSWERS, BOSS, BUDGET, cue


@pytest.mark.parametrize(
    ("moves", "language", "text"),
    [
        ("insult", "en", "Now listen. I won't be talked to like that."),
        ("insult", "zh", "您这么说，我可不高兴。"),
        ("discount", "en", "Three per cent? Then put it in writing by Thursday."),
        ("discount", "zh", "三个点？星期四之前给我个书面的。"),
        ("ask", "en", "Up to a hundred thousand it's our own decision."),
        ("ask", "zh", "10 万以内，厂里自己说了算。"),
        ("discount ask", "zh", "十万以内我们自己定，周四前给我。"),
    ],
)
def test_what_this_person_could_say_is_said(moves: str, language: Language, text: str) -> None:
    assert checked(text, cue(moves, language=language)) == (text, "")


def test_quotation_marks_and_the_speakers_name_are_taken_off() -> None:
    said = "I won't be talked to like that."
    for given_ in (f'"{said}"', f"“{said}”\n", f"Chen Liqiang: {said}", f'Chen Liqiang: "{said}"'):
        assert checked(given_, cue("insult")).text == said
    assert checked("陈立强：「这话难听。」", cue("insult", language="zh")).text == "这话难听。"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "NoneType is no text"),
        (["I won't."], "list is no text"),
        ("", "0 characters"),
        ("a " * 250 + ".", "501 characters"),
        ("No! " * 500, "2000 characters"),
        ("No. No. No. No.", "4 sentences"),
        ("...", "not in 'en'"),
        ("我不高兴。", "not in 'en'"),
        ("I am 生气.", "not in 'en'"),
        ("Я против.", "not in 'en'"),
        ("**No.**", "nobody says '*'"),
        ("No <b>way</b>.", "nobody says '<'"),
        ('{"says": "No."}', "nobody says '{'"),
        ("print(1) is what I say.", "nobody says 't(1)'"),
        ("See https://a.b now.", "nobody says '://'"),
        ("- No.", "nobody says '- '"),
        ("(sighs) No.", "nobody says '('"),
        ("Customer: No.", "nobody says 'Customer:'"),
        ("No.\nReally.", "nobody says '\\n'"),
        ("No\u200b.", "nobody says '\\u200b'"),
        ("No \N{GRINNING FACE}.", "nobody says '😀'"),
        ("As an AI I can't say.", "out of the role: 'ai'"),
        ("As an A.I. I can't say.", "out of the role: 'a.i'"),
        ("My instructions forbid that.", "out of the role: 'instructions'"),
        ("Your score is good.", "out of the role: 'score'"),
        ("You earned some points.", "out of the role: 'earned some points'"),
        ("I put it in my own words, as a reply to what was said last.", "tells the rules: "),
        ("We decide ourselves under 100,000.", "tells a secret: '100000'"),
        ("A hundred thousand is the line.", "tells a secret: '100000'"),
        ("We drain it in November.", "tells a secret: 'month 11'"),
        ("Well, membranes are a nuisance.", "tells a secret: 'membrane'"),
        ("We once missed one; the night shift did.", "tells a secret: 'the night shift'"),
        ("Then I want 8% less.", "a new figure: '8'"),
        ("You may give 5% yourself.", "a new figure: '5'"),
        ("Come back on Monday.", "a new figure: 'monday'"),
        ("It costs 72,000 yuan.", "a new figure: '72000'"),
    ],
)
def test_what_he_could_not_say_is_refused_for_a_reason(text: object, reason: str) -> None:
    found = checked(text, cue("insult"))
    assert found.text == ""
    assert found.refused.startswith(reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I don't like it.", "not in 'zh'"),
        ("ホントですか。", "not in 'zh'"),
        ("OK，that is not what we want，行。", "not in 'zh'"),
        ("作为人工智能，我不能说。", "out of the role: '人工智能'"),
        ("我只是在扮演客户。", "out of the role: '扮演'"),
        ("这一轮给你打分不高。", "out of the role: '打分'"),
        ("你得 10 分。", "out of the role: '10 分'"),
        ("客户：我不爱听。", "nobody says '客户：'"),
        ("（叹气）我不爱听。", "nobody says '（'"),
        ("10万以内好说。", "tells a secret: '100000'"),
        ("我们这儿夜班换膜呢。", "tells a secret: '夜班换'"),
        ("让八个点再谈。", "a new figure: '8'"),
        ("一。二三。四五。六七。", "4 sentences"),
    ],
)
def test_in_chinese_too(text: str, reason: str) -> None:
    found = checked(text, cue("insult", language="zh"))
    assert (found.text, found.refused[: len(reason)]) == ("", reason)


def test_a_figure_of_the_scripts_answer_must_be_kept() -> None:
    lost = checked("Put it in writing by Thursday.", cue("discount"))
    assert lost == ("", "a figure is missing: '3'")


def test_a_right_guess_by_the_learner_is_not_confirmed() -> None:
    guessing = cue("insult", "Is it 100,000, and do membranes bother you?")
    assert checked("Yes, 100,000.", guessing).refused == "tells a secret: '100000'"
    assert checked("Yes, membranes do.", guessing).refused == "tells a secret: 'membrane'"


def test_a_figure_the_learner_named_may_be_taken_up() -> None:
    assert checked("8% is nothing to me.", cue("insult", "I offer 8%.")).text


def test_a_word_of_the_persons_own_breaks_no_role() -> None:
    own = cue("insult").before.scenario.model_copy(deep=True)
    said = begun(own).after("insult", "x").turns[-1]
    answer = said.answer._replace(en="The instructions are unclear.")
    spoken = Cue(begun(own), said._replace(answer=answer), "en")
    assert checked("I find the instructions unclear.", spoken).text


FACTS = [
    *BUDGET.values(),
    *BOSS.values(),
    *(says for one in ANSWERS.values() for says in one.values()),
]
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
WORDS = "100,000;十万;November;膜;membranes;As an AI;score;**;<b>;\n;8%;夜班"
HARMLESS = "I won't have it.;我不爱听。;“;Hm;行;, ;，;Chen Liqiang: "
PARTS = st.sampled_from([*FACTS, *WORDS.split(";"), *HARMLESS.split(";")])
TEXTS = (
    st.text() | st.lists(PARTS, max_size=8).map("".join) | st.from_regex(r"[A-Za-z ,'.?!]{1,90}")
)


@settings(max_examples=400)
@given(
    TEXTS,
    st.sampled_from(["insult", "ask", "discount", "discount ask"]),
    st.sampled_from(LANGUAGES),
)
@example("I don't care.", "insult", "en")
@example("\U00020000", "insult", "zh")
def test_any_text_is_refused_or_keeps_every_bound(
    text: str, moves: str, language: Language
) -> None:
    now = cue(moves, language=language)
    said, refused = checked(text, now)
    assert bool(said) != bool(refused)
    if not said:
        return
    assert said in text
    assert len(said) <= MOST_CHARACTERS
    assert len(
        [part for part in re.split(r"[。！？]|[.!?](?:\s|$)", said) if part.strip(' "”.!?')]
    ) <= (MOST_SENTENCES)
    assert not re.search(r"[<>{}\[\]*_#|`\n\r]", said)
    assert bool(HAN.search(said)) == (language == "zh")
    for fact in now.secret:
        words = re.findall(r"\w+", fact.en.casefold())
        runs = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
        runs += [fact.zh[at : at + 4] for at in range(len(fact.zh) - 3)]
        assert not any(run in said.casefold() for run in runs)
    if "ask" not in moves:
        assert not re.search(r"100[,.]?000|十万|10\s?万|november|11 月", said.casefold())


@pytest.mark.slow
def test_every_fact_of_the_sample_company_is_kept_until_it_is_found_out() -> None:
    for scenario in sample_playbook().scenarios.values():
        for move in scenario.states[scenario.opening.state]:
            play = begun(scenario)
            turn = play.after(move, "x").turns[-1]
            for language in LANGUAGES:
                spoken = Cue(play, turn, language)
                for fact in spoken.secret:
                    assert checked(fact.in_(language), spoken).refused, fact


@pytest.mark.slow
def test_what_the_sample_companys_script_says_is_refused_only_for_its_length() -> None:
    refused = set()
    for scenario in sample_playbook().scenarios.values():
        play = begun(scenario)
        for move in scenario.states[play.state]:
            turn = play.after(move, "x").turns[-1]
            for language in LANGUAGES:
                spoken = Cue(play, turn, language)
                refused.add(re.sub(r"\d+", "N", checked(spoken.answer, spoken).refused))
    assert refused <= {"", "N sentences"}
