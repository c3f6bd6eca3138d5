"""What a program gives for a resource, before Pulumi takes it over."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from signal import SIG_IGN, SIGINT, signal
from types import FrameType
from typing import Any

import pulumi

from pulumi_lumos.config import TOKEN, Settings
from pulumi_lumos.declare.spec import Json, ListOf, Problem, ShapeSpec, TypeSpec, Values
from pulumi_lumos.declare.unknown import OUTPUT_IN_TEXT, UNKNOWN, holds_output
from pulumi_lumos.errors import ConfigError
from pulumi_lumos.hosts.misspelt import misspelt_in_stack
from pulumi_lumos.hosts.mocks import mocks
from pulumi_lumos.hosts.texts import text
from pulumi_lumos.running_program import is_run_by_the_language_host
from pulumi_lumos.surface import STORED_IN_PLAIN_TEXT

from .run import this_run


class InvalidInputs(pulumi.RunError, ValueError):
    """A program gives a resource values that cannot be right.

    `problems` holds each mistake as (property path, sentence).
    """

    def __init__(self, kind: str, resource_name: str, problems: list[Problem]) -> None:
        first = not_valid(kind, resource_name)
        super().__init__(text(first, *(f"{path or kind}: {reason}" for path, reason in problems)))
        self.problems = problems


def not_valid(kind: str, resource_name: str) -> str:
    """Begin to say what is wrong with a resource: which one, and the line that declares it."""
    named = "" if holds_output(resource_name) else f" {resource_name!r}"
    return f"{kind}{named}{line_of_the_program()} is not valid:"


def plain(value: Any, type: TypeSpec | None = None) -> Any:
    """A value as Pulumi takes it: mappings as dicts, sequences as lists, without None.

    A field that is None is one that is not given. Within free JSON it is a null, which validation
    refuses: left out, it would change what a condition means.
    """
    if isinstance(value, Mapping):
        return {
            name: plain(item, type_within(type, name))
            for name, item in value.items()
            if item is not None or isinstance(type, Json)
        }
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        inner = type.item if isinstance(type, ListOf) else type
        return [plain(item, inner) for item in value]
    return value


def type_within(type: TypeSpec | None, name: str) -> TypeSpec | None:
    """The type of what a mapping has under a name, where it is declared."""
    if isinstance(type, ShapeSpec):
        return type.fields[name].type if name in type.fields else None
    return type if isinstance(type, Json) else None


def known(value: Any) -> Any:
    """A value as validation sees it: what another resource will give is unknown."""
    if isinstance(value, dict):
        return {name: known(item) for name, item in value.items()}
    if isinstance(value, list):
        return [known(item) for item in value]
    return UNKNOWN if isinstance(value, pulumi.Output) or inspect.isawaitable(value) else value


def check_settings() -> None:
    """Raise RunError, in the program already, for settings that cannot be used.

    A token set without --secret is one of them: it lies readable in the stack file and the state.
    Under Pulumi's mocks no provider runs, so nothing needs to be set. A run looks once: it does
    not change its settings.
    """
    if mocks() is None:
        this_run().remember(program_settings, program_settings)


def program_settings() -> Settings:
    """The settings of the program's stack, else the environment; raises RunError."""
    key = f"lumos:{TOKEN}"
    if pulumi.runtime.get_config(key) and not pulumi.runtime.is_config_secret(key):
        raise pulumi.RunError(STORED_IN_PLAIN_TEXT)
    wrong = [reason for _, reason in misspelt_in_stack(_names_in_stack())]
    try:
        found = Settings.load(lambda name: pulumi.runtime.get_config(f"lumos:{name}"), os.environ)
    except ConfigError as error:
        raise pulumi.RunError(text(*wrong, str(error))) from None
    if wrong:
        raise pulumi.RunError(text(*wrong))
    return found


def _names_in_stack() -> list[str]:
    """The names below `lumos:` in the configuration of the program's stack.

    The language host gives it as a variable, and the Automation API to the SDK alone.
    """
    held = [*pulumi.runtime.get_config_env(), *pulumi.runtime.config.CONFIG.get()]
    return [key.removeprefix("lumos:") for key in held if key.startswith("lumos:")]


