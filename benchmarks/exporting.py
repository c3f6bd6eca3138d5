"""A whole tenant, exported as a program, and the first preview of that program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from pulumi_lumos.emulator.process import EmulatorProcess

from . import programs
from .engines import Failed, Pulumi
from .large_company import Size, write_seed
from .lives import TOKEN, cpu_seconds, lumos_settings

PER_APP = 30
"""Permissions of an app; beside them stand the app itself and a rule."""
WROTE = re.compile(r"Wrote (\d+) resources")


@dataclass(frozen=True)
class Exported:
    """One step; `peak_bytes` is the memory of the export, and 0 where it was not measured."""

    step: str
    seconds: float
    cpu_seconds: float
    requests: int
    peak_bytes: int
    resources: int


def measure(apps: int, latency_ms: int) -> list[Exported]:
    """The export of so many apps, its first preview, and that of as many null resources."""
    with tempfile.TemporaryDirectory() as around:
        folder = Path(around)
        seed = folder / "company.json"
        write_seed(seed, Size(apps, PER_APP, rules=apps, policies=0))
        with (
            EmulatorProcess(latency_ms=latency_ms, seed=seed) as emulator,
            httpx.Client(base_url=emulator.url, timeout=600) as http,
        ):
            http.headers["Authorization"] = f"Bearer {TOKEN}"
            settings = lumos_settings(emulator.url)
            export = _export(folder / "exported", settings, http)
            ours = _preview(folder / "exported", settings, export.resources, http)
            null = _null_preview(folder / "null", settings, export.resources, http)
    return [export, ours, null]


def _export(folder: Path, settings: dict[str, str], http: httpx.Client) -> Exported:
    """Run the command, and learn of its own memory alone."""
    http.delete("/_emulator/requests")
    command = [sys.executable, "-m", "pulumi_lumos.cli", "export", str(folder)]
    start = time.perf_counter()
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wrote = WROTE.search(printed)
    if process.returncode or wrote is None:
        raise Failed(f"the export ended with {process.returncode}: {printed}")
    seconds = time.perf_counter() - start
    worked = used.ru_utime + used.ru_stime
    peak = used.ru_maxrss * 1024
    return Exported("export", seconds, worked, _requests(http), peak, int(wrote[1]))


def _preview(folder: Path, settings: dict[str, str], size: int, http: httpx.Client) -> Exported:
    (folder / "Pulumi.yaml").unlink()
    program = (folder / "__main__.py").read_text(encoding="utf-8")
    stack = Pulumi(folder, lambda _size, _changed: program, size, **settings)
    return _timed("first preview", lambda: stack.step("first preview"), size, http)


def _null_preview(
    folder: Path, settings: dict[str, str], size: int, http: httpx.Client
) -> Exported:
    folder.mkdir()
    stack = Pulumi(folder, programs.null, size, **settings)
    return _timed("first preview, null provider", lambda: stack.step("first preview"), size, http)


def _timed(step: str, carry_out: Callable[[], None], size: int, http: httpx.Client) -> Exported:
    http.delete("/_emulator/requests")
    start, cpu_start = time.perf_counter(), cpu_seconds()
    carry_out()
    seconds, worked = time.perf_counter() - start, cpu_seconds() - cpu_start
    return Exported(step, seconds, worked, _requests(http), 0, size)


def _requests(http: httpx.Client) -> int:
    return len(http.get("/_emulator/requests").json())
