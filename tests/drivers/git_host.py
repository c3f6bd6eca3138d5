"""A host of git repositories, `https://git.example`, which commands reach through a proxy.

Pulumi asks such a host by https alone. The host needs a name without a port: Pulumi names a folder
after it, and Python makes no virtual environment where a path has a colon.
"""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler
from typing import Any

from . import certificates

HOST = "git.example"


class Repository:
    """A new repository of the files that a checkout holds now."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self.folder = folder
        listed = _git(checkout, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        # A file that is deleted, but not yet in the index, is listed too.
        for name in filter(lambda name: (checkout / name).is_file(), listed.split("\0")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(checkout / name, folder / name)
        _git(folder, "init", "--quiet", "--initial-branch=main")
        _git(folder, "add", "--all")

    def commit(self) -> str:
        """Commit what is there; the commit's hash."""
        author = ("-c", "user.name=A test", "-c", "user.email=test@git.example")
        _git(self.folder, *author, "commit", "--quiet", "--allow-empty", "--message=As it is")
        return _git(self.folder, "rev-parse", "HEAD").strip()

    def tag(self, name: str) -> None:
        """Give the newest commit a tag."""
        _git(self.folder, "tag", name)


@contextmanager
def serving(repository: Repository, folder: Path) -> Iterator[dict[str, str]]:
    """Serve a repository at every path of the host; the variables with which commands reach it.

    `folder` is for the certificate that they have to trust.
    """
    folder.mkdir()
    handler = type("Handler", (_Handler,), {"repository": repository.folder})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        certificates.trust(folder)
        yield {
            "SSL_CERT_DIR": os.pathsep.join([str(folder), "/etc/ssl/certs"]),
            "HTTPS_PROXY": f"http://127.0.0.1:{server.server_port}",
            # Go reads the variable in capitals first, Python the other one: pip goes to its
            # registry as it does without this host.
            "https_proxy": os.environ.get("https_proxy") or os.environ.get("HTTPS_PROXY", ""),
        }
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    """The proxy, and within its tunnel git's protocol over HTTP (gitprotocol-http, "smart")."""

    protocol_version = "HTTP/1.1"
    repository: Path

    def do_CONNECT(self) -> None:
        if self.path != f"{HOST}:443":
            self.send_error(502)
            return
        self.send_response(200)
        self.end_headers()
        self.request: ssl.SSLSocket = certificates.good_for(HOST).wrap_socket(
            self.request, server_side=True
        )
        # The streams of the connection are those within the tunnel from now on.
        StreamRequestHandler.setup(self)

    def finish(self) -> None:
        super().finish()
        # The server closes its own socket, which the tunnel has taken over.
        self.request.close()

    def do_GET(self) -> None:
        advertised = self._upload_pack("--advertise-refs")
        self._answer("advertisement", b"001e# service=git-upload-pack\n0000" + advertised)

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer("result", self._upload_pack(asked=asked))

    def _upload_pack(self, *options: str, asked: bytes = b"") -> bytes:
        command = ["git", "upload-pack", "--stateless-rpc", *options, str(self.repository)]
        done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, check=True)
        return done.stdout

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"application/x-git-upload-pack-{kind}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keeps the tests' output quiet."""


def _git(folder: Path, *arguments: str) -> str:
    # Whoever runs the tests may sign commits, or have hooks.
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    return done.stdout
