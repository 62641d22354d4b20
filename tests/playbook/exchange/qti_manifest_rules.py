"""The rules of a QTI package's manifest.

Sources: IMS Content Packaging 1.1.4 and QTI 3.0 content packaging XSDs, with the binding of LOM
that both name (imsmd_loose_v1p3p2.xsd), 1EdTech. The XSD of 2.1's own packages could not be had:
its schema words are those of its sister 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from salestrain.playbook.exchange.qti_names import FORMS, Form
from salestrain.playbook.exchange.xml import Node
from tests.playbook.exchange.qti_values import NAME, VALUES, doubled

CHILDREN = {
    "manifest": "metadata organizations resources ",
    "metadata": "(?:schema schemaversion |lom )",
    "organizations": "",
    "resources": "(resource )*",
    "resource": "metadata (file )+",
    "lom": "general ",
    "general": "(identifier )*(title )?(language )*(description )*(keyword )*",
    "identifier": "catalog entry ",
    "keyword": "(string )+",
}
ATTRIBUTES = {
    "manifest": {"identifier", "xmlns", "xmlns:lom", "xmlns:xsi", "xsi:schemaLocation"},
    "resource": {"identifier", "type", "href"},
    "file": {"href"},
    "string": {"language"},
}
HAVE_TEXT = {"schema", "schemaversion", "catalog", "entry", "language", "string"}


def broken_manifest(manifest: Node) -> list[str]:
    """Return which rules a manifest breaks."""
    space = manifest.attributes.get("xmlns", "")
    form = next((one for one in FORMS.values() if one.package == space), None)
    if form is None:
        return [f"no version has the namespace {space!r}"]
    named = [manifest, *manifest.within("resource")]
    twice = doubled(node.attributes.get("identifier", "") for node in named)
    return [
        *_broken(manifest),
        *(f"{name!r} comes twice" for name in twice),
        *_words(manifest, form),
    ]


def _words(manifest: Node, form: Form) -> Iterator[str]:
    said = tuple(manifest.text_of("metadata", name) for name in ("schema", "schemaversion"))
    if said != form.package_schema:
        yield f"{said} is the schema of no version"
    places = manifest.attributes.get("xsi:schemaLocation", "").split()
    if {form.package, manifest.attributes.get("xmlns:lom")} != {*places[::2]}:
        yield f"schemas only for {places[::2]}"
    for node in manifest.within("resource"):
        if node.attributes.get("type") != form.resource:
            yield f"{node.line}: a resource of type {node.attributes.get('type')}"
        if not re.fullmatch(NAME, node.attributes.get("identifier", "")):
            yield f"{node.line}: {node.attributes.get('identifier')!r} is no identifier"


def _broken(node: Node) -> Iterator[str]:
    said = "".join(f"{each.name} " for each in node.children)
    own = "".join(each for each in node.inside if isinstance(each, str)).strip()
    if not re.fullmatch(CHILDREN.get(node.name, ""), said):
        yield f"{node.line}: {node.name} holds {said}"
    if node.attributes.keys() != ATTRIBUTES.get(node.name, set()):
        yield f"{node.line}: {node.name} has {sorted(node.attributes)}"
    if bool(own) != (node.name in HAVE_TEXT):
        yield f"{node.line}: {node.name} says {own[:20]!r}"
    if node.name == "language" and not re.fullmatch(VALUES["xml:lang"], own):
        yield f"{node.line}: {own!r} is no language"
    for each in node.children:
        yield from _broken(each)
