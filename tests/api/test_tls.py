"""A certificate that nobody vouches for ends the connection, and no setting changes that."""

from __future__ import annotations

import ast
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import SETTINGS, Settings

from ..laws.source import modules
from .conftest import TOKEN

TO_LUMOS = {"api", "config", "host", "lifecycle", "lookups", "cli"}
"""The layers with a hand in a connection to Lumos; the emulator's own are plain http."""
SEEN: list[str] = []


class Listener(BaseHTTPRequestHandler):
    """Notes whatever reaches it."""

    def do_GET(self) -> None:
        SEEN.append(str(self.headers))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[str]:
    """An https server on this machine with a certificate of its own making."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate with")
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    about = ["-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate]
    subprocess.run([*make, *about], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), Listener)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("variable", ["", "PYTHONHTTPSVERIFY", "SSL_NO_VERIFY", "NODE_TLS_REJECT"])
def test_an_unknown_certificate_is_refused_before_the_token_is_sent(
    impostor: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable:
        monkeypatch.setenv(variable, "0")
    SEEN.clear()
    client = LumosClient(Settings(TOKEN, impostor, max_retries=0))
    with pytest.raises(errors.ConnectionFailed, match=r"(?i)certificate"):
        client.get("/users/current")
    client.close()
    assert SEEN == []


def test_no_setting_and_no_line_of_code_turns_verification_off() -> None:
    assert not [setting.key for setting in SETTINGS if "verif" in setting.key.lower()]
    given = [
        f"{path}:{node.lineno}"
        for path, module in modules().items()
        if module.layer in TO_LUMOS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword) and node.arg in ("verify", "ssl_context", "check_hostname")
    ]
    assert given == []
