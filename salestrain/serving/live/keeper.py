"""Keeps the answers of a class: many that come at once are committed together."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salestrain.errors import SalestrainError

if TYPE_CHECKING:
    from salestrain.records.steps import Addressed, Steps


@dataclass
class Keeper:
    """Commits steps in the order in which they came.

    While one transaction is under way the next ones gather; they then go together. A class of 200
    that answers in the same second costs a few commits in place of 200.
    """

    steps: Steps
    waiting: list[tuple[Addressed, asyncio.Future[None]]] = field(default_factory=list)
    work: asyncio.Task[None] | None = None

    async def keep(self, step: Addressed) -> None:
        """Return once the step is committed; one of an id that is there already changes nothing.

        Raises:
            SalestrainError: If it can't be kept.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append((step, done))
        if self.work is None or self.work.done():
            self.work = asyncio.create_task(self._keep_all())
        await done

    async def _keep_all(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting, []
            try:
                await asyncio.to_thread(self.steps.append_each, [step for step, _ in batch])
            except SalestrainError:
                await self._one_by_one(batch)  # one that can't be kept must not cost the others
            else:
                for _, done in batch:
                    _tell(done, None)

    async def _one_by_one(self, batch: list[tuple[Addressed, asyncio.Future[None]]]) -> None:
        for step, done in batch:
            try:
                await asyncio.to_thread(self.steps.append_each, [step])
            except SalestrainError as error:
                _tell(done, error)
            else:
                _tell(done, None)

    async def close(self) -> None:
        """Wait until all that came is committed."""
        if self.work is not None:
            with suppress(asyncio.CancelledError):
                await self.work


def _tell(done: asyncio.Future[None], error: SalestrainError | None) -> None:
    if done.done():  # nobody waits any more: the phone has gone
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
