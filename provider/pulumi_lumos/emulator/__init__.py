"""A faithful local Lumos AppStore, for demos and tests: `pulumi-lumos serve`."""
