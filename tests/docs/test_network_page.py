"""docs/network.md: its commands help against a company that inspects TLS, as it says."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.bodies import MAX_ANSWER_BYTES
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import SETTINGS, Settings

from ..drivers import certificates
from ..drivers.endless import listening, read_request
from ..patience import PATIENCE_SECONDS
from ..repository import ROOT

PAGE = (ROOT / "docs" / "network.md").read_text(encoding="utf-8")
FILE = "/etc/ssl/certs/company.pem"
ANSWER = b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"id": "1"}'


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    assert found
    return found[1]


def answer_all(connection: socket.socket) -> None:
    while read_request(connection):
        connection.sendall(ANSWER)


def test_the_commands_of_the_page_name_the_companys_authority(tmp_path: Path) -> None:
    trusted = certificates.trust(tmp_path)
    commands = block("bash")
    assert FILE in commands
    with listening(answer_all, certificates.good()) as port:
        environment = {
            "PATH": os.pathsep.join([f"{sys.prefix}/bin", os.environ["PATH"]]),
            "LUMOS_SERVER_URL": f"https://127.0.0.1:{port}",
            "LUMOS_ACCESS_TOKEN": "lsk_of_a_page",
            "COLUMNS": "400",
        }
        shell = ["bash", "-c", commands.replace(FILE, trusted)]
        ended = subprocess.run(
            shell, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS
        )
    rows = [line.split("\t") for line in ended.stdout.splitlines() if "\t" in line]
    found = {name: (well, what) for well, name, what, *_ in rows}
    assert found["TLS"] == ("ok", f"trusts those of SSL_CERT_FILE, {trusted}")
    assert found["token"][0] == "ok", ended.stdout + ended.stderr


def test_the_error_of_the_page_is_the_one_that_people_get(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(variable, raising=False)
    with listening(answer_all, certificates.good()) as port:
        client = LumosClient(Settings("lsk_of_a_page", f"https://127.0.0.1:{port}"))
        with pytest.raises(errors.UntrustedCertificate) as caught:
            client.get("/users/current")
        client.close()
    shown = f"{type(caught.value).__name__}: {caught.value}"
    expected = ".*".join(re.escape(part) for part in block("text").strip().split("…"))
    assert re.match(expected, shown), shown


def test_the_numbers_of_the_page_are_those_of_the_settings() -> None:
    text = PAGE.partition("## How long")[2]
    settings = Settings("lsk_of_a_page")
    assert f"{settings.deadline_seconds:g} seconds" in text
    assert f"{settings.request_timeout_seconds:g} seconds" in text
    assert f"{MAX_ANSWER_BYTES // 1_000_000} MB" in text
    named = set(re.findall(r"`lumos:(\w+)` \(`(\w+)`", text))
    assert named == {
        (s.key, s.variable) for s in SETTINGS if s.key in ("deadline", "requestTimeout")
    }
