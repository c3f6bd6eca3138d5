"""`python -m pulumi_lumos.plugin` is `pulumi-resource-lumos`."""

from . import main

main()
