"""QTI packages by 1EdTech's own XSDs, where somebody has them on disk: they aren't ours to pass on.

``SALESTRAIN_QTI_XSD`` names a folder that holds, flat, those of ``purl.imsglobal.org/spec/qti`` and
what they import (needs ``pip install lxml``).
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import Any

import pytest

from salestrain.playbook.exchange.files import unpacked
from salestrain.playbook.exchange.formats import Format
from tests.playbook.exchange.trips import bank, sent

SCHEMAS: dict[Format, tuple[tuple[str, ...], ...]] = {
    "qti2.1": (("imsqti_v2p1*.xsd",), ("qtiv2p1_imscp*.xsd", "imscp_v1p1*.xsd")),
    "qti3.0": (("imsqti_asiv3p0*.xsd", "imsqti_itemv3p0*.xsd"), ("imsqtiv3p0*_imscp*.xsd",)),
}
"""What the schema of items is called, and that of a package's manifest: the fuller first."""


def schema(folder: Path, patterns: tuple[str, ...]) -> tuple[Any, Any]:
    etree = pytest.importorskip("lxml.etree", reason="pip install lxml: it reads XSDs")

    class Near(etree.Resolver):  # type: ignore[misc, name-defined]
        def resolve(self, url: str, _: str, context: object) -> object:
            return self.resolve_filename(str(folder / PurePath(url).name), context)

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Near())
    file = next((one for each in patterns for one in sorted(folder.glob(each))), None)
    assert file, f"{folder} holds no {' or '.join(patterns)}"
    return etree.XMLSchema(etree.parse(str(file), parser)), etree.fromstring


@pytest.mark.slow
@pytest.mark.parametrize("form", SCHEMAS)
def test_the_whole_bank_is_valid_by_the_official_schema(form: Format) -> None:
    where = os.environ.get("SALESTRAIN_QTI_XSD")
    if not where:
        pytest.skip("no XSDs of QTI: SALESTRAIN_QTI_XSD names a folder with 1EdTech's files")
    item, manifest = (schema(Path(where), patterns) for patterns in SCHEMAS[form])
    faults = []
    for name, data in unpacked(sent(form, bank()).files[""], PurePath("bank.zip")).items():
        judge, parse = item if "/" in name else manifest
        judge.validate(parse(data))
        faults += [f"{name}: {each.message}" for each in judge.error_log]
    assert faults == []
