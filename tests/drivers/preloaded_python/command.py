"""The `python` of the preloaded environment asks the server for a fork, and ends as that does.

It runs by itself, with `python -IS` for a quick start, and imports nothing of this repository.
"""

# The public modules around these two take longer to import than all the rest of this command.
import _signal  # type: ignore[import-not-found]
import _socket
import marshal
import os
import sys

FORWARDED = (_signal.SIGINT, _signal.SIGTERM)


def main() -> int:
    """Run the arguments in a fork; its exit code, or less than 0 for the signal that ended it."""
    command = sys.argv[0]
    environment = os.path.dirname(os.path.dirname(command))
    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    server.connect(os.path.join(environment, "socket"))
    is_provider = os.path.basename(command) == "pulumi-resource-lumos"
    program = {
        "command": command,
        "arguments": [*(["-m", "pulumi_lumos.plugin"] if is_provider else []), *sys.argv[1:]],
        "folder": os.getcwd(),
        "environment": dict(os.environ),
    }
    streams = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
    text = marshal.dumps(program)
    server.sendmsg(
        [len(text).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)]
    )
    server.sendall(text)

    def forward(number: int, _: object) -> None:
        try:  # noqa: SIM105 - importing contextlib takes as long as all of this
            server.send(bytes([number]))
        except OSError:
            pass  # The fork has just ended, and the server has sent its exit code.

    for number in FORWARDED:
        _signal.signal(number, forward)
    return int(server.recv(16) or -_signal.SIGKILL)


def end(code: int) -> None:
    """End this process as the fork has ended."""
    if code < 0:
        if -code != _signal.SIGKILL:
            _signal.signal(-code, _signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


if __name__ == "__main__":
    end(main())
