"""Apps' pages: who may open them, what their addresses may carry, what the page gives away."""

from __future__ import annotations

import gzip
import re
import urllib.request

import pytest

from tests.served import Served

pytestmark = pytest.mark.slow


def test_home_leads_to_today_or_to_the_sign_in(served: Served) -> None:
    inside = served.get("", served.cookie_for("R01"))
    assert (inside.status, inside.headers["Location"]) == (302, "/app/home")
    outside = served.get("app/quiz?set=2.2")
    assert (outside.status, outside.headers["Location"]) == (
        302,
        "/sign-in?next=%2Fapp%2Fquiz%3Fset%3D2.2",
    )


@pytest.mark.parametrize("app", ["manager", "own_talk", "own_stock", "own_fault"])
def test_a_learner_may_not_open_what_is_for_those_who_lead(served: Served, app: str) -> None:
    kernels = served.kernels()
    refused = served.get(f"app/{app}", served.cookie_for("R01"))
    assert refused.status == 403
    assert "这一页不对你开放" in refused.text
    assert served.kernels() == kernels


def test_a_manager_may_open_it(served: Served) -> None:
    assert served.get("app/manager", served.cookie_for("M1")).status == 200


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "Home",
        "home.ipynb",
        "..",
        ".",
        "%2e%2e",
        "..%2freviews%2fkpi_review",
        "../reviews/kpi_review",
        "home%00",
        "home%0a",
        "home/",
        "",
        "a" * 5000,
    ],
)
def test_only_plain_names_of_apps_are_pages(served: Served, name: str) -> None:
    answer = served.get(f"app/{name}", served.cookie_for("D1"), accept_language="en")
    assert answer.status == 404
    assert "没有这一页" in answer.text
    assert "Traceback" not in answer.text


def test_the_address_carries_only_what_the_app_knows(served: Served) -> None:
    cookie = served.cookie_for("M1")
    good = served.get("app/quiz?set=2.2", cookie)
    assert good.status == 200
    assert 'role="alert"' not in good.text
    odd = served.get("app/quiz?set=__import__(%27os%27)&person=D1&workspace=/etc", cookie)
    assert "M1 /" in odd.text
    assert 'role="alert"' not in odd.text


def test_every_answer_has_the_headers_that_keep_others_out(served: Served) -> None:
    cookie = served.cookie_for("R01")
    for path in ("app/home", "sign-in", "nothing", "static/app.css", "healthz", "offline", "sw.js"):
        headers = served.get(path, cookie).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, path
        assert "script-src 'self' blob:;" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "Server" not in headers, path
        assert "Strict-Transport-Security" not in headers, path


def test_a_strange_host_never_gets_into_the_policy(served: Served) -> None:
    answer = served.get("healthz", host="127.0.0.1; script-src *")
    assert "script-src *" not in answer.headers.get("Content-Security-Policy", "")


def test_a_name_that_others_gave_this_machine_is_refused(served: Served) -> None:
    """Who makes a name of theirs point here must not act in a person's browser."""
    assert served.get("sign-in", host="evil.example").status == 403
    assert served.get("sign-in", host=f"localhost:{served.port}").status == 200


def test_only_pages_with_the_stock_front_end_may_run_inline_scripts(served: Served) -> None:
    cookie = served.cookie_for("M1")
    stock = served.get("app/own_stock", cookie)
    assert "'unsafe-inline' 'unsafe-eval'" in stock.headers["Content-Security-Policy"]
    assert "voila.js" in stock.text or "voila_process" in stock.text
    asked = served.get("app/own_talk?frontend=stock", cookie)
    assert "'unsafe-eval'" in asked.headers["Content-Security-Policy"]
    never = served.get("app/manager?frontend=stock", cookie)
    assert "'unsafe-eval'" not in never.headers["Content-Security-Policy"]


def test_the_stock_front_end_finds_its_files_and_strangers_do_not(served: Served) -> None:
    cookie = served.cookie_for("M1")
    page = served.get("app/own_stock", cookie).text
    files = set(re.findall(r'(?:src|href)="/(voila/[^"?]+\.(?:js|css))', page))
    files |= {"voila/static/voila.js"}
    assert files
    for file in files:
        assert served.get(file, cookie).status == 200, file
        assert served.get(file).status in {302, 403}, file


def test_a_failing_cell_is_told_in_words_and_its_source_to_nobody(served: Served) -> None:
    page = served.get("app/own_fault", served.cookie_for("M1")).text
    assert "这一部分没能显示" in page
    for kept in ("ZeroDivisionError", "1 / 0", "my salary"):
        assert kept not in page
    assert "ZeroDivisionError" in served.log()
    assert "my salary" not in served.log()
    assert "1 / 0" not in served.log()


def test_a_page_never_shows_the_source_of_its_notebook(served: Served) -> None:
    page = served.get("app/home", served.cookie_for("R01")).text
    for kept in ("import anywidget", "talking.on_msg", "person ="):
        assert kept not in page


def test_pages_are_compressed_and_never_kept(served: Served) -> None:
    asked = urllib.request.Request(  # noqa: S310 (our own server)
        f"{served.address}app/home",
        headers={"Cookie": served.cookie_for("R01"), "Accept-Encoding": "gzip"},
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
        assert answer.headers["Content-Encoding"] == "gzip"
        assert b"widget-host" in gzip.decompress(answer.read())
    assert "no-store" in served.get("app/home", served.cookie_for("R01")).headers["Cache-Control"]


def test_a_page_speaks_the_language_of_its_reader(served: Served) -> None:
    cookie = served.cookie_for("R16")
    assert 'lang="zh-CN"' in served.get("app/home", cookie, accept_language="en").text
    switched = served.post("language", cookie, "language=en&next=/app/quiz")
    assert switched.headers["Location"] == "/app/quiz"
    page = served.get("app/home", cookie, accept_language="zh").text
    assert '<html lang="en"' in page
    assert "Practice" in page


def test_a_menu_shows_what_ones_role_may_open(served: Served) -> None:
    assert "/app/manager" not in served.get("app/home", served.cookie_for("R01")).text
    manager = served.get("app/quiz", served.cookie_for("M1")).text
    assert "/app/manager" in manager
    assert manager.count('<a href="/app/quiz" aria-current="page">') == 2
