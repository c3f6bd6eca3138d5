"""A stand-in for Pulumi's Python language host, for machines where the official one cannot be had.

The official host is a Go program that is not published as a Go module. This one serves the part of
`pulumirpc.LanguageRuntime` that running, previewing and describing a Python project needs, with the
behaviour and the messages of the official one (pulumi/pulumi, sdk/python/cmd).
"""
