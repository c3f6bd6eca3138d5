"""Finds the fewest inputs that declare an object as Lumos holds it.

It leaves out values that mean nothing, such as defaults, unless a rule asks for them. It also
leaves out values that our rules refuse although Lumos holds them: such fields stay unmanaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from pulumi_lumos.declare.flow import Answer, Inputs
from pulumi_lumos.declare.spec import FieldSpec, Json, Problem, ShapeSpec, Values
from pulumi_lumos.lifecycle.adoption import ADOPT
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.values.projection import means_nothing, to_inputs

from .code import Expression

Path = tuple[str, ...]
Problems = Callable[[Values], list[Problem]]
"""Gives everything that is wrong with some inputs."""

SAID_BY_THE_APP = ("app_class_id", "app_instance_id")
"""Other names of the app, where `app_id` says which app an object belongs to.

They are left out unless a rule asks for them.
"""


class Declarable(NamedTuple):
    """The inputs of an object, and sentences about what a program cannot say."""

    inputs: Inputs
    left_out: list[str]


def declarable(lifecycle: Lifecycle, live: Answer, *, adopts: bool = True) -> Declarable:
    """The inputs that declare an object of Lumos as it is; `adopts` says whether with `adopt`."""
    shape = lifecycle.spec.shape
    needed = (*lifecycle.spec.key, *(name for name, one in shape.fields.items() if one.required))
    said_twice = SAID_BY_THE_APP if "app_id" in shape.fields else ()
    in_part = [*_in_part(shape, live, ())]
    left_out = [f"{'.'.join(at)}: Lumos holds more of it than its API can show" for at in in_part]
    whole = _without(shape, to_inputs(shape, live), in_part)
    idle = [
        at
        for at, field in leaves(shape, whole)
        if at[0] not in needed and (means_nothing(field, _at(whole, at)) or at[0] in said_twice)
    ]
    problems = partial(_problems, lifecycle, adopts)
    declared = _restored(shape, problems, whole, idle)
    return _accepted(shape, problems, declared, needed, left_out)


def _in_part(shape: ShapeSpec, live: Values, above: Path) -> Iterator[Path]:
    """The fields that the answer does not describe in full."""
    for name, field in shape.fields.items():
        value = live.get(name)
        if value is None:
            continue
        if field.marks.described_by and live.get(field.marks.described_by) is False:
            yield (*above, name)
        elif field.group and isinstance(value, dict):
            yield from _in_part(field.group, value, (*above, name))


def _restored(shape: ShapeSpec, problems: Problems, whole: Values, idle: list[Path]) -> Values:
    """The inputs without the idle values, except those that a rule asks for."""
    declared = _without(shape, whole, idle)
    for at in idle:
        wrong = len(problems(declared))
        if not wrong:
            break
        fuller = _without(shape, whole, [one for one in idle if one != at])
        if len(problems(fuller)) < wrong:
            declared, idle = fuller, [one for one in idle if one != at]
    return declared


def _accepted(
    shape: ShapeSpec,
    problems: Problems,
    declared: Values,
    needed: tuple[str, ...],
    left_out: list[str],
) -> Declarable:
    """The inputs without the values that our rules refuse."""
    while wrong := problems(declared):
        choices = [
            (at, less)
            for at, _ in leaves(shape, declared)
            if at[0] not in needed
            if len(problems(less := _without(shape, declared, [at]))) < len(wrong)
        ]
        if not choices:
            reasons = "; ".join(f"{path}: {why}" for path, why in wrong)
            return Declarable(Inputs({}), [*left_out, reasons])
        at, declared = choices[0]
        left_out = [*left_out, f"{'.'.join(at)}: {wrong[0][1]}"]
    return Declarable(Inputs(declared), left_out)


def completed(lifecycle: Lifecycle, found: Declarable, more: Values) -> Declarable:
    """Add what else a program says of the object, except what our rules refuse."""
    inputs, left_out = Inputs({**found.inputs}), list(found.left_out)
    checked = Inputs({**inputs})
    for name, value in more.items() if inputs else ():
        trial = Inputs({**checked, name: _stand_in(lifecycle.spec.fields[name], value)})
        if problems := _problems(lifecycle, True, trial):
            left_out.append(f"{name}: {problems[0][1]}")
        else:
            inputs[name], checked = value, trial
    return Declarable(inputs, left_out)


def _stand_in(field: FieldSpec, value: Any) -> Any:
    """A value that the rules can judge, in place of one that only a run knows."""
    if not isinstance(value, Expression):
        return value
    return {} if isinstance(field.type, Json) else "a text"


def _problems(lifecycle: Lifecycle, adopts: bool, declared: Values) -> list[Problem]:
    """What is wrong with the inputs of an object, which the program may adopt."""
    return lifecycle.problems(Inputs({**declared, ADOPT: True} if adopts else declared))


def leaves(shape: ShapeSpec, values: Values, above: Path = ()) -> Iterator[tuple[Path, FieldSpec]]:
    """The path of each value that is not a group of other values."""
    for name, field in shape.fields.items():
        value = values.get(name)
        if value is None:
            continue
        if field.group and isinstance(value, dict):
            yield from leaves(field.group, value, (*above, name))
        else:
            yield (*above, name), field


def _at(values: Any, at: Path) -> Any:
    for step in at:
        values = values[step]
    return values


def _without(shape: ShapeSpec, values: Values, paths: list[Path]) -> Values:
    """The values without those at the paths, and without empty groups."""
    kept: Values = {}
    for name, value in values.items():
        if (name,) in paths:
            continue
        group = shape.fields[name].group
        if group and isinstance(value, dict):
            value = _without(group, value, [at[1:] for at in paths if at[0] == name])
            if not value:
                continue
        kept[name] = value
    return kept
