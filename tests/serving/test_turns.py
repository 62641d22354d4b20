"""Of many who open a page at once, one for each processor starts a kernel; then the next."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from salestrain.serving import kernels
from salestrain.serving.kernels import Kernels, Lease


@dataclass
class Started:
    """What was started so far, in order."""

    names: list[str] = field(default_factory=list)

    async def start(self, **kwargs: Any) -> str:  # noqa: ANN401
        name = str(kwargs["name"])
        self.names.append(name)
        return name


def opened(lender: Kernels, lease: Lease, name: str) -> asyncio.Task[str]:
    return asyncio.create_task(lender.lend(lease, kernel_name="python3", name=name))


def lending(processors: int, started: Started, patch: pytest.MonkeyPatch) -> Kernels:
    lender = Kernels()  # type: ignore[no-untyped-call]
    lender.turns = asyncio.Semaphore(processors)
    patch.setattr(lender, "start_kernel", started.start)
    return lender


def test_the_next_starts_when_a_page_is_made_and_first_come_first_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def order() -> list[list[str]]:
        started, seen = Started(), []
        lender = lending(2, started, monkeypatch)
        leases = [Lease("R1", "s") for _ in range(4)]
        pages = [opened(lender, one, name) for one, name in zip(leases, "abcd", strict=True)]
        for done in leases[:3]:
            await asyncio.sleep(0.01)
            seen.append(list(started.names))
            done.made()
            done.made()  # only once is a turn given up
        await asyncio.gather(*pages)
        return seen

    assert asyncio.run(order()) == [["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]]


def test_a_page_that_takes_long_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kernels, "LONGEST_TURN_SECONDS", 0.05)

    async def both() -> list[str]:
        started = Started()
        lender = lending(1, started, monkeypatch)
        leases = [Lease("R1", "s"), Lease("R2", "s")]
        pages = [opened(lender, one, name) for one, name in zip(leases, "ab", strict=True)]
        await asyncio.wait_for(asyncio.gather(*pages), 5)
        return started.names

    assert asyncio.run(both()) == ["a", "b"]


def test_a_kernel_that_does_not_start_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    async def second() -> str:
        lender = lending(1, Started(), monkeypatch)
        first = Lease("R1", "s")

        async def fails(**_: Any) -> str:  # noqa: ANN401
            raise OSError("no process")

        with monkeypatch.context() as broken:
            broken.setattr(lender, "start_kernel", fails)
            with pytest.raises(OSError, match="no process"):
                await opened(lender, first, "a")
        first.made()  # as the page's handler does, whatever happened
        return await asyncio.wait_for(opened(lender, Lease("R2", "s"), "b"), 5)

    assert asyncio.run(second()) == "b"
