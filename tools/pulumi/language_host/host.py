"""The service itself: `pulumirpc.LanguageRuntime` for Python projects.

Methods that are missing here (plugins written in Python, code generation, templates) answer
UNIMPLEMENTED, as the generated base class does.
"""

# ruff: noqa: N802 (the methods have the names of the protocol)
from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
from google.protobuf import empty_pb2
from pulumi._version import version
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from .environment import (
    ProjectPythonError,
    ambient_python,
    environment_of,
    virtualenv_of,
)
from .packages import dependencies, required_plugins
from .program import Program

DESCRIBE_PYTHON = """
import json, platform, sys
print(json.dumps([sys.executable, platform.python_version()]))
"""


class PythonLanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Runs and describes Python projects for one engine."""

    def __init__(self, engine: str, *, executor: str) -> None:
        """Remember the engine's address and the path of pulumi-language-python-exec."""
        self._engine = engine
        self._executor = executor
        self._programs: set[Program] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        """Take the engine's address from an engine that attached to this host."""
        self._engine = request.engine_address
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> plugin_pb2.PluginInfo:
        """Say which version this host is: that of the SDK it is built with."""
        return plugin_pb2.PluginInfo(version=f"v{version}")

    def GetRequiredPlugins(
        self, request: language_pb2.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPluginsResponse:
        """Send engines to GetRequiredPackages, which replaced this method."""
        context.abort(grpc.StatusCode.UNIMPLEMENTED, "method GetRequiredPlugins not implemented")

    def GetRequiredPackages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        """Name the plugins that the project's Python packages need."""
        with problems_end(context):
            plugins = required_plugins(environment_of(request.info))
        return language_pb2.GetRequiredPackagesResponse(packages=plugins)

    def GetProgramDependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        """List the project's Python packages."""
        with problems_end(context):
            environment = environment_of(request.info)
            listed = dependencies(environment, transitive=request.transitiveDependencies)
        return language_pb2.GetProgramDependenciesResponse(dependencies=listed)

    def About(
        self, request: language_pb2.AboutRequest, context: grpc.ServicerContext
    ) -> language_pb2.AboutResponse:
        """Describe the project's Python."""
        with problems_end(context):
            executable, python_version = environment_of(request.info).evaluate(DESCRIBE_PYTHON)
        return language_pb2.AboutResponse(
            executable=executable, version=python_version, metadata={"toolchain": "Pip"}
        )

    def InstallDependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        """Make the project's virtual environment if it is missing, and install requirements.txt."""
        yield language_pb2.InstallDependenciesResponse(stdout=b"Installing dependencies...\n\n")
        with problems_end(context):
            virtualenv = virtualenv_of(request.info)
            if virtualenv is not None and not (virtualenv / "bin" / "python").exists():
                yield from stream([ambient_python(), "-m", "venv", str(virtualenv)])
            requirements = Path(request.info.program_directory, "requirements.txt")
            if requirements.exists():
                python = environment_of(request.info).python
                yield from stream([python, "-m", "pip", "install", "-r", str(requirements)])
        yield language_pb2.InstallDependenciesResponse(
            stdout=b"Finished installing dependencies\n\n"
        )

    def Run(
        self, request: language_pb2.RunRequest, context: grpc.ServicerContext
    ) -> language_pb2.RunResponse:
        """Run the program to its end, or until the engine cancels the call or the host."""
        with problems_end(context):
            environment = environment_of(request.info)
        if request.attach_debugger:
            message = "Attaching a debugger needs Pulumi's official Python language host."
            return language_pb2.RunResponse(error=message)
        with self._lock:
            if self._stopped:
                context.abort(grpc.StatusCode.CANCELLED, "The language host has been cancelled.")
            program = Program(request, environment, executor=self._executor, engine=self._engine)
            self._programs.add(program)
        context.add_callback(program.stop)
        try:
            return program.wait()
        finally:
            self._programs.discard(program)

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """Stop what runs, and run nothing more."""
        self.stop_programs()
        return empty_pb2.Empty()

    def stop_programs(self) -> None:
        """Interrupt the running programs and refuse new ones."""
        with self._lock:
            self._stopped = True
            programs = list(self._programs)
        for program in programs:
            program.stop()


@contextmanager
def problems_end(context: grpc.ServicerContext) -> Iterator[None]:
    """End the call with an error that the engine shows, when the project's Python has a problem."""
    try:
        yield
    except ProjectPythonError as problem:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(problem))


def stream(command: list[str]) -> Iterator[language_pb2.InstallDependenciesResponse]:
    """Run a command and pass its output on as it comes.

    Raises:
        ProjectPythonError: the command failed.
    """
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None  # stdout=PIPE
        for line in process.stdout:
            yield language_pb2.InstallDependenciesResponse(stdout=line)
    if process.returncode != 0:
        raise ProjectPythonError(
            f"`{' '.join(command)}` failed with exit code {process.returncode}."
        )
