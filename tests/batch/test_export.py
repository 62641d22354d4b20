"""An executed notebook becomes a page of what it shows, never of how."""

from __future__ import annotations

from typing import Any

import pytest

from salestrain.batch.export import FACTS, report_from
from salestrain.language import Language


def code(*outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    metadata = {"tags": list(tags)}
    return {"cell_type": "code", "source": "secret = 1", "metadata": metadata, "outputs": outputs}


def markdown(source: str, *tags: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": [source], "metadata": {"tags": list(tags)}}


def shows(**data: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON)
    kinds = {"html": "text/html", "svg": "image/svg+xml", "png": "image/png", "text": "text/plain"}
    data = {kinds.get(kind, kind): value for kind, value in data.items()}
    return {"output_type": "display_data", "data": data}


def facts(**values: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {FACTS: values, "text/plain": "<facts>"}}


def page(*cells: dict[str, Any], language: Language = "en") -> str:
    return report_from({"cells": cells}, "A title", language).page


def stopped(ename: str, evalue: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": ename, "evalue": evalue, "traceback": ["/x/y.py"]}


def test_html_is_taken_before_svg_and_text() -> None:
    made = page(code(shows(html=["<p>one", "</p>"], svg="<svg/>", text="repr")))
    assert "<p>one</p>" in made
    assert "<svg/>" not in made
    assert "repr" not in made


def test_svg_png_and_text_are_shown_where_there_is_nothing_better() -> None:
    made = page(
        code(shows(svg="<svg id=a></svg>", text="r1"), shows(png="AAA\n"), shows(text="1<2"))
    )
    assert "<svg id=a></svg>" in made
    assert '<img alt="" src="data:image/png;base64,AAA">' in made
    assert ">1&lt;2</pre>" in made
    assert "r1" not in made


def test_code_is_never_shown() -> None:
    assert "secret" not in page(code(shows(html="<p>x</p>")))


def test_markdown_is_rendered_with_tables() -> None:
    assert "<h2>Next</h2>" in page(markdown("## Next"))
    assert "<td>1</td>" in page(markdown("| a |\n|---|\n| 1 |"))
    assert "<b>own</b>" in page(markdown("<b>own</b>"))


def test_what_is_printed_shows_and_warnings_do_not() -> None:
    streams = [
        {"output_type": "stream", "name": "stdout", "text": "said <it>"},
        {"output_type": "stream", "name": "stderr", "text": "FutureWarning"},
    ]
    made = page(code(*streams))
    assert ">said &lt;it&gt;</pre>" in made
    assert "FutureWarning" not in made


def test_cells_for_the_other_language_and_removed_cells_are_left_out() -> None:
    cells = (
        markdown("甲", "zh"),
        markdown("first", "en"),
        markdown("both"),
        markdown("x1", "remove-cell"),
    )
    assert "first" in page(*cells)
    assert "甲" not in page(*cells)
    assert "甲" in page(*cells, language="zh")
    assert "both" in page(*cells)
    assert "x1" not in page(*cells)


def test_the_last_headline_and_title_displayed_are_taken() -> None:
    report = report_from(
        {"cells": [code(facts(headline="first", title="Own")), code(facts(headline="last"))]},
        "Given",
        "en",
    )
    assert report.headline == "last"
    assert "<title>Own</title>" in report.page
    assert "&lt;facts&gt;" not in report.page


def test_without_facts_the_given_title_stands_and_the_headline_is_empty() -> None:
    report = report_from({"cells": [code()]}, "Team <East>", "en")
    assert report.headline == ""
    assert "<title>Team &lt;East&gt;</title>" in report.page


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This report stopped part-way"), ("zh", "这份报告没有做完")]
)
def test_an_error_becomes_words_and_ends_the_page(language: Language, words: str) -> None:
    made = page(
        code(shows(html="<p>kept</p>"), stopped("KeyError", "'a<b'")),
        markdown("## Never computed"),
        language=language,
    )
    assert "<p>kept</p>" in made
    assert words in made
    assert ">KeyError: &#x27;a&lt;b&#x27;</pre>" in made
    assert "/x/y.py" not in made
    assert "Never computed" not in made


def test_an_error_in_a_removed_cell_is_shown_all_the_same() -> None:
    made = page(code(shows(html="<p>unseen</p>"), stopped("KeyError", "x"), tags=("remove-cell",)))
    assert "This report stopped part-way" in made
    assert "unseen" not in made


def test_papermills_own_error_marks_are_left_out() -> None:
    assert "An Exception" not in page(markdown("An Exception", "papermill-error-cell-tag"))
