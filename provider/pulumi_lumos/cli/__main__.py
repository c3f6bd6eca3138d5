"""`python -m pulumi_lumos.cli`, the same as `pulumi-lumos`."""

from . import main

main()
