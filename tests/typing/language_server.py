"""A language server, asked as an editor asks it: what it shows at a place of a program."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from typing_extensions import Self


class LanguageServer:
    """pyright's language server, which VS Code's Pylance is made of, for one file.

    It runs while a `with` block lasts and looks at the packages of this Python.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ids = itertools.count(1)

    def __enter__(self) -> Self:
        command = [str(Path(sys.executable).parent / "pyright-langserver"), "--stdio"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        folder = {"uri": self._file.parent.as_uri(), "name": "program"}
        able = {
            "workspace": {"configuration": True},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}},
        }
        started = {"processId": None, "capabilities": able, "workspaceFolders": [folder]}
        self._ask("initialize", {**started, "rootUri": folder["uri"]})
        self._send({"method": "initialized", "params": {}})
        text = self._file.read_text(encoding="utf-8")
        opened = {"uri": self._file.as_uri(), "languageId": "python", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": opened}})
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def hover(self, line: int, column: int) -> str:
        """What the editor shows at a place, both counted from 0."""
        place = {"line": line, "character": column}
        document = {"uri": self._file.as_uri()}
        shown = self._ask("textDocument/hover", {"textDocument": document, "position": place})
        return str(shown["contents"]["value"]) if shown else ""

    def _ask(self, method: str, params: Any) -> Any:
        id = next(self._ids)
        self._send({"id": id, "method": method, "params": params})
        while True:
            message = self._read()
            if "method" not in message and message.get("id") == id:
                return message.get("result")
            if "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})

    def _answer(self, message: Any) -> Any:
        """The settings of an editor that uses this Python."""
        if message["method"] != "workspace/configuration":
            return None
        return [{"pythonPath": sys.executable} for _ in message["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        length = 0
        while header := self._process.stdout.readline().strip():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        return json.loads(self._process.stdout.read(length))
