"""XML from elsewhere → nodes with lines: no DTD, no entities, no outside files, no depth."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from salestrain.errors import ContentError, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePath

DEEPEST = 60
MOST = 400_000  # elements; the sample company's bank as Moodle XML has a tenth of it


@dataclass
class Node:
    """An element: its name without a prefix, its attributes, and what is in it, in order."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        """The elements in it."""
        return [each for each in self.inside if isinstance(each, Node)]

    def all(self, name: str) -> list[Node]:
        """Return the elements in it of a name."""
        return [each for each in self.children if each.name == name]

    def first(self, name: str) -> Node | None:
        """Return the first element in it of a name."""
        return next(iter(self.all(name)), None)

    def within(self, *names: str) -> Iterator[Node]:
        """Yield the elements of these names however deep, itself too."""
        if self.name in names:
            yield self
        for each in self.children:
            yield from each.within(*names)

    @property
    def text(self) -> str:
        """All text in it, with no space around."""
        return "".join(self.texts()).strip()

    def texts(self) -> Iterator[str]:
        """Yield the pieces of its text."""
        for each in self.inside:
            yield from [each] if isinstance(each, str) else each.texts()

    def text_of(self, *names: str) -> str:
        """Return the text of what these names lead to, one within the other."""
        at: Node | None = self
        for name in names:
            at = at.first(name) if at else None
        return at.text if at else ""


def read_xml(data: bytes, path: PurePath) -> Node:
    """Return the root of an XML file.

    Raises:
        ContentError: If it is malformed, or does what only an attack needs.
    """
    builder = _Builder(path)
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(builder)
    try:
        parser.parse(io.BytesIO(data))
    except SAXParseException as error:
        what = f"not XML: {error.getMessage()}"
        place = Place(path, error.getLineNumber() or 0)
        raise ContentError([Fault(place, what, "export it again, or mend the tag")]) from error
    except DefusedXmlException as error:
        what = "a DTD or an entity, which could read other files"
        mend = "remove the lines with <!DOCTYPE and <!ENTITY"
        raise ContentError([Fault(builder.place, what, mend)]) from error
    except (SAXException, ValueError, LookupError) as error:
        what = f"not XML: {error}"
        raise ContentError([Fault(builder.place, what, "save it as UTF-8")]) from error
    return builder.root


class _Builder(ContentHandler):
    def __init__(self, path: PurePath) -> None:
        super().__init__()
        self.path, self.count = path, 0
        self.root = Node("", 1)
        self.open: list[Node] = []
        self.locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: ANN401, N802 (SAX names it)
        self.locator = locator

    @property
    def place(self) -> Place:
        return Place(self.path, (self.locator and self.locator.getLineNumber()) or 1)

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: ANN401, N802 (SAX names it)
        self.count += 1
        if len(self.open) >= DEEPEST or self.count > MOST:
            deep = len(self.open) >= DEEPEST
            what = f"nested deeper than {DEEPEST}" if deep else f"more than {MOST} elements"
            raise ContentError([Fault(self.place, what, "split the file, or close its tags")])
        node = Node(name.rpartition(":")[2], self.place.line, dict(attrs.items()))
        if self.open:
            self.open[-1].inside.append(node)
        else:
            self.root = node
        self.open.append(node)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 (SAX names it)
        self.open.pop()

    def characters(self, content: str) -> None:
        self.open[-1].inside.append(content)


def tag(name: str, attributes: Mapping[str, object] | None = None, *inside: str) -> str:
    """Return an element as text; what is inside is XML already."""
    said = "".join(
        f' {key}="{_quoted(str(value))}"'
        for key, value in (attributes or {}).items()
        if value is not None
    )
    body = "".join(inside)
    return f"<{name}{said}>{body}</{name}>" if body else f"<{name}{said}/>"


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;", "\n": "&#10;"})


def cdata(text: str) -> str:
    """Return a text as a CDATA section."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
