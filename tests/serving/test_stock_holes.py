"""What Voila as shipped lets through, attack by attack: why each guard here is needed.

Each attack has its counterpart in the other tests of this folder, where it fails; scripts in
texts are in ``tests/browser/test_stock_script.py``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

import pytest
import websocket

from tests.serving.conftest import TALKING, notebook
from tests.starting import STARTS_WITHIN_SECONDS
from tests.stock_voila import Stock, started

pytestmark = pytest.mark.slow
FAULT = "typed_by_a_person = 'my salary'\n1 / 0"
KEY = "the answer is B"


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """The ``voila`` command on notebooks like ours."""
    root = tmp_path_factory.mktemp("stock")
    (root / "public").mkdir()
    (root / "public" / "picture.svg").write_text("<svg/>")
    (root / "answers.json").write_text(KEY)
    notebook(root / "talk.ipynb", TALKING)
    notebook(root / "fault.ipynb", FAULT)
    allowed = "--VoilaConfiguration.file_allowlist=['.*\\.svg', 'public/.*']"
    with started(root, allowed) as made:
        yield made


@pytest.fixture(scope="module")
def preheated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """The same with kernels that wait for whoever comes."""
    root = tmp_path_factory.mktemp("preheated")
    notebook(root / "talk.ipynb", TALKING)
    heat = "--VoilaConfiguration.default_pool_size=1"
    with started(root, "--VoilaConfiguration.preheat_kernel=True", heat) as made:
        yield made


def files_without_login(stock: Stock) -> bool:
    return stock.get("voila/files/public/picture.svg") == (200, "<svg/>")


def path_past_the_allow_list(stock: Stock) -> bool:
    tried = ("public/..%2fanswers.json", "public/%2e%2e/answers.json")
    return any(KEY in stock.get(f"voila/files/{path}")[1] for path in tried)


def trace_for_a_malformed_message(stock: Stock) -> bool:
    _, kernel, model = stock.page()
    page = stock.socket(kernel)
    page.say(model, do="fail")
    return "Traceback" in (said := str(page.heard(5))) and "secret in the source" in said


def synced_trait_written_by_a_client(stock: Stock) -> bool:
    _, kernel, model = stock.page()
    page = stock.socket(kernel)
    data = {"method": "update", "state": {"said": "score 999"}, "buffer_paths": []}
    page.send("shell", "comm_msg", {"comm_id": model, "data": data})
    return "score 999" in str(page.heard(3))


def widgets_without_limit(stock: Stock) -> bool:
    _, kernel, _ = stock.page()
    return str(stock.socket(kernel).make_widgets(300)).count("'target_name'") > 300


def every_notebook_listed(stock: Stock) -> bool:
    said = stock.get("voila/api/contents/?content=1", stock.token)[1]
    return {"talk.ipynb", "fault.ipynb"} <= {one["name"] for one in json.loads(said)["content"]}


def signature_in_the_environment(stock: Stock) -> bool:
    page, _, _ = stock.page()
    return "QUERY_STRING" in page


def sources_in_the_log(stock: Stock) -> bool:
    stock.page("fault")
    return "my salary" in stock.log.read_text()


def kernel_of_another(stock: Stock) -> bool:
    """Whoever may open any page joins any kernel: it belongs to nobody."""
    _, kernel, model = stock.page()
    stock.socket(kernel)
    other = stock.socket(kernel)
    other.say(model, do="I am somebody else")
    return "I am somebody else" in str(other.heard(3))


def kernel_that_outlives_its_page(stock: Stock) -> bool:
    _, kernel, _ = stock.page()
    stock.get(f"voila/api/shutdown/{kernel}", method="POST")  # a beacon can carry no token
    time.sleep(3)
    return stock.get(f"api/kernels/{kernel}", stock.token)[0] == 200


def thousands_of_messages(stock: Stock) -> bool:
    _, kernel, _ = stock.page()
    page = stock.socket(kernel)
    for _ in range(2000):
        page.send("shell", "kernel_info_request", {})
    return page.socket.connected and bool(page.heard(2))


ATTACKS = [
    files_without_login,
    path_past_the_allow_list,
    trace_for_a_malformed_message,
    synced_trait_written_by_a_client,
    widgets_without_limit,
    every_notebook_listed,
    signature_in_the_environment,
    sources_in_the_log,
    kernel_of_another,
    kernel_that_outlives_its_page,
    thousands_of_messages,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_stock_voila_lets_it_through(stock: Stock, attack: Callable[[Stock], bool]) -> None:
    try:
        assert attack(stock)
    finally:
        stock.close()


def test_stock_voila_tells_a_stranger_the_query_of_a_preheated_page(preheated: Stock) -> None:
    """Its kernels read their visitor's query from this socket, and so may anybody else."""
    until, said = time.monotonic() + STARTS_WITHIN_SECONDS, ""
    while "signature=abc" not in said and time.monotonic() < until:
        _, kernel, _ = preheated.page()  # until a kernel has been waiting for it
        listening = preheated.connect(f"voila/query/{kernel}")
        listening.settimeout(2)
        try:
            said = str(listening.recv())
        except websocket.WebSocketTimeoutException:
            continue
        finally:
            preheated.close()
    assert "signature=abc" in said
