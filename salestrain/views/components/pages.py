"""Several pages of one app, of which one is drawn: tabs whose panel comes when asked for."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.views.components.ground import attributes

if TYPE_CHECKING:
    from collections.abc import Sequence


class Page(NamedTuple):
    """A page by name and title."""

    name: str
    title: str


def paged(label: str, do: str, pages: Sequence[Page], here: str, body: str) -> str:
    """Return the page that is open under the tabs of all.

    Args:
        label: What the tabs are, read aloud.
        do: The action that turns to a page; its name goes with it as ``page``.
        pages: All there are.
        here: The name of the open one.
        body: It, as finished HTML.
    """
    heads = ""
    for page in pages:
        sent = json.dumps({"page": page.name})
        chosen = str(page.name == here).lower()
        given = attributes(data_do=do, data_with=sent, id=f"page-{page.name}")
        given += attributes(aria_selected=chosen, aria_controls="page-open")
        heads += f'<button type="button" role="tab"{given}>{escape(page.title)}</button>'
    bar = f'<div class="tab-list" role="tablist"{attributes(aria_label=label)}>{heads}</div>'
    panel = attributes(id="page-open", aria_labelledby=f"page-{here}")
    return f'{bar}<div role="tabpanel"{panel}>{body}</div>'
