"""The client that the server reaches its kernels by, with real kernels."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from queue import Empty
from typing import Any

import pytest
from jupyter_client.manager import AsyncKernelManager

from salestrain.serving.clients import PromptClient

pytestmark = pytest.mark.slow


@asynccontextmanager
async def kernel() -> AsyncIterator[tuple[AsyncKernelManager, Any]]:
    """A kernel just started, and a client that listens to it."""
    manager = AsyncKernelManager(client_factory=PromptClient, transport="ipc")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        yield manager, client
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


async def outputs(client: Any, code: str) -> list[str]:  # noqa: ANN401 (as jupyter_client has it)
    """Run code; return what it printed, as heard on this client alone."""
    said: list[str] = []
    await client.execute_interactive(
        code,
        output_hook=lambda message: said.append(message["content"].get("text", "")),
        timeout=30,
    )
    return [text for text in said if text]


def test_once_ready_nothing_a_kernel_says_is_missed() -> None:
    async def first_words() -> list[str]:
        async with kernel() as (_, client):
            await client.wait_for_ready(timeout=60)
            return await outputs(client, "print('first')")

    for _ in range(3):
        assert asyncio.run(first_words()) == ["first\n"]


def test_once_ready_nothing_is_left_to_be_heard() -> None:
    async def silent() -> None:
        async with kernel() as (_, client):
            await client.wait_for_ready(timeout=60)
            with pytest.raises(Empty):
                await client.get_iopub_msg(timeout=0.5)

    asyncio.run(silent())


def test_a_kernel_at_work_is_waited_for() -> None:
    async def waited() -> bool:
        async with kernel() as (manager, client):
            await client.wait_for_ready(timeout=60)
            client.execute("import time; time.sleep(3); done = True")
            while (await client.get_iopub_msg(timeout=30))["msg_type"] != "execute_input":
                pass  # else the other one may be answered first
            other = manager.client()
            other.start_channels()
            try:
                began = time.monotonic()
                await other.wait_for_ready(timeout=60)
                assert time.monotonic() - began > 1
                return await outputs(other, "print(done)") == ["True\n"]
            finally:
                other.stop_channels()

    assert asyncio.run(waited())


def test_a_dead_kernel_and_one_that_takes_too_long_are_told() -> None:
    async def told() -> list[str]:
        found = []
        async with kernel() as (manager, client):
            await client.wait_for_ready(timeout=60)
            client.execute("import time; time.sleep(30)")
            for _ in range(2):
                with pytest.raises(RuntimeError) as caught:
                    await client.wait_for_ready(timeout=2)
                found.append(str(caught.value))
                assert manager.provisioner
                await manager.provisioner.kill()
                await manager.provisioner.wait()
        return found

    assert asyncio.run(told()) == [
        "the kernel wasn't ready in 2 seconds",
        "the kernel died before it was ready",
    ]
