"""The connection to Lumos, as every command has it: what it reads, trusts and refuses."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from pulumi_lumos.cli.exit_codes import Exit

from ..drivers import certificates
from ..drivers.certificates import WRONG
from ..drivers.command import RunCommand
from ..drivers.endless import listening, outlasted, read_request, repeat
from ..drivers.preloaded_python import preloaded_python
from ..drivers.tenant import Tenant
from ..patience import PATIENCE_SECONDS

COMMANDS = [
    ["find", "apps", "Slack"],
    ["find", "permissions", "--app", "Slack"],
    ["check-admins"],
    ["export", "--app", "Slack", "exported"],
    ["doctor", "--json"],
]
ENDLESS_ANSWER = b"HTTP/1.1 200 OK\r\nx-long: "


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("token", [None, "", "lsk a", "not-a-lumos-token"])
def test_a_command_advises_no_setting_that_it_does_not_read(
    run: RunCommand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    token: str | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(*command, LUMOS_ACCESS_TOKEN=token)
    said = ended.out + ended.errors
    assert ended.code != 0
    assert "export LUMOS_ACCESS_TOKEN=" in said
    assert "pulumi config set" not in said and "pulumi refresh" not in said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_certificate_that_is_not_trusted_is_reported_with_the_variable_that_helps(
    run: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    trusted = certificates.trust(tmp_path)
    with listening(lambda connection: None, WRONG["of a stranger"]()) as port:
        url = f"https://127.0.0.1:{port}"
        ended = run(*command, LUMOS_SERVER_URL=url, SSL_CERT_FILE=trusted)
    said = ended.out + ended.errors
    assert ended.code != 0
    assert "set the environment variable SSL_CERT_FILE" in said
    assert f"SSL_CERT_FILE, {trusted}" in said
    assert "tried" not in said


def test_doctor_says_whose_certificates_are_trusted(run: RunCommand, tmp_path: Path) -> None:
    trusted = certificates.trust(tmp_path)
    answer = b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"id": "1"}'

    def talk(connection) -> None:  # type: ignore[no-untyped-def]
        while read_request(connection):
            connection.sendall(answer)

    with listening(talk, certificates.good()) as port:
        found = run(
            "doctor", "--json", LUMOS_SERVER_URL=f"https://127.0.0.1:{port}", SSL_CERT_FILE=trusted
        )
    rows = {check["name"]: check for check in found.json["checks"]}
    assert rows["TLS"]["found"] == f"trusts those of SSL_CERT_FILE, {trusted}"
    assert rows["token"]["well"]


@pytest.mark.parametrize("command", COMMANDS[:3], ids=lambda command: command[0])
def test_a_command_ends_with_its_deadline(run: RunCommand, command: list[str]) -> None:
    def talk(connection) -> None:  # type: ignore[no-untyped-def]
        repeat(connection, ENDLESS_ANSWER, b"x")

    with listening(talk) as port, outlasted():
        url = f"http://127.0.0.1:{port}"
        ended = run(*command, LUMOS_SERVER_URL=url, LUMOS_DEADLINE="0.5")
    assert ended.code != 0
    assert "no whole answer from Lumos" in ended.errors


@pytest.mark.parametrize("word", [b"\xff", b"Sl\xc3ck", b"x" * 100_000, b"\xed\xa0\xbd"])
@pytest.mark.parametrize(
    "option",
    [
        ["find", "apps"],
        ["find", "permissions", "--app"],
        ["find", "inline-webhooks"],
        ["check-admins", "--app"],
        ["export", "exported", "--app"],
    ],
    ids=" ".join,
)
def test_bytes_that_are_not_text_are_reported_in_a_sentence(
    tenant: Tenant, tmp_path: Path, option: list[str], word: bytes
) -> None:
    command = [preloaded_python(), "-m", "pulumi_lumos.cli", *option]
    environment = {
        **os.environ,
        "LUMOS_ACCESS_TOKEN": tenant.token,
        "LUMOS_SERVER_URL": tenant.url,
        "LC_ALL": "C.UTF-8",
    }
    ended = subprocess.run(
        [*command, word],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    said = ended.stderr.decode("utf-8", "backslashreplace")
    assert ended.returncode == Exit.MISUSE, said
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 2 and 0 < len(said) < 500, said
