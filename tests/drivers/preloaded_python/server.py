"""The process that has imported everything, and serves the commands that ask on a socket.

It forks for every command that asks, and tells it how the fork has ended. It ends when its standard
input does, as at the end of the tests that have started it.
"""

from __future__ import annotations

import gc
import marshal
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

from .become import become, end

Program = dict[str, Any]


class Server:
    """Serves the commands that ask on a socket until standard input ends."""

    def __init__(self, path: str) -> None:
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(path)
        self._listening.listen()
        self._woken, self._waking = socket.socketpair()
        self._waking.setblocking(False)
        self._forks: dict[socket.socket, int] = {}
        self._selector = selectors.DefaultSelector()
        for stream in (self._listening, self._woken, sys.stdin):
            self._selector.register(stream, selectors.EVENT_READ)

    def serve(self) -> Program | None:
        """Fork for each command. Returns in every fork, with what it shall run, and at the end."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waking.fileno(), warn_on_full_buffer=False)
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is sys.stdin:
                    self._end()
                    return None
                if key.fileobj is self._listening:
                    if program := self._fork():
                        return program
                elif key.fileobj is self._woken:
                    self._woken.recv(4096)
                    self._bury()
                elif key.fileobj in self._forks:  # It may have ended within this round.
                    self._forward(key.fileobj)

    def _fork(self) -> Program | None:
        """Fork for the command that asks now; in the fork, what it shall run."""
        command, _ = self._listening.accept()
        length, streams, _, _ = socket.recv_fds(command, 4, 3)
        text = command.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL)
        pid = os.fork()
        if pid:
            self._forks[command] = pid
            self._selector.register(command, selectors.EVENT_READ)
            for stream in streams:
                os.close(stream)
            return None
        self._leave(command)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        program: Program = marshal.loads(text)
        return program

    def _leave(self, command: socket.socket) -> None:
        """Let go, in a fork, of all that is the server's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._selector.close()
        for one in (self._listening, self._woken, self._waking, command, *self._forks):
            one.close()

    def _bury(self) -> None:
        """Tell the commands whose forks have ended."""
        for command, pid in list(self._forks.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                code = os.waitstatus_to_exitcode(status)
                with suppress(ConnectionError):  # The command has been killed at the same moment.
                    command.send(str(code).encode(), socket.MSG_NOSIGNAL)
                self._forget(command)

    def _forward(self, command: socket.socket) -> None:
        """Give a fork the signal that its command has got; kill it where the command is dead."""
        try:
            number = command.recv(1)
        except ConnectionError:
            number = b""
        os.kill(self._forks[command], number[0] if number else signal.SIGKILL)
        if not number:
            os.waitpid(self._forks[command], 0)
            self._forget(command)

    def _forget(self, command: socket.socket) -> None:
        self._selector.unregister(command)
        del self._forks[command]
        command.close()

    def _end(self) -> None:
        for pid in self._forks.values():
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    from . import modules  # noqa: F401

    server = Server(sys.argv[1])
    # Otherwise the first collection in each fork copies every page of what is imported.
    gc.freeze()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if (program := server.serve()) is not None:
        code = 0
        try:
            become(program)
        except SystemExit as ending:
            if not isinstance(ending.code, int | None):
                raise  # Python prints it.
            code = ending.code or 0
        end(code)
