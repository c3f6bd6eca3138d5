"""A provider that a program makes itself: one more tenant of Lumos beside that of the stack."""

from __future__ import annotations

import os
from typing import Any

import pulumi

from pulumi_lumos.config import SETTINGS, Setting
from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.hosts.chosen import HOST_SETTING, PACKAGED_HOST
from pulumi_lumos.hosts.names import declared_name

from .inputs import InvalidInputs, keep_interrupts_quiet, of_texts


class Provider(pulumi.ProviderResource):
    """A tenant of Lumos, for `opts.provider` of resources and `providers` of components.

    Each argument is a setting of the same meaning as in the stack's configuration, which a
    provider of its own does not read: what is left out comes from the environment, else it is the
    default. Its resources are served by the packaged provider.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        access_token: pulumi.Input[str] | None = None,
        server_url: pulumi.Input[str] | None = None,
        request_timeout: pulumi.Input[float] | None = None,
        deadline: pulumi.Input[float] | None = None,
        max_retries: pulumi.Input[int] | None = None,
        max_concurrency: pulumi.Input[int] | None = None,
        lag: pulumi.Input[float] | None = None,
        preview_checks: pulumi.Input[str] | None = None,
        tenant_check: pulumi.Input[str] | None = None,
    ) -> None:
        """Make a provider under a name that no other one has in the program.

        Raises InvalidInputs for what cannot be right, such as a provider without a token.
        """
        arguments: Values = {
            "access_token": access_token,
            "server_url": server_url,
            "request_timeout": request_timeout,
            "deadline": deadline,
            "max_retries": max_retries,
            "max_concurrency": max_concurrency,
            "lag": lag,
            "preview_checks": preview_checks,
            "tenant_check": tenant_check,
        }
        problems = [*of_texts(resource_name=resource_name), *_problems(arguments)]
        if problems:
            raise InvalidInputs("Provider", resource_name, problems)
        keep_interrupts_quiet()
        super().__init__("lumos", resource_name, _settings(arguments), opts)


def _settings(arguments: Values) -> Values:
    """The arguments as the provider reads them: texts, the token a secret."""
    found: Values = {HOST_SETTING: PACKAGED_HOST}
    for setting in SETTINGS:
        value = arguments[declared_name(setting.key)]
        if value is not None:
            text = pulumi.Output.from_input(value).apply(_text)
            found[setting.key] = pulumi.Output.secret(text) if setting.is_token else text
    return found


def _text(value: Any) -> str | None:
    """A setting as a text. An Output may turn out to be None, which is not given.

    Numbers of another stack are floats, also where they are whole.
    """
    if value is None:
        return None
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _problems(arguments: Values) -> list[Problem]:
    """What is wrong with the arguments that are known, and a token that nobody gives."""
    return [
        (declared_name(setting.key), reason)
        for setting in SETTINGS
        if (reason := _mistake(setting, arguments[declared_name(setting.key)]))
    ]


def _mistake(setting: Setting, value: Any) -> str | None:
    if value is None:
        missing = setting.is_token and not os.environ.get(setting.variable)
        advice = f"give it, as a secret of the stack's configuration, or set {setting.variable}"
        return f"is missing; {advice}" if missing else None
    if isinstance(value, pulumi.Output):
        return None
    return setting.parsed(_text(value) or "")[1]
