"""Spare kernels: started ahead, the apps loaded, for nobody yet, so that a page opens at once."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from salestrain.serving.kernels import Kernels

SERVED = {"SALESTRAIN_SERVED": "1"}
LOADING = "__import__('salestrain.apps.prepared', fromlist=['x']).prepare({workspace!r})"
LOADS_WITHIN_SECONDS, STARTS_WITHIN_SECONDS = 60, 10
PAGE_FIRST_SECONDS = 1.5  # the page being opened has the processor before its successor does

log = logging.getLogger(__name__)


class Spares:
    """Keeps a few kernels ready; whoever takes one gets the next one made.

    Args:
        kernels: Starts and ends them.
        workspace: Whose playbook they read ahead.
        folder: Where they run: that of the notebooks.
        count: How many are kept; 0 keeps none.
    """

    def __init__(self, kernels: Kernels, workspace: str, folder: str, count: int) -> None:
        self.kernels, self.workspace, self.folder, self.count = kernels, workspace, folder, count
        self.ready: deque[str] = deque()
        self._making = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self) -> str | None:
        """Return a kernel that is ready, None if there is none; another will be made."""
        taken = None
        while self.ready and taken is None:
            kernel_id = self.ready.popleft()
            taken = kernel_id if kernel_id in self.kernels else None
        self.fill(PAGE_FIRST_SECONDS)
        return taken

    def fill(self, after_seconds: float = 0) -> None:
        """Have as many made as are missing."""
        for _ in range(self.count - len(self.ready) - self._making):
            self._making += 1
            task = asyncio.get_running_loop().create_task(self._make(after_seconds))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Make no more; a kernel just starting can only be ended once it has started."""
        self.count = 0
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STARTS_WITHIN_SECONDS)

    async def _make(self, after_seconds: float) -> None:
        try:
            await asyncio.sleep(after_seconds)
            async with self.kernels.turns:
                await self._start()
        except Exception:  # a page can always start a kernel of its own
            log.warning("no spare kernel could be made", exc_info=True)
        finally:
            self._making -= 1

    async def _start(self) -> None:
        if not self.count:
            return
        kernel_id = await self.kernels.start_kernel(
            kernel_name=self.kernels.default_kernel_name,
            path=cast("Any", self.folder),
            env={**os.environ, **SERVED},
        )
        if self.count:
            await asyncio.wait_for(self._load(kernel_id), LOADS_WITHIN_SECONDS)
            self.ready.append(kernel_id)

    async def _load(self, kernel_id: str) -> None:
        client: Any = self.kernels.get_kernel(kernel_id).client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=LOADS_WITHIN_SECONDS)
            code = LOADING.format(workspace=self.workspace)
            reply = await client.execute(code, silent=True, store_history=False, reply=True)
            if reply["content"]["status"] != "ok":
                log.warning("a spare kernel could not load the apps: %s", reply["content"])
        finally:
            client.stop_channels()
