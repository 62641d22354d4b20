"""Proofs kept with the playbook: `check` proves a role-play again only when something has changed.

`playbook/.proofs.json` holds, by id, what a sound role-play was proved to be, and the hash of what
that rests on: the scenario as written, figures filled in, and the code that plays and proves it.
It is committed with the playbook, so that nobody proves again what another has proved.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salestrain.errors import Fault
from salestrain.playbook import scenarios as written
from salestrain.training import proving
from salestrain.training.proving.faults import proof_faults, proved
from salestrain.training.proving.web import TooManyError
from salestrain.training.talks import play

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salestrain.playbook.scenarios import Scenario
    from salestrain.playbook.whole import Playbook
    from salestrain.training.proving.proof import Proof

    Proofs = dict[str, dict[str, Any]]

NAME = ".proofs.json"
TOO_MANY = "more can happen than is looked through", "let fewer cases keep their state"


def prove_changed(playbook: Playbook, tell: Callable[[int], None]) -> list[Fault]:
    """Prove each role-play that isn't proved as it stands; keep the proofs of those that are sound.

    Args:
        playbook: The one to prove.
        tell: Is told how many there are to prove, if there are any.

    Returns:
        What is wrong, each with its line.
    """
    kept, code = read_proofs(playbook.root), _code()
    hashes = {one.id: _hash(one, code) for one in playbook.scenarios.values()}
    changed = [one for one in hashes if kept.get(one, {}).get("of") != hashes[one]]
    if changed:
        tell(len(changed))
    faults = list[Fault]()
    for name in changed:
        proof, found = proof_of(playbook.scenarios[name])
        faults += found
        kept[name] = {"of": hashes[name], **_figures(proof)} if not found else {}
    sound = {name: kept[name] for name in sorted(hashes) if kept.get(name)}
    if sound != read_proofs(playbook.root):
        text = json.dumps(sound, ensure_ascii=False, indent=1) + "\n"
        (playbook.root / NAME).write_text(text, encoding="utf-8")
    return faults


def proof_of(scenario: Scenario) -> tuple[tuple[Proof, ...], list[Fault]]:
    """Return what can come of a scenario, and what is wrong with it."""
    try:
        proofs = proved(scenario)
    except TooManyError:
        return (), [scenario.fault(*TOO_MANY, "states")]
    return proofs, [*proof_faults(scenario, proofs)]


def read_proofs(root: Path) -> Proofs:
    """Return the proofs kept in a playbook's folder; what can't be read is proved again."""
    try:
        found = json.loads((root / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _figures(proofs: tuple[Proof, ...]) -> dict[str, Any]:
    """Return what a reader wants to know of a sound role-play."""
    first = proofs[0]
    return {
        "luck": {"typed" if one.typed else "chosen": round(one.luck, 5) for one in proofs},
        "situations": {"typed" if one.typed else "chosen": one.spots for one in proofs},
        "shortest": {name: len(found.moves) for name, found in first.endings.items()},
        "points": {name: [*bounds] for name, bounds in first.competencies.items()},
    }


def _hash(scenario: Scenario, code: str) -> str:
    return hashlib.sha256(f"{code}\n{scenario.as_written()}".encode()).hexdigest()[:16]


def _code() -> str:
    """Return the hash of the code that a proof rests on."""
    return hashlib.sha256("\n".join(_sources()).encode()).hexdigest()


def _sources() -> Iterator[str]:
    rooms = [Path(str(written.__file__)), Path(str(play.__file__))]
    rooms += sorted(Path(str(proving.__file__)).parent.glob("*.py"))
    yield from (room.read_text(encoding="utf-8") for room in rooms)
