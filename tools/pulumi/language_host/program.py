"""One run of a Pulumi program: the process, its arguments, and what its end means.

The process is `pulumi-language-python-exec`, a script of the Pulumi SDK that connects to the engine
and runs the program's entry point. Its output goes straight to this host's stdout and stderr, which
the engine shows.
"""

from __future__ import annotations

import json
import signal
import subprocess
import threading

from pulumi.runtime.proto import language_pb2

from .environment import PythonEnvironment

# pulumi-language-python-exec exits so when the engine has already shown the program's error.
ERROR_ALREADY_SHOWN = 32
INTERRUPT_GRACE_SECONDS = 5.0


class Program:
    """A running Pulumi program."""

    def __init__(
        self,
        request: language_pb2.RunRequest,
        environment: PythonEnvironment,
        *,
        executor: str,
        engine: str,
    ) -> None:
        """Start the program; its working directory is the engine's until `--pwd` moves it."""
        self._interrupted = False
        self._process = subprocess.Popen(
            [environment.python, executor, *arguments(request, engine)],
            env=environment.variables() | configuration(request),
            stdin=subprocess.DEVNULL,
        )

    def wait(self) -> language_pb2.RunResponse:
        """Wait for the end of the program and say how it ended, in the official host's words."""
        code = self._process.wait()
        if code == 0:
            return language_pb2.RunResponse()
        if code == ERROR_ALREADY_SHOWN:
            return language_pb2.RunResponse(bail=True)
        if code < 0:
            name = signal.Signals(-code).name
            return language_pb2.RunResponse(error=f"program exited unexpectedly: signal {name}")
        return language_pb2.RunResponse(error=f"program exited with non-zero exit code: {code}")

    def stop(self) -> None:
        """Interrupt the program if it still runs; it is killed if it does not end in time."""
        # The engine may end the call and cancel the host as well; one interrupt is enough.
        if self._process.poll() is None and not self._interrupted:
            self._interrupted = True
            self._process.send_signal(signal.SIGINT)
            killing = threading.Timer(INTERRUPT_GRACE_SECONDS, self._process.kill)
            killing.daemon = True
            killing.start()


def arguments(request: language_pb2.RunRequest, engine: str) -> list[str]:
    """Return the arguments of pulumi-language-python-exec, leaving out those without a value."""
    options = {
        "monitor": request.monitor_address,
        "engine": engine,
        "project": request.project,
        "root_directory": request.info.root_directory,
        "stack": request.stack,
        "pwd": request.pwd,
        "dry_run": "true" if request.dryRun else "false",
        "parallel": str(request.parallel),
        "organization": request.organization,
    }
    given = [word for name, value in options.items() if value for word in (f"--{name}", value)]
    return [*given, request.info.entry_point, *request.args]


def configuration(request: language_pb2.RunRequest) -> dict[str, str]:
    """Return the stack's configuration as the environment variables that the SDK reads."""
    variables = {"PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys))}
    if request.config:
        variables["PULUMI_CONFIG"] = json.dumps(dict(request.config))
    return variables
