"""What a QTI package says of the items in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.playbook.exchange.labels import labels_of
from salestrain.playbook.exchange.markup import as_html
from salestrain.playbook.exchange.qti_names import LOM, XSI, identifier
from salestrain.playbook.exchange.xml import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.language import Language
    from salestrain.playbook.exchange.qti_names import Form
    from salestrain.playbook.items import Item

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = "imsmanifest.xml"
TOOL = "salestrain"


def manifest(form: Form, resources: Sequence[str]) -> str:
    """Return the list of what a package holds."""
    schema, version = (
        tag(name, {}, said)
        for name, said in zip(("schema", "schemaversion"), form.package_schema, strict=True)
    )
    about = {
        "xmlns": form.package,
        "xmlns:lom": LOM,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": form.package_files,
        "identifier": TOOL,
    }
    inside = tag("metadata", {}, schema, version), tag("organizations")
    listed = tag("resources", {}, "\n", "\n".join(resources), "\n")
    return f"{HEAD}{tag('manifest', about, *inside, listed)}\n"


def resource(form: Form, item: Item, language: Language, name: str) -> str:
    """Return a line of that list: an item in a language, with its labels as keywords."""
    labels = (
        tag("lom:keyword", {}, tag("lom:string", {"language": "en"}, as_html(label)))
        for label in labels_of(item, rules=True)
    )
    catalog = tag("lom:catalog", {}, TOOL), tag("lom:entry", {}, item.id)
    general = tag(
        "lom:general", {}, tag("lom:identifier", {}, *catalog),
        tag("lom:language", {}, language), *labels,
    )  # fmt: skip
    about = {"identifier": f"{identifier(item.id)}.{language}", "type": form.resource, "href": name}
    metadata = tag("metadata", {}, tag("lom:lom", {}, general))
    return tag("resource", about, metadata, tag("file", {"href": name}))