def of_texts(**given: Any) -> list[Problem]:
    """What is wrong with Pulumi's own arguments: a text into which an Output was formatted."""
    return [
        (name, OUTPUT_IN_TEXT)
        for name, value in given.items()
        if isinstance(value, str) and holds_output(value)
    ]


def of_providers(opts: pulumi.ResourceOptions | None) -> list[Problem]:
    """Find what is no provider, where the options need one. The value may be a token."""
    given: list[tuple[str, Any]] = []
    if opts is not None:
        given = [("opts.provider", opts.provider)]
        given += [("opts.providers", one) for one in listed(opts.providers)]
    advice = "must be a provider, such as lumos.Provider(...) makes one"
    return [
        (path, f"{advice}; got a {type(value).__name__}")
        for path, value in given
        if value is not None and not isinstance(value, pulumi.ProviderResource)
    ]


def listed(providers: Any) -> list[Any]:
    """The option `providers`, which takes a list, a mapping and a single provider, as a list."""
    if isinstance(providers, Mapping):
        return list(providers.values())
    return list(providers) if isinstance(providers, (list, tuple)) else [providers]


def of_options(opts: pulumi.ResourceOptions | None, *, imports: bool) -> list[Problem]:
    """Find mistakes in the options: the dynamic host fails with a traceback at an import.

    The engine takes an empty id for none, and would make the resource.
    """
    if opts is None or opts.import_ is None or (imports and opts.import_ != ""):
        return []
    if imports:
        return [("opts.import_", "is empty; give the id of the object, or leave import_ out")]
    advice = (
        f"pass adopt={opts.import_!r} instead"
        if opts.import_ and isinstance(opts.import_, str)
        else "use adopt"
    )
    way_out = "or serve the stack by the packaged host: pulumi config set lumos:host packaged"
    return [("opts.import_", f"Pulumi cannot import dynamic resources; {advice}, {way_out}")]


def keep_interrupts_quiet() -> None:
    """Print no traceback when the language host interrupts the program.

    It does so whenever the engine stops early, such as after a failed check, and the traceback
    would bury the one sentence that says what is wrong.
    """
    if not isinstance(sys.excepthook, _QuietInterrupts):
        sys.excepthook = _QuietInterrupts(sys.excepthook)
        if is_run_by_the_language_host():
            with suppress(ValueError):  # Only the main thread may say so.
                signal(SIGINT, _interrupt_once)


def _interrupt_once(_signal: int, _frame: FrameType | None) -> None:
    """End the program; a further interrupt, and code that ends later, print nothing."""
    signal(SIGINT, SIG_IGN)
    sys.unraisablehook = lambda _complaint: None
    raise KeyboardInterrupt


class _QuietInterrupts:
    """An excepthook that passes on everything but KeyboardInterrupt."""

    def __init__(self, hook: Callable[..., Any]) -> None:
        self._hook = hook

    def __call__(self, kind: type[BaseException], value: BaseException, trace: Any) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            self._hook(kind, value, trace)


def secret(values: Values, names: list[str]) -> Values:
    """The values with some marked as secrets for Pulumi."""
    return {
        name: pulumi.Output.secret(value) if name in names else value
        for name, value in values.items()
    }


def line_of_the_program() -> str:
    """The line that calls this package, as ` (file:line)`.

    For a resource, that is where it is made: a subclass of the program's own calls from its
    `__init__`, which is the same line for all of them.
    """
    frame: FrameType | None = sys._getframe(1)
    made: object = None
    while frame and (_is_ours(frame) or (made is not None and _makes(frame) is made)):
        made = _makes(frame) or made
        frame = frame.f_back
    return f" ({os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno})" if frame else ""


def _is_ours(frame: FrameType) -> bool:
    package = __name__.split(".")[0]
    return bool(frame.f_globals.get("__name__", "").split(".")[0] == package)


def _makes(frame: FrameType) -> pulumi.Resource | None:
    """The resource whose `__init__` a frame is in."""
    code = frame.f_code
    first = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
    is_made = code.co_name == "__init__" and isinstance(first, pulumi.Resource)
    return first if is_made else None
