"""The comment with a preview: it always fits, says what is left out, and there is one of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.ci.scripts.as_markdown import MOST_CHARACTERS, comment

from ..repository import ROOT

SCRIPTS = ROOT / "examples" / "ci" / "scripts"
LIMIT_OF_GITHUB = 65_536
TOKEN = "a-token-of-the-job"


def printed(permissions: int, label: str = "Permission") -> str:
    """What `pulumi preview --diff` prints of a first update of many permissions."""
    changes = "".join(
        f"    + pulumi-python:dynamic/lumos:RequestablePermission: (create)\n"
        f"        [urn=urn:pulumi:prod::ci::RequestablePermission::{number}]\n"
        f'        app_id        : "715cff7f-3fb4-5beb-9fee-beb883980874"\n'
        f'        label         : "{label} {number}"\n'
        for number in range(permissions)
    )
    warnings = "".join(f"    warning: {label} {number} is risky\n" for number in range(permissions))
    diagnostics = f"Diagnostics:\n  lumos:RequestablePermission (x):\n{warnings}\n"
    summary = f"Resources:\n    + {permissions} to create\n"
    return f"Previewing update (prod):\n{changes}{diagnostics}{summary}"


@pytest.mark.parametrize("label", ["Permission", "許可", "🦊"])
@pytest.mark.parametrize("permissions", [1, 70, 400, 5000])
def test_the_comment_fits_and_says_what_is_left_out(permissions: int, label: str) -> None:
    text = comment(printed(permissions, label), "prod", failed=False)
    assert len(text) <= LIMIT_OF_GITHUB
    assert text.splitlines()[3:5] == ["    Resources:", f"        + {permissions} to create"]
    whole = printed(permissions, label).splitlines()
    shown = [line[4:] for line in text.splitlines() if line.startswith("    ")]
    left_out = [int(count.replace(",", "")) for count in re.findall(r"^([\d,]+) more", text, re.M)]
    assert len(shown) + sum(left_out) == len(whole)
    assert set(shown) <= set(whole)
    assert bool(left_out) == (permissions > 70)


def test_what_fits_is_all_of_it_up_to_the_limit() -> None:
    """The comment holds as much as GitHub takes, in the unit in which GitHub counts."""
    text = comment(printed(5000, "🦊" * 20), "prod", failed=False)
    assert LIMIT_OF_GITHUB - 1_500 < len(text) <= LIMIT_OF_GITHUB == MOST_CHARACTERS


@given(st.text() | st.text(alphabet="\n Rx:🦊").map(lambda text: f"Resources:\n{text}" * 400))
def test_no_text_breaks_out_of_the_code(text: str) -> None:
    made = comment(text, "prod", failed=True)
    assert len(made) <= LIMIT_OF_GITHUB
    for line in made.splitlines()[2:]:
        assert not line or line.startswith("    ") or re.fullmatch(r"[\d,]+ more lines .+", line)


def test_what_changes_for_people_leads_and_all_still_fits() -> None:
    access = "<!-- pulumi-lumos report prod -->\n## 1 change gives people more\n" + "- more\n" * 900
    text = comment(printed(5000), "prod", failed=False, access=access)
    assert len(text) <= LIMIT_OF_GITHUB
    marker, headline, *_ = text.splitlines()
    assert (marker, headline) == ("<!-- preview of prod -->", "## 1 change gives people more")
    assert text.index("- more") < text.index("### Preview of `prod`") < text.index("Resources:")


def test_the_log_is_linked_where_the_job_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_RUN_ID", "CI_JOB_URL"):
        monkeypatch.delenv(name, raising=False)
    assert "more lines are in the log." in comment(printed(5000), "prod", failed=False)
    monkeypatch.setenv("CI_JOB_URL", "https://gitlab.example/acme/-/jobs/7")
    gitlab = comment(printed(5000), "prod", failed=False)
    assert "in [the log](https://gitlab.example/acme/-/jobs/7)." in gitlab
    monkeypatch.setenv("GITHUB_RUN_ID", "7")
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "acme/store")
    github = comment(printed(5000), "prod", failed=False)
    assert "in [the log](https://github.example/acme/store/actions/runs/7)." in github
    assert len(github) <= LIMIT_OF_GITHUB


class Forge:
    """The comments of one pull request, over HTTP as GitHub and GitLab have them."""

    def __init__(self, comments: list[dict[str, Any]]) -> None:
        self.comments = comments
        self.seen: list[str] = []
        self.url = ""


def handler(forge: Forge) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/user":
                return self.answer({"id": 7})
            query = parse_qs(asked.query)
            size, page = int(query["per_page"][0]), int(query["page"][0])
            return self.answer(forge.comments[size * (page - 1) : size * page])

        def do_POST(self) -> None:
            forge.comments.append({**OURS, "id": 4711, "body": self.body()})
            self.answer(forge.comments[-1])

        def do_PATCH(self) -> None:
            (one,) = (c for c in forge.comments if self.path.endswith(f"/{c['id']}"))
            one["body"] = self.body()
            self.answer(one)

        do_PUT = do_PATCH

        def body(self) -> str:
            length = int(self.headers["content-length"])
            return str(json.loads(self.rfile.read(length))["body"])

        def answer(self, value: Any) -> None:
            forge.seen.append(f"{self.command} {urlsplit(self.path).path}")
            given = self.headers.get("authorization") or self.headers.get("private-token")
            assert given in (f"Bearer {TOKEN}", TOKEN)
            data = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    return Handler


OURS = {"user": {"type": "Bot"}, "author": {"id": 7}}
THEIRS = {"user": {"type": "User"}, "author": {"id": 8}}


@contextmanager
def served(comments: list[dict[str, Any]]) -> Iterator[Forge]:
    forge = Forge(comments)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(forge))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    forge.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield forge
    finally:
        server.shutdown()
        server.server_close()


def environment(forge: Forge, kind: str) -> dict[str, str]:
    """What the job of a workflow has."""
    if kind == "GitHub":
        job = {"GITHUB_API_URL": forge.url, "GITHUB_REPOSITORY": "acme/store", "NUMBER": "12"}
        return {**job, "GITHUB_TOKEN": TOKEN}
    job = {"CI_API_V4_URL": forge.url, "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "12"}
    return {**job, "GITLAB_TOKEN": TOKEN}


def put(forge: Forge, kind: str, file: Path, text: str) -> None:
    """Run the script as the job does."""
    file.write_text(text, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, str(SCRIPTS / "comment.py"), str(file)]
    subprocess.run(command, env={**kept, **environment(forge, kind)}, check=True)


@pytest.mark.parametrize("kind", ["GitHub", "GitLab"])
def test_one_comment_is_written_and_edited_from_then_on(tmp_path: Path, kind: str) -> None:
    marker = "<!-- preview of prod -->"
    others = [{**OURS, "id": number, "body": "something of another bot"} for number in range(150)]
    forged = {**THEIRS, "id": 500, "body": f"{marker}\nNothing changes."}
    other_stack = {**OURS, "id": 501, "body": "<!-- preview of dev -->\nDev."}
    before = [*others, forged, other_stack]
    with served(deepcopy(before)) as forge:
        put(forge, kind, tmp_path / "preview.md", f"{marker}\nFirst 🦊")
        put(forge, kind, tmp_path / "preview.md", f"{marker}\nSecond")
        assert forge.comments[-1]["body"] == f"{marker}\nSecond"
        assert len(forge.comments) == 153
        assert forge.comments[:-1] == before
    changes = [one for one in forge.seen if not one.startswith("GET")]
    comments = (
        ["/repos/acme/store/issues/12/comments", "/repos/acme/store/issues/comments/4711"]
        if kind == "GitHub"
        else ["/projects/3/merge_requests/12/notes", "/projects/3/merge_requests/12/notes/4711"]
    )
    edit = "PATCH" if kind == "GitHub" else "PUT"
    assert changes == [f"POST {comments[0]}", f"{edit} {comments[1]}"]
