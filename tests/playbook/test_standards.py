# ruff: noqa: E501 (a fault is one line, and reads best as one)
"""What a standard must keep as a whole: each slip in a copy of the shipped ones has its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from salestrain.errors import ContentError
from salestrain.playbook.load import load_playbook
from salestrain.playbook.standards import STANDARDS
from salestrain.playbook.whole import Playbook

Slip = Callable[[str, str, str], list[str]]


@pytest.fixture
def slip(bare: Path) -> Slip:
    """Swap a text of a standard and return what is said, ``file:line`` as ``AT`` of the swap."""

    def swapped(file: str, old: str, new: str) -> list[str]:
        path = bare / "standards" / f"{file}.yaml"
        before, found, after = path.read_text(encoding="utf-8").partition(old)
        assert found, f"{old!r} is no longer in {file}"
        path.write_text(before + new + after, encoding="utf-8")
        line = before.count("\n") + 1
        with pytest.raises(ContentError) as caught:
            load_playbook(bare, prove=False)
        return [
            re.sub(rf"playbook/standards/{file}.yaml:{line}: ", "AT ", each)
            for each in str(caught.value).splitlines()
        ]

    return swapped


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("customer_classes", "least: 100000, below: 500000", "least: 120000, below: 500000",
         "AT gap from 100000 to 120000; write 100000"),
        ("customer_classes", "least: 3, below: 7", "least: 2, below: 7",
         "AT overlap from 2 to 3; write 3"),
        ("customer_classes", "least: 7, below: null", "least: 7, below: 90",
         "AT nothing holds 90 and more; write `below: null`"),
        ("customer_classes", "      - [5.1.size_medium, 5.1.orders_often]\n", "",
         "5.1.size_medium × 5.1.orders_often falls into no class; add the pair to one"),
        ("customer_classes", "      - [5.1.size_small, 5.1.orders_rare]",
         "      - [5.1.size_large, 5.1.orders_rare]",
         "AT 5.1.size_large × 5.1.orders_rare is 5.1.large already; leave it to one class"),
        ("responsibilities", "{rep: R, manager: A, marketing: C}", "{rep: R, manager: A, marketing: A}",
         "AT 1.3.lead_answer: manager and marketing accountable; give A to exactly one role"),
        ("responsibilities", "{rep: R, manager: A, marketing: C}", "{rep: R, manager: C}",
         "AT 1.3.lead_answer: nobody accountable; give A to exactly one role"),
        ("complaints", "days: [1, 2, 3, 4, 5]", "days: []",
         "AT working hours that never open; name days and shifts"),
        ("complaints", 'until: "12:00"', 'until: "08:30"',
         "AT a shift from 08:30 until 08:30 never opens; write a later end"),
        ("complaints", "{high: 1, medium: 2, low: 4}", "{high: 1, medium: 2}",
         "AT 5.2.first_response has no limit for 'low'; add `low:`"),
        ("complaints", "next: [5.2.answer]", "next: [5.2.anser]",
         "AT unknown '5.2.anser'; did you mean '5.2.answer'?"),
        ("orders", "next: [2.3.after, 2.3.return]", "next: [2.3.return]",
         "no state leads to 2.3.after; name it as `next` of one"),
        ("selection", "weight: 15", "weight: 16", "weights add up to 101; make it 100"),
        ("evaluation", "weight: 35", "weight: 40", "weights add up to 105; make it 100"),
        ("key_accounts", "weight: 50", "weight: 51", "weights add up to 101; make it 100"),
        ("incentives", "least: 0.6, below: 1.0", "least: 0.7, below: 1.0",
         "AT gap from 0.6 to 0.7; write 0.6"),
        ("incentives", "{owner: 0.7, opener: 0.3}", "{owner: 0.7, opener: 0.4}",
         "AT shares add up to 1.1; make it 1"),
        ("incentives", "until: 2026-12-31", "until: 2026-06-30",
         "AT 3.3.rep_plan.d20_upgrade ends before it begins; swap them"),
        ("roles", "1.1.selling: 3}", "1.1.selling: 5}",
         "AT 1.1.selling has no level 5; write at most 4"),
        ("ladder", "performance: [2.7, 3.7]", "performance: [3.7, 2.7]",
         "AT cuts 3.7 and 2.7 make no three boxes; write two rising figures between 1 and 5"),
        ("cadence", "    weekday: 1\n", "", "1.3.weekly_pipeline has no day; add `weekday:`"),
        ("cadence", "minutes: 45", "minutes: 40",
         "the agenda takes 45 of 40 minutes; shorten it, or lengthen the meeting"),
        ("follow_up", "working_day: 4", "working_day: 1", "AT day 1 after day 1; put them in order"),
        ("onboarding", "    day: 60", "    day: 20", "AT day 20 after day 30; put them in order"),
        ("privacy", "contacts.phone: 6.2.personal", "contacts.phone: 6.2.personel",
         "AT unknown '6.2.personel'; did you mean '6.2.personal'?"),
        ("customer_profile", "qualified_at: 6", "qualified_at: 20",
         "AT nobody can reach 20 points; all criteria together are 8; lower it, or add criteria"),
    ],
)  # fmt: skip
def test_a_slip_has_its_line(slip: Slip, file: str, old: str, new: str, said: str) -> None:
    told = slip(file, old, new)
    assert any(each.endswith(said) for each in told), told
    assert len(told) <= 3  # what quotes the part that is gone says so too


def test_a_stage_without_an_exit(bare: Path) -> None:
    path = bare / "standards/stages.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("    exit:\n      - id: 2.2.signing.contract")
    end = text.index("    tasks:", start)
    path.write_text(text[:start] + "    exit: []\n" + text[end:], encoding="utf-8")
    for page in (bare / "pages").glob("*"):
        page.unlink()
    with pytest.raises(ContentError) as caught:
        load_playbook(bare, prove=False)
    line = text[:start].count("\n") + 1
    said = f"playbook/standards/stages.yaml:{line}: stage 2.2.signing has no exit"
    assert f"{said}; write what must hold to leave it" in str(caught.value)


def test_every_kind_of_standard_is_written(playbook: Playbook) -> None:
    assert {type(each) for each in playbook.standards} == set(STANDARDS.values())
    assert {each.section for each in playbook.standards} == {
        each[:3] for each in playbook.index if each[0].isdigit()
    }


# What comes with a file


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("pages/2.3-order-loop.en.md", "\n![a pump](pump.png)\n",
         "image 'pump.png' is missing; put the file beside the page; it ends in .png, .jpg, .jpeg, .webp"),
        ("pages/2.3-order-loop.en.md", "\n![secret](../../../etc/passwd.png)\n",
         "image '../../../etc/passwd.png' is missing"),
        ("pages/2.3-order-loop.en.md", "\nSee ![a](figure:orders) here\n",
         "a picture within a line; put it on a line of its own"),
        ("pages/2.3-order-loop.en.md", "\n![a](figure:oders)\n",
         "unknown figure 'oders'; did you mean 'orders'?"),
        ("pages/2.3-order-loop.zh.md", "\n<b onclick=alert(1)>粗</b>\n",
         "HTML: <b onclick=alert(1)>; write plain text or Markdown; HTML is never run"),
    ],
)  # fmt: skip
def test_what_a_page_may_not_hold_is_named(bare: Path, file: str, text: str, said: str) -> None:
    path = bare / file
    line = path.read_text(encoding="utf-8").count("\n") + 2
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_playbook(bare, prove=False)
    assert f"playbook/{file}:{line}: {said}" in str(caught.value)


def test_a_huge_file_and_a_link_out_of_the_playbook_are_refused(root: Path, tmp_path: Path) -> None:
    huge = root / "items/1.1-roles-and-competencies.yaml"
    huge.write_text("# " + "x" * 5_000_000, encoding="utf-8")
    outside = tmp_path / "outside.yaml"
    outside.write_text("section: '1.2'\n", encoding="utf-8")
    linked = root / "items/1.2-selection-and-bench.yaml"
    linked.unlink()
    linked.symlink_to(outside)
    with pytest.raises(ContentError) as caught:
        load_playbook(root, prove=False)
    said = str(caught.value).splitlines()
    assert f"playbook/items/{huge.name}: has 5.0 MB; split it into files of at most 1 MB" in said
    assert (
        f"playbook/items/{linked.name}: a link out of the playbook; put the file itself there"
        in said
    )


def test_marks_at_the_start_and_ends_of_lines_of_other_systems_do_no_harm(
    bare: Path, playbook: Playbook
) -> None:
    for file in [*bare.glob("standards/*.yaml"), *bare.glob("pages/*.md")]:
        text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = load_playbook(bare, prove=False)
    assert [*found.index] == [*playbook.index]
    assert [page.html for page in found.pages.values()] == [p.html for p in playbook.pages.values()]
