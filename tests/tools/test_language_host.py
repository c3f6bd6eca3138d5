"""The stand-in language host, spoken to as by the engine: started, asked over gRPC, interrupted."""

from __future__ import annotations

import json
import signal
import sys

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2

from ..patience import PATIENCE_SECONDS
from .language_host import ENGINE, Host, host, make_package

__all__ = ["host"]


def test_a_program_gets_its_arguments_and_configuration(host: Host) -> None:
    assert host.run() == language_pb2.RunResponse()
    heard = host.heard()
    expected = {
        "--monitor": "127.0.0.1:2",
        "--engine": ENGINE,
        "--project": "shop",
        "--root_directory": str(host.folder),
        "--stack": "dev",
        "--pwd": str(host.folder),
        "--dry_run": "true",
        "--parallel": "4",
        "--organization": "acme",
    }
    words = heard["arguments"]
    assert isinstance(words, list)
    assert dict(zip(words[:-1:2], words[1:-1:2], strict=True)) == expected
    assert words[-1] == "."
    assert json.loads(str(heard["config"])) == {"shop:name": "a", "shop:token": "hidden"}
    assert heard["secrets"] == '["shop:token"]'


def test_what_a_program_prints_is_shown(host: Host) -> None:
    host.run()
    assert host.process.stdout is not None
    assert host.process.stdout.readline() == "the program says hello\n"


def test_an_error_the_engine_has_shown_is_not_shown_again(host: Host) -> None:
    host.tell_program(exit=32)
    assert host.run() == language_pb2.RunResponse(bail=True)


def test_another_exit_code_is_an_error(host: Host) -> None:
    host.tell_program(exit=3)
    assert host.run().error == "program exited with non-zero exit code: 3"


def test_the_virtualenv_option_is_relative_to_the_project(host: Host) -> None:
    virtualenv = host.folder / "environments" / "one"
    (virtualenv / "bin").mkdir(parents=True)
    (virtualenv / "bin" / "python").symlink_to(sys.executable)
    assert host.run(virtualenv="x/../environments/one") == language_pb2.RunResponse()
    assert host.heard()["virtualenv"] == str(virtualenv)
    assert host.heard()["executable"] == str(virtualenv / "bin" / "python")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"virtualenv": "nowhere"}, "nowhere\" doesn't exist; run the following commands"),
        ({"virtualenv": "packages"}, "packages\" doesn't appear to be a virtual environment"),
        ({"toolchain": "conda"}, "unsupported toolchain option: conda"),
        ({"typechecker": "mypy"}, "the runtime option 'typechecker' in Pulumi.yaml needs"),
    ],
)
def test_an_option_that_cannot_be_obeyed_is_an_error(
    host: Host, options: dict[str, str], reason: str
) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        host.run(**options)
    assert isinstance(raised.value, grpc.Call)
    assert reason in str(raised.value.details())


def test_cancel_stops_the_program_and_runs_no_other(host: Host) -> None:
    host.tell_program(sleep=60)
    running = host.stub.Run.future(host.request(), timeout=PATIENCE_SECONDS)
    host.heard()
    host.stub.Cancel(empty_pb2.Empty(), timeout=PATIENCE_SECONDS)
    assert (
        running.result(timeout=PATIENCE_SECONDS).error
        == "program exited unexpectedly: signal: interrupt"
    )
    with pytest.raises(grpc.RpcError, match="The language host has been cancelled"):
        host.run()


def test_an_interrupt_ends_the_host_with_its_program(host: Host) -> None:
    host.tell_program(sleep=60)
    running = host.stub.Run.future(host.request(), timeout=PATIENCE_SECONDS)
    host.heard()
    host.process.send_signal(signal.SIGINT)
    assert (
        running.result(timeout=PATIENCE_SECONDS).error
        == "program exited unexpectedly: signal: interrupt"
    )
    assert host.process.wait(timeout=PATIENCE_SECONDS) == 0


