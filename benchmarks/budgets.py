"""The times that pulumi-lumos promises, as ratios to Terraform and to a null provider."""

from __future__ import annotations

Work = tuple[int, int, str]

LATENCY_MS = 50
TO_TERRAFORM: dict[Work, dict[str, float]] = {
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


def verdict(work: Work, step: str, to_null: float, to_terraform: float | None) -> str:
    """Each budget of a step with "pass" or "miss"; empty where nothing is promised or measured.

    `work` is the number of permissions, the latency in milliseconds and the use of the backend.
    """
    size, _latency_ms, backend = work
    measured = (
        ("TF", to_terraform, TO_TERRAFORM.get(work, {}).get(step)),
        ("null", to_null, TO_NULL.get((size, backend))),
    )
    return ", ".join(
        f"{name} ≤ {most:.2f} {'pass' if ratio <= most else 'miss'}"
        for name, ratio, most in measured
        if ratio is not None and most is not None
    )
