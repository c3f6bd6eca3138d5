"""What pulumi-lumos promises: ratios to Terraform, to a null provider, to itself; pace; start."""

from __future__ import annotations

from typing import NamedTuple


class Work(NamedTuple):
    """What is measured: how many permissions, how slow a Lumos, how the file backend is used."""

    size: int
    latency_ms: int
    backend: str


LATENCY_MS = 50
SMALL = Work(100, LATENCY_MS, "default")
LARGE = Work(1000, LATENCY_MS, "skip-checkpoints")
LARGE_BY_DEFAULT = Work(1000, LATENCY_MS, "default")
PROMISED = {SMALL: 5, LARGE: 1, LARGE_BY_DEFAULT: 1}
"""The works that have budgets, each with how often a run repeats it."""

TO_TERRAFORM: dict[Work, dict[str, float]] = {
    SMALL: {
        "create": 0.95,
        "no-op preview": 0.95,
        "refresh": 0.95,
        "preview --refresh": 1.25,
        "update all": 0.65,
        "destroy": 0.65,
    },
    LARGE: {
        "create": 0.27,
        "no-op preview": 0.45,
        "refresh": 0.35,
        "preview --refresh": 0.70,
        "update all": 0.15,
        "destroy": 0.06,
    },
}
TO_NULL: dict[Work, dict[str, float]] = {
    LARGE_BY_DEFAULT: {
        "create": 0.80,
        "no-op preview": 1.10,
        "refresh": 1.10,
        "preview --refresh": 1.10,
        "update all": 0.75,
        "destroy": 1.10,
    },
}
PACKAGED_CPU_TO_DYNAMIC: dict[Work, dict[str, float]] = {
    LARGE: {
        "create": 0.90,
        "no-op preview": 0.85,
        "refresh": 0.90,
        "update all": 0.85,
        "destroy": 1.00,
    },
}
TO_THE_RATE_LIMIT = 1.15
REFUSED_SHARE = 0.05
IMPORT_SECONDS = 0.150
PROVIDER_SECONDS = 0.5
REPORT_SECONDS = {LATENCY_MS: 12.0}
REPORT_MEGABYTES = 300
REPORT_OF_THE_PACE = 0.95


def to_terraform(work: Work, step: str) -> float | None:
    """The most that a step may take, as a ratio to Terraform's time; None without a budget."""
    return TO_TERRAFORM.get(work, {}).get(step)


def to_null(work: Work, step: str) -> float | None:
    """The most that a step may take, as a ratio to the null provider's time."""
    return TO_NULL.get(work, {}).get(step)


def packaged_cpu(work: Work, step: str) -> float | None:
    """The most that a step of the packaged provider may work, as a ratio to the dynamic one."""
    return PACKAGED_CPU_TO_DYNAMIC.get(work, {}).get(step)


def verdict(measured: float, most: float | None, form: str = ".2f") -> str:
    """The budget and whether it is met: "≤ 1.10 met"; empty where there is none."""
    if most is None:
        return ""
    return f"≤ {most:{form}} {'met' if measured <= most else 'MISSED'}"
