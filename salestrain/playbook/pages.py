"""Pages: Markdown with a head, in each language, rendered to HTML that can't run anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin

from salestrain.errors import ContentError, Fault, Place, did_you_mean
from salestrain.playbook.content import PageHead
from salestrain.playbook.source import read_text, read_yaml
from salestrain.playbook.validate import validated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePath

    from salestrain.playbook.references import References

FENCE = "---"
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)\)")
PICTURE = re.compile(rf"^{IMAGE.pattern}[ \t]*$", re.MULTILINE)
IMAGES = (".png", ".jpg", ".jpeg", ".webp")
LARGEST_IMAGE = 200_000
FIGURES = (
    "stages", "orders", "complaints", "ladder", "milestones", "follow_up",
    "competencies", "raci", "cadence", "tiers", "capacity", "privacy",
)  # fmt: skip
"""What a page may show as ``![caption](figure:NAME)``, drawn from the standards."""
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
class Picture:
    """A picture on a line of its own: a figure drawn from the standards, or an image file."""

    caption: str
    figure: str = ""
    image: Path | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language: its head, and its Markdown with every reference filled in."""

    head: PageHead
    markdown: str
    place: Place
    folder: Path

    @property
    def html(self) -> str:
        """The text as HTML without scripts, styles or handlers, and without its pictures."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def parts(self) -> tuple[str | Picture, ...]:
        """The body in order: HTML of the text, pictures."""
        text, *rest = PICTURE.split(self.markdown)
        parts: list[str | Picture] = [_html(text)]
        for caption, source, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
            parts += [_picture(caption, source, self.folder), _html(after)]
        return tuple(part for part in parts if part)


def read_page(path: Path, shown: PurePath, references: References, root: Path) -> Page:
    """Read one page of the playbook in ``root``.

    Raises:
        ContentError: With the faults of its head; those of its body are left in ``references``.
    """
    opening, _, rest = read_text(path, shown, root).partition("\n")
    head_text, closed, body = rest.partition(f"\n{FENCE}\n")
    if opening.strip() != FENCE or not closed:
        mend = f"begin with a line {FENCE}, then keys, then a line {FENCE}"
        raise ContentError([Fault(Place(shown, 1), "a page without a head", mend)])
    head = validated(PageHead, read_yaml(head_text, shown, first_line=2))
    lines = []
    for number, line in enumerate(body.splitlines(), head_text.count("\n") + 4):
        place = Place(shown, number)
        references.faults += _picture_faults(line, place, path.parent)
        lines.append(references.written(line, head.lang, place))
    expected = f"{head.section}-", f".{head.lang}.md"
    if not (path.name.startswith(expected[0]) and path.name.endswith(expected[1])):
        mend = f"name the file {expected[0]}…{expected[1]}, or mend its head"
        raise ContentError([Fault(Place(shown, 1), f"{path.name} is misnamed", mend)])
    return Page(head, "\n".join(lines), Place(shown, 1), path.parent)


def _html(markdown: str) -> str:
    rendered = MARKDOWN.render(markdown)
    return nh3.clean(
        rendered,
        tags=TAGS,
        attributes=ATTRIBUTES,
        filter_style_properties={"text-align"},
        link_rel="noopener noreferrer",
    )


def _picture(caption: str, source: str, folder: Path) -> Picture:
    kind, _, name = source.partition(":")
    return (
        Picture(caption, figure=name)
        if kind == "figure"
        else Picture(caption, image=folder / source)
    )


def _inside(file: Path, folder: Path) -> bool:
    return file.is_file() and file.resolve().is_relative_to(folder.resolve())


def _picture_faults(line: str, place: Place, folder: Path) -> Iterator[Fault]:
    for found in IMAGE.finditer(line):
        kind, _, name = found[2].partition(":")
        file = folder / found[2]
        if not PICTURE.fullmatch(line):
            yield Fault(place, "a picture within a line", "put it on a line of its own")
        elif kind == "figure" and name not in FIGURES:
            yield Fault(place, f"unknown figure {name!r}", did_you_mean(name, FIGURES))
        elif kind != "figure" and not (found[2].endswith(IMAGES) and _inside(file, folder)):
            mend = f"put the file beside the page; it ends in {', '.join(IMAGES)}"
            yield Fault(place, f"image {found[2]!r} is missing", mend)
        elif kind != "figure" and file.stat().st_size > LARGEST_IMAGE:
            size = f"{file.stat().st_size / 1000:,.0f} kB"
            yield Fault(place, f"image {found[2]!r} has {size}", "shrink it to 200 kB")
