"""What everybody may load, and that no path leads to anything else."""

from __future__ import annotations

import json
import re

import pytest

from salestrain import __version__
from tests.served import Served

pytestmark = pytest.mark.slow


def test_assets_are_kept_for_good_under_their_version_alone(served: Served) -> None:
    page = served.get("sign-in").text
    address = re.search(r'href="/(static/app\.css\?v=\w+)"', page)
    assert address
    versioned = served.get(address[1])
    assert versioned.headers["Content-Type"].startswith("text/css")
    assert "immutable" in versioned.headers["Cache-Control"]
    assert served.get("static/app.css").headers["Cache-Control"] == "no-cache"
    assert served.get("static/app.css?v=old").headers["Cache-Control"] == "no-cache"


def test_everything_a_page_asks_for_is_there(served: Served) -> None:
    page = served.get("app/home", served.cookie_for("R01")).text
    asked = re.findall(r'(?:src|href)="/((?:static|manifest)[^"]+)"', page)
    assert len(asked) >= 4
    for path in [*asked, "static/screen.js"]:
        assert served.get(path).status == 200, path


def test_the_worker_speaks_for_the_whole_house(served: Served) -> None:
    worker = served.get("sw.js?language=zh")
    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.headers["Content-Type"].startswith("text/javascript")
    told = re.findall(r'"/([^"]+)"', worker.text)
    assert len(told) == 3
    for path in told:
        assert served.get(path).status == 200, path


def test_the_offline_page_is_nobodys_in_the_language_asked_for(served: Served) -> None:
    cookie = served.cookie_for("R01")
    assert "You’re offline" in served.get("offline?language=en", cookie).text
    assert "现在没有网络" in served.get("offline?language=zh", cookie).text
    assert "顾思齐" not in served.get("offline?language=zh", cookie).text


def test_a_phone_can_install_it(served: Served) -> None:
    said = json.loads(served.get("manifest.webmanifest", accept_language="zh").text)
    assert said["short_name"] == "澄湖仪表"
    for icon in said["icons"]:
        assert served.get(icon["src"][1:]).headers["Content-Type"] == "image/png"


def test_a_phone_asks_once_a_day_how_to_install_it(served: Served) -> None:
    page = served.get("app/home", served.cookie_for("R01")).text
    (address,) = re.findall(r'rel="manifest" href="/([^"]+)"', page)
    assert served.get(address).headers["Cache-Control"] == "private, max-age=86400"
    assert served.get("manifest.webmanifest?v=old").headers["Cache-Control"] == "no-store"


def test_the_health_is_told_without_a_sign_in(served: Served) -> None:
    said = json.loads(served.get("healthz").text)
    assert said["ok"] is True
    assert said["version"] == __version__


ODD = [
    "{}../../server.py",
    "{}..%2f..%2fserver.py",
    "{}%2e%2e/%2e%2e/server.py",
    "{}..\\..\\server.py",
    "{}..%5c..%5cserver.py",
    "{}.",
    "{}./app.css",
    "{}app.css/.",
    "{}%00",
    "{}/etc/passwd",
    "{}//etc/passwd",
    "{}....//....//etc/passwd",
    "{}.salestrain/secret",
    "{}../.salestrain/secret",
    "{}..%2f.salestrain%2frecords.db",
    "{}public/../../playbook/company.yaml",
]
FOLDERS = [
    "static/",
    "reports/",
    "app/",
    "join/",
    "voila/static/",
    "voila/templates/",
    "voila/templates/lab/static/",
    "voila/api/themes/",
    "voila/labextensions/",
    "voila/files/",
    "voila/render/",
    "voila/tree/",
    "",
]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_path_leads_out(served: Served, folder: str) -> None:
    cookie = served.cookie_for("D1")
    for odd in ODD:
        answer = served.get(odd.format(folder), cookie)
        assert answer.status in {400, 403, 404, 410}, odd.format(folder)
        assert "Traceback" not in answer.text
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "voila/files/playbook/company.yaml",
        "voila/files/notebooks/apps/home.ipynb",
        "voila/render/notebooks/apps/home.ipynb",
        "voila/tree",
        "voila/api/contents/notebooks",
        "notebooks/apps/home.ipynb",
        "playbook/company.yaml",
        "tree",
        "files/playbook/company.yaml",
    ],
)
def test_the_workspace_itself_is_not_served(served: Served, path: str) -> None:
    assert served.get(path, served.cookie_for("D1")).status == 404
    assert served.get(path).status == 404
