"""`make portal`: a local Lumos, the catalog of examples/catalog in it, and the portal.

All it makes lies in a temporary folder, and all it starts ends with it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from portal import demo_mode
from portal.app import create
from portal.people import Clients
from portal.visits import Portal
from pulumi import automation
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator.process import EmulatorNotReadyError, EmulatorProcess

CATALOG = Path(__file__).parent.parent / "catalog"
TOKEN = "lsk_portal"  # opens a tenant of the emulator, and nothing else anywhere
ADMIN = ids.USERS["Ada"].email
LEFT_OUT = shutil.ignore_patterns("__pycache__", "test_*", "conftest.py")


def declare_catalog(folder: Path, lumos_url: str) -> None:
    """Run `pulumi up` on a copy of the catalog."""
    project = shutil.copytree(CATALOG, folder / "catalog", ignore=LEFT_OUT)
    environment = {
        "LUMOS_SERVER_URL": lumos_url,
        "LUMOS_ACCESS_TOKEN": TOKEN,
        "LUMOS_LAG": "0",
        "PULUMI_BACKEND_URL": folder.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": secrets.token_hex(16),
    }
    options = automation.LocalWorkspaceOptions(env_vars=environment)
    automation.create_stack("demo", work_dir=str(project), opts=options).up()


def add_managers(company: demo_mode.Company) -> None:
    """Say who manages whom, which Lumos learns from its sources of people."""
    known = {one["id"] for one in company.people()}
    for name, manager in ids.MANAGERS.items():
        person, boss = ids.USERS[name].id, ids.USERS[manager].id
        if {person, boss} <= known:
            company.call("PATCH", f"/_emulator/users/{person}", {"manager_id": boss})


def make_portal(company: demo_mode.Company) -> FastAPI:
    """The portal in demo mode."""
    shared = Portal(
        Clients(company.url, demo_mode.tokens(company)),
        sign_in=demo_mode.sign_in,
        admins=frozenset({ADMIN}),
        is_demo=True,
    )
    app = create(shared)
    app.state.company = company
    app.include_router(demo_mode.router)
    return app


@contextmanager
def played() -> Iterator[FastAPI]:
    """The portal over a company that has the catalog, for as long as a block lasts."""
    with tempfile.TemporaryDirectory(prefix="lumos-portal-") as folder, EmulatorProcess() as lumos:
        company = demo_mode.Company(lumos.url, TOKEN, frozenset({ADMIN}))
        add_managers(company)
        print(f"portal: a local Lumos runs at {lumos.url}, with the token {TOKEN}.", flush=True)
        print("portal: pulumi up brings the catalog of examples/catalog into it.", flush=True)
        declare_catalog(Path(folder), lumos.url)
        yield make_portal(company)


class Server(uvicorn.Server):
    """Says where the portal is once it can be visited."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Open the address, then print it."""
        await super().startup(sockets)  # type: ignore[arg-type]
        for server in self.servers:
            host, port = server.sockets[0].getsockname()[:2]
            print(f"portal: http://{host}:{port} (Ctrl-C ends it)", flush=True)


def main() -> int:
    """Serve until Ctrl-C; return the exit code."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    port = int(os.environ.get("PORTAL_PORT", "8000"))
    try:
        with played() as app:
            Server(uvicorn.Config(app, "127.0.0.1", port, log_level="warning")).run()
    except KeyboardInterrupt:
        print("portal: ended.", flush=True)
    except (automation.CommandError, EmulatorNotReadyError, httpx.HTTPError) as problem:
        print(f"portal: failed. {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
