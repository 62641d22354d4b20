"""How the server talks to a kernel it has just been given: at once, not after a silence."""

from __future__ import annotations

import asyncio
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

ANSWERS_WITHIN_SECONDS, SAYS_SO_WITHIN_SECONDS = 1.0, 0.2


class PromptClient(AsyncKernelClient):
    """Takes a kernel's word for being idle; the usual client waits until 200 ms pass in silence."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 (as in the base)
        """Wait until the kernel answers and what it says of itself arrives here.

        Raises:
            RuntimeError: If it dies before, or takes longer than ``timeout`` seconds.
        """
        try:
            async with asyncio.timeout(timeout):
                while not await self._has_answered():
                    if not await self.is_alive():
                        raise RuntimeError("the kernel died before it was ready")
        except TimeoutError as error:
            raise RuntimeError(f"the kernel wasn't ready in {timeout} seconds") from error

    async def _has_answered(self) -> bool:
        """Ask for a sign of life; true once the kernel has said on iopub that it was the last."""
        asked = self.kernel_info()
        try:
            reply = await self._recv_reply(asked, timeout=ANSWERS_WITHIN_SECONDS)
            while not _ends(await self.get_iopub_msg(timeout=SAYS_SO_WITHIN_SECONDS), asked):
                pass
        except (Empty, TimeoutError):  # not up yet, or what it said came before we listened
            return False
        if reply["msg_type"] != "kernel_info_reply":  # to another client, whose numbers are ours
            return False
        self._handle_kernel_info_reply(reply)
        return True


def _ends(message: dict[str, Any], asked: str) -> bool:
    told = message["content"].get("execution_state"), message["parent_header"].get("msg_id")
    return told == ("idle", asked)
