"""A company's own certificate authority, and servers with certificates of it or of others."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable
from functools import cache
from pathlib import Path

import trustme


@cache
def authority(name: str = "A company that inspects TLS") -> trustme.CA:
    return trustme.CA(organization_name=name)


def trust(folder: Path) -> str:
    """A file for SSL_CERT_FILE with the company's authority alone."""
    file = folder / "company.pem"
    authority().cert_pem.write_to_path(file)
    return str(file)


def good() -> ssl.SSLContext:
    """A certificate for this machine, by the company."""
    return good_for("127.0.0.1", "localhost")


def good_for(*hosts: str) -> ssl.SSLContext:
    """A certificate for some hosts, by the company."""
    return _server(authority().issue_cert(*hosts))


def _valid(first_day: int, last_day: int) -> ssl.SSLContext:
    """A certificate that is good between two days, counted from today."""
    now = dt.datetime.now(dt.timezone.utc)
    first, last = (now + dt.timedelta(days=day) for day in (first_day, last_day))
    return _server(authority().issue_cert("127.0.0.1", not_before=first, not_after=last))


def _without_its_chain() -> ssl.SSLContext:
    leaf = authority().create_child_ca().issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with (
        leaf.cert_chain_pems[0].tempfile() as certificate,
        leaf.private_key_pem.tempfile() as key,
    ):
        context.load_cert_chain(certificate, key)
    return context


def _server(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


WRONG: dict[str, Callable[[], ssl.SSLContext]] = {
    "of a stranger": lambda: _server(authority("A stranger").issue_cert("127.0.0.1")),
    "of another host": lambda: _server(authority().issue_cert("lumos.example")),
    "of another address": lambda: _server(authority().issue_cert("127.0.0.2")),
    "of a longer name": lambda: _server(authority().issue_cert("127.0.0.1.example")),
    "with this machine as its common name alone": lambda: _server(
        authority().issue_cert("lumos.example", common_name="127.0.0.1")
    ),
    "expired": lambda: _valid(-30, -1),
    "not valid yet": lambda: _valid(1, 30),
    "without its chain": _without_its_chain,
}
"""Certificates that prove to nobody that this machine is Lumos."""
