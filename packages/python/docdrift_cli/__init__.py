"""Check API docs, their translations and the API spec against each other.

    >>> import docdrift_cli
    >>> report = docdrift_cli.check("docs", spec="openapi.yaml")
    >>> [finding.rule for finding in report.findings]

A thin, typed layer over ``docdrift check --format json``. The program is part of the same package.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence, Union

__all__ = ["DocdriftError", "Edit", "Finding", "Fix", "Position", "Related", "Report", "check", "find_program"]

StrPath = Union[str, "os.PathLike[str]"]


class DocdriftError(RuntimeError):
    """The run itself failed: wrong arguments, a broken configuration, a path that cannot be read."""


@dataclass(frozen=True)
class Position:
    """A place in a file. ``line`` and ``column`` (in characters) start at 1, ``byte`` at 0."""

    line: int
    column: int
    byte: int


@dataclass(frozen=True)
class Related:
    """Another place that a finding is about: the source page, the spec, another example."""

    path: str
    start: Position
    end: Position
    message: str


@dataclass(frozen=True)
class Edit:
    """Replace the bytes from ``start_byte`` to ``end_byte`` of ``path`` with ``text``."""

    path: str
    start_byte: int
    end_byte: int
    text: str


@dataclass(frozen=True)
class Fix:
    """What ``docdrift fix`` would write. ``safety`` is ``safe`` or ``unsafe``."""

    safety: str
    edits: Sequence[Edit]


@dataclass(frozen=True)
class Finding:
    """One difference. ``raw`` is the finding as the JSON has it, with keys that this class does not name."""

    rule: str
    severity: str
    path: str
    start: Position
    end: Position
    message: str
    locale: Optional[str] = None
    found: Optional[str] = None
    expected: Optional[str] = None
    help: Optional[str] = None
    fix: Optional[Fix] = None
    related: Sequence[Related] = ()
    fingerprint: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Report:
    """The result of a run."""

    findings: Sequence[Finding]
    summary: Mapping[str, Any]

    def __bool__(self) -> bool:
        """Whether there is any finding."""
        return bool(self.findings)

    def of(self, severity: str) -> Sequence[Finding]:
        """The findings of one severity: ``error``, ``warning`` or ``note``."""
        return [finding for finding in self.findings if finding.severity == severity]


def find_program() -> str:
    """The path of the ``docdrift`` program: the one of this package, else the first on ``PATH``."""
    name = "docdrift" + (".exe" if sys.platform == "win32" else "")
    folders = [sysconfig.get_path("scripts"), os.path.join(sys.prefix, "Scripts" if sys.platform == "win32" else "bin")]
    # `pip install --target FOLDER` puts programs into FOLDER/bin.
    folders.append(str(Path(__file__).resolve().parent.parent / "bin"))
    if sys.version_info >= (3, 10):
        user = sysconfig.get_preferred_scheme("user")
        folders.append(sysconfig.get_path("scripts", user))
    for folder in folders:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    found = shutil.which(name)
    if found is None:
        raise DocdriftError("the docdrift program is not installed: pip install docdrift-cli")
    return found


def check(
    *paths: StrPath,
    spec: Optional[Union[StrPath, Sequence[StrPath]]] = None,
    reference: Optional[str] = None,
    locales: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    config: Optional[StrPath] = None,
    no_config: bool = False,
    cwd: Optional[StrPath] = None,
    args: Sequence[str] = (),
) -> Report:
    """Run ``docdrift check`` and return what it found.

    ``paths`` are files and folders; without any, the configuration decides. ``args`` are further options of
    ``docdrift check``. Raises :class:`DocdriftError` when the run fails (exit code 2); findings never raise.
    """
    command = [find_program(), "check", "--format", "json", "--exit-zero", "--color", "never"]
    specs = [] if spec is None else [spec] if isinstance(spec, (str, os.PathLike)) else list(spec)
    for value in specs:
        command += ["--spec", os.fspath(value)]
    if reference is not None:
        command += ["--reference", reference]
    for option, values in (("--locale", locales), ("--select", select), ("--ignore", ignore)):
        if values:
            command += [option, ",".join(values)]
    if config is not None:
        command += ["--config", os.fspath(config)]
    if no_config:
        command.append("--no-config")
    command += [*args, "--", *(os.fspath(path) for path in paths)]
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode != 0:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise DocdriftError(message or f"docdrift ended with {done.returncode}")
    answer = json.loads(done.stdout)
    return Report([_finding(found) for found in answer["findings"]], answer["summary"])


def _position(value: Mapping[str, int]) -> Position:
    return Position(value["line"], value["column"], value["byte"])


def _finding(found: Mapping[str, Any]) -> Finding:
    nowhere = {"line": 1, "column": 1, "byte": 0}
    start = _position(found.get("start") or nowhere)
    fix = found.get("fix")
    edits = [Edit(one["path"], one["start_byte"], one["end_byte"], one["text"]) for one in (fix or {}).get("edits", ())]
    related = [
        Related(
            other["path"],
            _position(other.get("start") or nowhere),
            _position(other.get("end") or nowhere),
            other.get("message", ""),
        )
        for other in found.get("related") or ()
    ]
    return Finding(
        rule=found["rule"],
        severity=found["severity"],
        path=found["path"],
        start=start,
        end=_position(found["end"]) if found.get("end") else start,
        message=found["message"],
        locale=found.get("locale"),
        found=found.get("found"),
        expected=found.get("expected"),
        help=found.get("help"),
        fix=Fix(fix["safety"], edits) if fix else None,
        related=related,
        fingerprint=found.get("fingerprint", ""),
        raw=found,
    )
