"""A virtual environment whose `python` has imported Pulumi and this package when it starts.

A command of the engine starts three Pythons, and importing is most of what they do: half of the
work of all tests through the engine. Here, one process has imported everything. The `python` of the
environment asks it for a fork, which is the program or the host from then on: it has the folder,
the variables, the arguments and the three streams of the command that asked, hears its signals, and
ends with it. The command ends as the fork does.
"""

from .environment import preloaded_environment, preloaded_python

__all__ = ["preloaded_environment", "preloaded_python"]
