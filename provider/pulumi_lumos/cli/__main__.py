"""`python -m pulumi_lumos.cli`, the same as `pulumi-lumos`."""

from pulumi_lumos.cli import main

main()
