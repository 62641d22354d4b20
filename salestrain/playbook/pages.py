"""Pages: Markdown with a head, in each language, rendered to HTML that can't run anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin

from salestrain.errors import ContentError, Fault, Place
from salestrain.playbook.models import PageHead
from salestrain.playbook.source import read_text, read_yaml
from salestrain.playbook.validate import validated

if TYPE_CHECKING:
    from pathlib import Path, PurePath

    from salestrain.playbook.references import References

FENCE = "---"
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").use(tasklists_plugin)
TAGS = nh3.ALLOWED_TAGS | {"input"}
ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "input": {"type", "checked", "disabled"},
    "li": {"class"},
    "ul": {"class"},
    "th": {"style"},
    "td": {"style"},
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language: its head, and its Markdown with every reference filled in."""

    head: PageHead
    markdown: str
    place: Place

    @property
    def html(self) -> str:
        """The body as HTML without scripts, styles or handlers."""
        rendered = MARKDOWN.render(self.markdown)
        return nh3.clean(
            rendered,
            tags=TAGS,
            attributes=ATTRIBUTES,
            filter_style_properties={"text-align"},
            link_rel="noopener noreferrer",
        )


def read_page(path: Path, shown: PurePath, references: References) -> Page:
    """Read one page.

    Raises:
        ContentError: With the faults of its head; those of its body are left in ``references``.
    """
    opening, _, rest = read_text(path, shown).partition("\n")
    head_text, closed, body = rest.partition(f"\n{FENCE}\n")
    if opening.strip() != FENCE or not closed:
        mend = f"begin with a line {FENCE}, then keys, then a line {FENCE}"
        raise ContentError([Fault(Place(shown, 1), "a page without a head", mend)])
    head = validated(PageHead, read_yaml(head_text, shown, first_line=2))
    first = head_text.count("\n") + 4
    lines = [
        references.written(line, head.lang, Place(shown, number))
        for number, line in enumerate(body.splitlines(), first)
    ]
    expected = f"{head.section}-", f".{head.lang}.md"
    if not (path.name.startswith(expected[0]) and path.name.endswith(expected[1])):
        mend = f"name the file {expected[0]}…{expected[1]}, or mend its head"
        raise ContentError([Fault(Place(shown, 1), f"{path.name} is misnamed", mend)])
    return Page(head, "\n".join(lines), Place(shown, 1))
