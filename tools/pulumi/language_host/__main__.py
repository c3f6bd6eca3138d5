"""Start the language host: serve on a free loopback port and print that port on stdout.

The engine starts `pulumi-language-python [flags] <engine address>`, reads one line with the port,
and shows everything that follows on stdout and stderr as the output of the program.
"""

from __future__ import annotations

import argparse
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi._version import version
from pulumi.runtime.proto import language_pb2_grpc

from .host import PythonLanguageHost

# The engine's own limit (Pulumi sdk/go/common/util/rpcutil): 400 MB.
MAX_MESSAGE_BYTES = 400 * 1024 * 1024
ORPHAN_CHECK_SECONDS = 2.0


def main() -> None:
    """Serve until the engine interrupts this process or is gone."""
    arguments = parse_arguments()
    if arguments.version:
        print(f"v{version}")
        return
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopped.set())
    host = PythonLanguageHost(arguments.engine, executor=arguments.use_executor)
    server = grpc.server(
        ThreadPoolExecutor(max_workers=8),
        options=[
            ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
            ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
        ],
    )
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    wait_for_engine(stopped)
    host.stop_programs()
    server.stop(grace=None).wait()


def parse_arguments() -> argparse.Namespace:
    """Read the flags that the engine passes to every plugin, of which few matter here."""
    parser = argparse.ArgumentParser(prog="pulumi-language-python")
    parser.add_argument("engine", nargs="?", default="", help="address of the engine")
    parser.add_argument("--use-executor", required=True, help="path of pulumi-language-python-exec")
    parser.add_argument("--tracing", "-tracing", help="ignored")
    parser.add_argument("--logtostderr", action="store_true", help="ignored")
    parser.add_argument("-v", help="ignored")
    parser.add_argument("--version", "-version", action="store_true", help="print the version")
    return parser.parse_args()


def wait_for_engine(stopped: threading.Event) -> None:
    """Return when a signal asked to stop, or when the engine that started this process has died."""
    engine_process = os.getppid()
    while not stopped.wait(ORPHAN_CHECK_SECONDS):
        if os.getppid() != engine_process:
            return


if __name__ == "__main__":
    main()
