"""`python -m pulumi_lumos` is `pulumi-resource-lumos`, which is how Pulumi runs a package."""

from .plugin import main

main()
