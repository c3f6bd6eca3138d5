"""A certificate that nobody vouches for ends the connection, and no setting changes that."""

from __future__ import annotations

import ast
import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pulumi_lumos.api import errors, transport
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import SETTINGS
from pulumi_lumos.errors import ConfigError

from ..drivers import certificates
from ..drivers.certificates import WRONG
from ..drivers.endless import listening, read_request
from ..drivers.scripted import TOKEN
from ..laws.source import modules

TO_LUMOS = {"api", "config", "host", "lifecycle", "lookups", "cli"}
"""The layers that connect to Lumos; the emulator's own connections are plain http."""
Connect = Callable[..., LumosClient]
ANSWER = b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"id": "1"}'


@contextmanager
def server(tls: ssl.SSLContext, seen: list[bytes]) -> Iterator[str]:
    """The address of an https server that notes what reaches it."""

    def talk(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        connection.sendall(ANSWER)

    with listening(talk, tls) as port:
        yield f"https://127.0.0.1:{port}"


def refusal(client: LumosClient) -> errors.ApiError:
    with pytest.raises(errors.ApiError) as caught:
        client.post("/x", {})
    return caught.value


@pytest.mark.parametrize("certificate", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_certificate_is_refused_before_the_token_is_sent_and_not_tried_again(
    connect: Connect,
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    certificate: Callable[[], ssl.SSLContext],
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificates.trust(tmp_path))
    seen: list[bytes] = []
    with server(certificate(), seen) as url:
        error = refusal(connect(url))
    assert type(error) is errors.UntrustedCertificate
    assert not error.in_doubt
    assert (seen, waits, error.attempts) == ([], [], 1)


@pytest.mark.parametrize("variable", ["", "PYTHONHTTPSVERIFY", "SSL_NO_VERIFY", "NODE_TLS_REJECT"])
def test_an_authority_that_nobody_has_named_is_not_trusted(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    if variable:
        monkeypatch.setenv(variable, "0")
    seen: list[bytes] = []
    with server(certificates.good(), seen) as url:
        text = str(refusal(connect(url)))
    assert "trusted are those of Mozilla, from the package certifi" in text
    assert "set the environment variable SSL_CERT_FILE" in text
    assert seen == []


def test_a_company_that_inspects_tls_names_its_authority(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificates.trust(tmp_path))
    seen: list[bytes] = []
    with server(certificates.good(), seen) as url:
        assert connect(url).get("/x") == {"id": "1"}
    assert f"Bearer {TOKEN}".encode() in seen[0]


@pytest.mark.parametrize("folders", ["{there}", "{there}:{empty}", "{missing}:{there}"])
def test_folders_of_authorities_are_trusted_too(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folders: str
) -> None:
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("there is no openssl to name the file as OpenSSL looks for it")
    there, empty = tmp_path / "there", tmp_path / "empty"
    there.mkdir()
    empty.mkdir()
    file = Path(certificates.trust(there))
    hashed = [openssl, "x509", "-hash", "-noout", "-in", str(file)]
    name = subprocess.run(hashed, check=True, capture_output=True, text=True).stdout.strip()
    file.rename(there / f"{name}.0")
    places = folders.format(there=there, empty=empty, missing=tmp_path / "missing")
    monkeypatch.setenv("SSL_CERT_DIR", places)
    with server(certificates.good(), []) as url:
        assert connect(url).get("/x") == {"id": "1"}


def test_an_error_names_the_file_that_is_trusted(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificates.trust(tmp_path))
    with server(WRONG["of a stranger"](), []) as url:
        text = str(refusal(connect(url)))
    assert f"trusted are those of SSL_CERT_FILE, {tmp_path}" in text
    assert text.startswith("POST /x failed: no connection to Lumos (")


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_certificates_is_a_config_error(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "company.pem"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(ConfigError, match="SSL_CERT_FILE"):
        connect("https://lumos.example")


def test_folders_that_are_missing_are_a_config_error(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", f"{tmp_path / 'one'}:{tmp_path / 'two'}")
    with pytest.raises(ConfigError, match="SSL_CERT_DIR names nothing that is there"):
        connect("https://lumos.example")


@contextmanager
def proxy(target: str, seen: list[bytes]) -> Iterator[str]:
    """The address of a proxy that leads every tunnel to one place and notes all that it carries."""

    def talk(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        host, _, port = target.removeprefix("https://").partition(":")
        with socket.create_connection((host, int(port))) as beyond:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=carry, args=(beyond, connection), daemon=True)
            back.start()
            carry(connection, beyond)
            back.join(5)

    def carry(one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                seen.append(data)
                other.sendall(data)

    with listening(talk) as port:
        yield f"http://127.0.0.1:{port}"


def test_a_proxy_carries_what_it_cannot_read(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificates.trust(tmp_path))
    at_lumos: list[bytes] = []
    carried: list[bytes] = []
    with server(certificates.good_for("lumos.example"), at_lumos) as url, proxy(url, carried) as at:
        monkeypatch.setenv("HTTPS_PROXY", at)
        client = connect("https://lumos.example")
        assert client.get("/x") == {"id": "1"}
        client.close()
    assert f"Bearer {TOKEN}".encode() in at_lumos[0]
    assert carried[0].startswith(b"CONNECT lumos.example:443")
    assert TOKEN.encode() not in b"".join(carried)


def test_a_proxy_that_answers_for_lumos_itself_gets_no_token(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificates.trust(tmp_path))
    at_proxy: list[bytes] = []
    carried: list[bytes] = []
    with server(WRONG["of a stranger"](), at_proxy) as url, proxy(url, carried) as at:
        monkeypatch.setenv("HTTPS_PROXY", at)
        assert type(refusal(connect("https://lumos.example"))) is errors.UntrustedCertificate
    assert at_proxy == []
    assert TOKEN.encode() not in b"".join(carried)


def test_no_setting_and_no_line_of_code_turns_verification_off() -> None:
    assert not [setting.key for setting in SETTINGS if "verif" in setting.key.lower()]
    given = [
        f"{path}:{node.lineno}"
        for path, module in modules().items()
        if module.layer in TO_LUMOS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword) and node.arg in ("verify", "ssl_context", "check_hostname")
        if ast.unparse(node.value) != "_trust_in(settings.server_url)"
    ]
    assert given == []


def test_without_tls_nobody_is_trusted_and_with_it_those_that_httpx_trusts() -> None:
    nobody = transport._trust_in("http://127.0.0.1:1")
    assert isinstance(nobody, ssl.SSLContext)
    assert (nobody.verify_mode, nobody.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert nobody.cert_store_stats()["x509"] == 0
    assert transport._trust_in("https://127.0.0.1:1") is True
    assert transport._trust_in("https://api.lumos.com") is True
