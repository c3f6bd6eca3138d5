"""What pulumi-lumos promises: ratios to Terraform and to a null provider, pace, and start."""

from __future__ import annotations

LATENCY_MS = 50
TO_TERRAFORM: dict[tuple[int, int, str], dict[str, float]] = {
    (100, LATENCY_MS, "default"): {
        "create": 1.1,
        "no-op preview": 1.2,
        "refresh": 1.1,
        "preview --refresh": 1.5,
        "update all": 0.8,
        "destroy": 0.7,
    },
    (1000, LATENCY_MS, "skip-checkpoints"): {
        "create": 0.30,
        "no-op preview": 0.60,
        "refresh": 0.45,
        "preview --refresh": 0.85,
        "update all": 0.20,
        "destroy": 0.10,
    },
}
TO_NULL: dict[tuple[int, str], float] = {(1000, "default"): 1.10}
TO_THE_RATE_LIMIT = 1.15
REFUSED_SHARE = 0.05
IMPORT_SECONDS = 0.150


def to_terraform(work: tuple[int, int, str], step: str) -> float | None:
    """The most that a step may take, as a ratio to Terraform's time; None where none is said."""
    return TO_TERRAFORM.get(work, {}).get(step)


def to_null(work: tuple[int, int, str]) -> float | None:
    """The most that any step may take, as a ratio to the null provider's time."""
    size, _latency_ms, backend = work
    return TO_NULL.get((size, backend))


def verdict(measured: float, most: float | None, form: str = ".2f") -> str:
    """The budget and whether it is met: "≤ 1.10 met"; empty where there is none."""
    if most is None:
        return ""
    return f"≤ {most:{form}} {'met' if measured <= most else 'MISSED'}"
