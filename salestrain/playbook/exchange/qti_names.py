"""The names of QTI 2.1 and 3.0: the same tree, written in two ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from salestrain.playbook.exchange.xml import Node, tag

Version = Literal["2.1", "3.0"]
HTML = {
    "a", "abbr", "b", "br", "caption", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "i", "img", "li", "object", "ol", "p", "pre", "q", "s", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")
BAR = re.compile(r"-([a-z])")
PREFIX = "qti-"
USE: dict[Version, dict[str, object]] = {"2.1": {}, "3.0": {"use": "scoring"}}
"""What 3.0 says of a rubric beside who sees it."""
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LOM = "http://ltsc.ieee.org/xsd/LOM"
ODD = re.compile(r"[^A-Za-z0-9_.]")
SPELT = re.compile(r"-(10[0-9a-f]{4}|[0-9a-f]{1,5})-")


@dataclass(frozen=True)
class Form:
    """How a version of QTI is written."""

    version: Version
    namespace: str
    schema: str
    package: str
    package_files: str
    package_schema: tuple[str, str]
    resource: str

    def el(self, name: str, attributes: dict[str, object] | None = None, *inside: str) -> str:
        """Return an element, named as in 2.1; what is inside is XML already."""
        if self.version == "2.1":
            return tag(name, attributes, *inside)
        name = name if name in HTML else PREFIX + kebab(name)
        return tag(
            name, {_attribute(key): said for key, said in (attributes or {}).items()}, *inside
        )

    def told(self, name: str, attributes: dict[str, object], *inside: str) -> str:
        """Return an element of blocks, which 3.0 wraps once more."""
        body = inside if self.version == "2.1" else (self.el("contentBody", {}, *inside),)
        return self.el(name, attributes, *body)


FORMS: dict[Version, Form] = {
    "2.1": Form(
        "2.1",
        "http://www.imsglobal.org/xsd/imsqti_v2p1",
        "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "http://www.imsglobal.org/xsd/imscp_v1p1"
        " http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
        f" {LOM} http://www.imsglobal.org/xsd/imsmd_loose_v1p3p2.xsd",
        ("QTIv2.1 Package", "1.0.0"),
        "imsqti_item_xmlv2p1",
    ),
    "3.0": Form(
        "3.0",
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
        " https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd"
        f" {LOM} https://purl.imsglobal.org/spec/md/v1p3/schema/xsd/imsmd_loose_v1p3p2.xsd",
        ("QTI Package", "3.0.0"),
        "imsqti_item_xmlv3p0",
    ),
}


def kebab(name: str) -> str:
    """Return a name in 3.0's way: ``responseIf`` as ``response-if``."""
    return HUMP.sub(r"-\1", name).lower()


def _attribute(name: str) -> str:
    return name if ":" in name else kebab(name)


def as_2_1(node: Node) -> Node:
    """Return a tree of either version with the names of 2.1."""
    name = node.name.removeprefix(PREFIX) if node.name.startswith(PREFIX) else node.name
    attributes = {
        key if ":" in key or key.startswith("data-") else _camel(key): said
        for key, said in node.attributes.items()
    }
    inside = [each if isinstance(each, str) else as_2_1(each) for each in node.inside]
    return Node(_camel(name), node.line, attributes, inside)


def _camel(name: str) -> str:
    return BAR.sub(lambda found: found[1].upper(), name)


def identifier(id_: str) -> str:
    """Return an id as QTI allows it, to be read back by ``id_of``.

    >>> identifier("2:amount"), id_of("_2-3a-amount")
    ('_2-3a-amount', '2:amount')
    """
    return "_" + ODD.sub(lambda sign: f"-{ord(sign[0]):x}-", id_)


def id_of(identifier: str) -> str:
    """Return the id an identifier stands for; another system's stays as it is."""
    if not identifier.startswith("_"):
        return identifier
    return SPELT.sub(lambda spelt: chr(int(spelt[1], 16)), identifier[1:])