def test_plugins_are_named_by_the_installed_packages(host: Host) -> None:
    make_package(host, "pulumi-shoes", "1.2a4", plugin=None)
    make_package(host, "pulumi-quiet", "1.0.0", plugin={"resource": False})
    named = {"resource": True, "name": "boots", "version": "7.0.0", "server": "http://127.0.0.1"}
    make_package(host, "leather", "1.0.0", plugin=named)
    make_package(host, "unrelated", "1.0.0", plugin=None)
    request = language_pb2.GetRequiredPackagesRequest(info=host.program())
    answer = host.stub.GetRequiredPackages(request, timeout=PATIENCE_SECONDS)
    found = {(p.name, p.version, p.kind, p.server) for p in answer.packages}
    assert ("shoes", "v1.2.0-alpha.4", "resource", "") in found
    assert ("boots", "v7.0.0", "resource", "http://127.0.0.1") in found
    assert not {"quiet", "unrelated"} & {name for name, *_ in found}


def test_dependencies_are_the_installed_packages(host: Host) -> None:
    make_package(host, "Some.Thing", "1.2", plugin=None)
    listed = {}
    for transitive in (True, False):
        request = language_pb2.GetProgramDependenciesRequest(
            info=host.program(), transitiveDependencies=transitive
        )
        answer = host.stub.GetProgramDependencies(request, timeout=PATIENCE_SECONDS)
        listed[transitive] = {found.name: found.version for found in answer.dependencies}
    assert listed[False]["some-thing"] == listed[True]["some-thing"] == "1.2"
    assert "grpcio" in listed[True]
    assert "grpcio" not in listed[False], "pulumi needs it"


def test_about_describes_the_python_of_the_project(host: Host) -> None:
    answer = host.stub.About(
        language_pb2.AboutRequest(info=host.program()), timeout=PATIENCE_SECONDS
    )
    assert answer.executable == sys.executable
    assert answer.version == ".".join(map(str, sys.version_info[:3]))


@pytest.mark.slow
def test_installing_dependencies_makes_the_virtual_environment(host: Host) -> None:
    request = language_pb2.InstallDependenciesRequest(info=host.program(virtualenv="made"))
    output = b"".join(
        part.stdout for part in host.stub.InstallDependencies(request, timeout=PATIENCE_SECONDS)
    )
    assert output.endswith(b"Finished installing dependencies\n\n")
    assert (host.folder / "made" / "bin" / "python").exists()
    assert host.run(virtualenv="made") == language_pb2.RunResponse()


@pytest.mark.slow
def test_a_failing_install_says_so(host: Host) -> None:
    (host.folder / "requirements.txt").write_text("./not-there\n")
    request = language_pb2.InstallDependenciesRequest(info=host.program(virtualenv="made"))
    with pytest.raises(grpc.RpcError, match=r"File '\./not-there' does not exist"):
        list(host.stub.InstallDependencies(request, timeout=PATIENCE_SECONDS))


def run_plugin(host: Host, *arguments: str) -> tuple[bytes, int]:
    """Run the plugin of the folder in its `venv`; what it printed, and how it ended."""
    (host.folder / "venv").symlink_to(sys.prefix)
    request = language_pb2.RunPluginRequest(
        pwd=str(host.folder), args=arguments, env=["GREETING=hello"], info=host.program()
    )
    parts = [*host.stub.RunPlugin(request, timeout=PATIENCE_SECONDS)]
    return b"".join(part.stdout for part in parts), sum(part.exitcode for part in parts)


def test_a_plugin_of_a_folder_runs_with_its_arguments_in_its_own_environment(host: Host) -> None:
    (host.folder / "__main__.py").write_text(
        "import os, sys\n"
        "print(os.environ['GREETING'], *sys.argv[1:], sys.executable, flush=True)\n"
        "sys.exit(3)\n"
    )
    python = host.folder / "venv" / "bin" / "python"
    assert run_plugin(host, ENGINE) == (f"hello {ENGINE} {python}\n".encode(), 3)


def test_a_plugin_that_is_a_package_runs_by_its_name(host: Host) -> None:
    make_package(host, "shoe-plugin", "1.0.0", plugin=None)
    module = host.folder / "packages" / "shoe_plugin" / "__main__.py"
    module.write_text("import sys; print('shoes for', *sys.argv[1:], flush=True)")
    described = (
        '[project]\nname = "shoe-plugin"\n[build-system]\nbuild-backend = "hatchling.build"\n'
    )
    (host.folder / "pyproject.toml").write_text(described)
    assert run_plugin(host, ENGINE) == (f"shoes for {ENGINE}\n".encode(), 0)


def test_a_folder_without_a_plugin_says_so(host: Host) -> None:
    with pytest.raises(grpc.RpcError, match=r"provides neither __main__\.py nor a buildable"):
        run_plugin(host)
