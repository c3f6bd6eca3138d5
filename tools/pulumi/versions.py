"""The versions of Pulumi that this project installs; README.md says why these."""

from __future__ import annotations

NEWEST = "3.274.1"
"""What is installed where Pulumi is missing, and what all tests run with."""

OLDEST = "3.259.0"
"""The oldest CLI that is taken from PATH. `make test-versions` runs with it."""

DOTNET = "3.225.1"
"""The last Go modules of Pulumi with the generator of C#; later ones leave it to the C# host."""

YAML = "1.25.0"
"""The language host of Pulumi's YAML, which has versions of its own."""
