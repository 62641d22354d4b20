"""Descriptions of controls may hold a little HTML; nothing in it can act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.frontend.conftest import Shown

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ALLOWED = {
    "allowedTags": ["a", "b", "img", "span"],
    "allowedAttributes": {"*": ["aria-*", "class", "title"], "a": ["href"], "img": ["src"]},
}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<b>bold</b> & plain", "<b>bold</b> &amp; plain"),
        (
            '<span class="c" aria-label="l" id="i">s</span>',
            '<span class="c" aria-label="l">s</span>',
        ),
        ('<a href="/page" onclick="x()">a</a>', '<a href="/page">a</a>'),
        ('<a href=" jav&#x09;ascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<img src="/i.png" onerror="x()">', '<img src="/i.png">'),
        ("a<script>x()</script>b<style>c</style>", "ab"),
        ("<div><h1>kept <b>text</b></h1></div>", "kept <b>text</b>"),
        ("<svg><style><img src=x onerror=x()></style></svg>", '<img src="x">'),
        ("<math><mtext><b onclick=x()>m</b></mtext></math>", "<b>m</b>"),
        ("<iframe src=x></iframe><template><b>t</b></template><!-- c -->", ""),
    ],
)
def test_only_what_is_allowed_is_kept(shown: Shown, given: str, kept: str) -> None:
    run = "async ([html, rules]) => (await import('/sanitize.js')).default(html, rules)"
    assert shown.page.evaluate(run, [given, ALLOWED]) == kept
    # the page's policy reports handlers while they are read; none has run
    shown.heard = [one for one in shown.heard if not one.startswith("Executing inline event")]
