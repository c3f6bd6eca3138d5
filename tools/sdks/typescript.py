"""What the TypeScript compiler says of a Node SDK and of a program that uses it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from .. import cache
from . import Refused, run

PACKAGES = Path(__file__).with_name("package.json")
"""The compiler and Pulumi's Node SDK, by their versions."""

PROGRAM = {
    # As `pulumi new typescript` writes it, but in the way of modules that Node has today.
    "compilerOptions": {
        "strict": True,
        "target": "es2020",
        "module": "nodenext",
        "moduleResolution": "nodenext",
        "types": ["node"],
        "noFallthroughCasesInSwitch": True,
        "noImplicitReturns": True,
        "forceConsistentCasingInFileNames": True,
        "skipLibCheck": True,
    },
}


def check(sdk: Path, *programs: str) -> None:
    """Check a generated Node SDK and programs that import it by its name; raises Refused."""
    modules = _modules()
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary)
        copied = shutil.copytree(sdk, project / "sdk")
        name = json.loads((copied / "package.json").read_text(encoding="utf-8"))["name"]
        _link_modules(modules, project, name, copied)
        files = [f"program{number}.ts" for number in range(len(programs))]
        for file, program in zip(files, programs, strict=True):
            (project / file).write_text(program, encoding="utf-8")
        (project / "tsconfig.json").write_text(
            json.dumps({**PROGRAM, "files": files}), encoding="utf-8"
        )
        for checked in (copied, project):
            _compile(modules, checked)


def _compile(modules: Path, project: Path) -> None:
    node = shutil.which("node")
    if node is None:
        raise Refused("checking TypeScript needs node, and there is none on PATH")
    compiler = modules / "typescript" / "bin" / "tsc"
    run([node, str(compiler), "--noEmit", "--pretty", "false", "--project", "."], project)


def _link_modules(modules: Path, project: Path, name: str, sdk: Path) -> None:
    """Let the project, and the SDK in it, import the installed packages and the SDK."""
    linked = project / "node_modules"
    linked.mkdir()
    for scope in ("@pulumi", "@types"):
        (linked / scope).mkdir()
        for package in (modules / scope).iterdir():
            (linked / scope / package.name).symlink_to(package)
    (linked / name).parent.mkdir(exist_ok=True)
    (linked / name).symlink_to(sdk)


def _modules() -> Path:
    """The folder node_modules with PACKAGES, installed into the user's cache where missing."""
    version = hashlib.sha256(PACKAGES.read_bytes()).hexdigest()[:12]
    return cache.kept(f"typescript-{version}", _install) / "node_modules"


def _install(folder: Path) -> None:
    print("sdks: installing TypeScript and Pulumi's Node SDK (once) ...", file=sys.stderr)
    npm = shutil.which("npm")
    if npm is None:
        raise Refused("checking TypeScript needs npm, and there is none on PATH")
    shutil.copy(PACKAGES, folder)
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    # Scripts of packages have no say here, and a lock file would name the registry of this machine.
    run([npm, "install", "--ignore-scripts", "--no-package-lock", *quiet], folder)
