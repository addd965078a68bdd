"""`sqlwright check`."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from ..diagnostics import Diagnostic, enumerated, error, has_errors
from ..model.values import value
from .findings import Format, Reporter, Status, counted, finding_options, project_option, status_of
from .projects import unknown_package

if TYPE_CHECKING:
    from ..check.store import Store
    from ..checking.asking import Asking
    from ..checking.live import Checked
    from ..project.config import Project
    from ..project.settings import PackageConfig

_SECONDS: Final = 10.0
_LONGEST: Final = 3600.0
_OF_SIGNALS: Final = 128
"""What shells add to the number of the signal that a process ends by."""
_BREATH: Final = 1.0
"""Seconds in which a signal that comes twice, from a terminal and a program that hands it on, is one."""
_OF_SERVERS: Final = {
    "changed": "changed",
    "plans": "plans",
    "urls": "url",
    "scratch": "scratch",
    "timeout": "timeout",
}
"""The options that only a run with servers has a use for, by their parameters."""


def _pairs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """`postgres=…`, by the dialect's name."""
    if not given:
        return {}
    from ..dialects import NAMES, dialect
    from ..live import SERVERLESS

    found: dict[str, str] = {}
    for text in given:
        name, equals, held = text.partition("=")
        if not equals or not held or name not in NAMES:
            # What was given may hold a password.
            raise click.BadParameter(f"write DIALECT=…, with one of {', '.join(NAMES)}")
        if name in SERVERLESS:
            raise click.BadParameter(f"{dialect(name).title} needs none: it runs in this process, in memory")
        if name in found:
            raise click.BadParameter(f"{dialect(name).title} is named twice: write it once for each database")
        found[name] = held
    return found


def _patience(context: click.Context, parameter: click.Parameter, seconds: float) -> float:
    if not 0 < seconds <= _LONGEST:
        raise click.BadParameter(f"write a number of seconds above 0, and up to {_LONGEST:.0f}")
    return seconds


def _check_alone(context: click.Context) -> None:
    """What asks a server has no meaning where none is asked."""
    given = [
        f"--{name}"
        for parameter, name in _OF_SERVERS.items()
        if context.get_parameter_source(parameter) is not ParameterSource.DEFAULT
    ]
    if given:
        raise click.UsageError(
            f"--offline asks no server, which {enumerated(given)} {'is' if len(given) == 1 else 'are'} for"
        )


@click.command("check")
@click.option("--offline", is_flag=True, help="Ask no server: compare with what the last check has committed.")
@click.option("--changed", is_flag=True, help="Prove only what has changed since the last check.")
@click.option("--plans", is_flag=True, help="Look at the servers' plans, too: tables read whole, indexes not used.")
@click.option(
    "--dialect", "dialects", multiple=True, metavar="D", help="Check for this database only; may be repeated."
)
@click.option("--url", "urls", multiple=True, metavar="D=URL", callback=_pairs, help="The server of a database.")
@click.option(
    "--scratch",
    multiple=True,
    metavar="D=NAME",
    callback=_pairs,
    help="An empty database (on PostgreSQL a schema) to use where none may be made.",
)
@click.option(
    "--timeout",
    type=float,
    default=_SECONDS,
    show_default=True,
    callback=_patience,
    help="Seconds to wait for a server.",
)
@click.option("--package", metavar="NAME", help="Check this package only.")
@project_option
@finding_options
@click.pass_context
def command(
    context: click.Context,
    offline: bool,
    changed: bool,
    plans: bool,
    dialects: tuple[str, ...],
    urls: dict[str, str],
    scratch: dict[str, str],
    timeout: float,
    package: str | None,
    folder: Path | None,
    form: str,
    strict: bool,
) -> None:
    """Prove every query on real servers, or offline against what was proved last."""
    if offline:
        _check_alone(context)
    reporter = Reporter(Format(form), strict, Path.cwd())
    from .projects import open_project

    opened = open_project(folder)
    if opened.project is None:
        reporter.show(reporter.graded(opened.diagnostics))
        raise SystemExit(Status.USAGE)
    project = opened.project
    reporter = replace(reporter, root=project.root)
    unknown = unknown_package(project, package) or _unknown_dialect(project, package, dialects)
    if unknown is not None:
        reporter.show([unknown])
        raise SystemExit(Status.USAGE)
    whole = package is None and not dialects
    state = ""
    if offline and whole:
        from ..checking.unchanged import known_to_be_right, state_of

        state = state_of(project)
        count = known_to_be_right(project, state)
        if count is not None:
            reporter.show([])
            reporter.say(_agreeing(count))
            raise SystemExit(Status.DONE)
    configs = [config for config in project.config.package if package is None or config.name == package]
    if offline:
        from ..checking.offline import check_offline
        from ..checking.proving import keep
        from ..checking.unchanged import found_right

        checked = check_offline(project, configs, dialects, whole)
        found = reporter.graded([*opened.diagnostics, *checked.diagnostics])
        reporter.show(found)
        keep(project, checked.packages)
        if state and not found:
            found_right(project, state, checked.count)
        if not has_errors(found):
            reporter.say(_agreeing(checked.count))
        raise SystemExit(status_of(found))
    from ..check.servers import Wanted
    from ..checking.asking import Asking

    configured = {str(name): url for name, url in project.config.servers.items()}
    scratches = {**{str(name): held for name, held in project.config.scratch.items()}, **scratch}
    file = project.source.name
    wanted = Wanted(urls, configured, scratches, os.environ, file, _servers_cache(), timeout)
    line = _Line(reporter.form is Format.TEXT and sys.stderr.isatty())
    run = _Run(reporter, project, configs, dialects, opened.diagnostics, whole)
    raise SystemExit(_live(run, Asking(wanted, changed, plans, line.say), line))


@value
class _Run:
    """What is checked: packages on targets, the `whole` project or a part; `findings` are what was found before."""

    reporter: Reporter
    project: Project
    configs: Sequence[PackageConfig]
    dialects: Sequence[str]
    findings: Sequence[Diagnostic]
    whole: bool


def _live(run: _Run, asking: Asking, line: _Line) -> int:
    """Ask the servers. What is found is shown, and written, while they drop what was made on them."""
    from ..check.store import Store
    from ..checking.asking import Askers, Interrupted

    store = Store(run.project.root / run.project.config.cache)
    store.recover()
    askers = Askers(asking)
    with _ended_in_order(askers.interrupt), askers:
        from ..checking.live import check_live

        try:
            checked = check_live(run.project, run.configs, run.dialects, askers, store)
            askers.go_on()
        except Interrupted as end:
            return _OF_SIGNALS + end.signal
        finally:
            line.end()
        return _told(run, checked, store, asking.changed)


def _told(run: _Run, checked: Checked, store: Store, asking_for_changes: bool) -> Status:
    """Show what was found, and write the entries that there are to write."""
    from ..checking.live import write_entries
    from ..checking.proving import keep
    from ..checking.reading import unwanted_folders

    reporter = run.reporter
    shown = reporter.graded([*run.findings, *checked.diagnostics])
    reporter.show([*shown, *checked.unreachable])
    left_over = unwanted_folders(store, run.configs) if run.whole else []
    try:
        count = write_entries(checked, store, left_over)
        if run.whole and not has_errors(shown):
            store.remove_empty()
    except OSError as problem:
        reporter.show([error("cannot-write", f"`{problem.filename}` cannot be written: {problem.strerror}")])
        return Status.USAGE
    keep(run.project, checked.packages)
    for said in _summed_up(checked, count, asking_for_changes):
        reporter.say(said)
    return Status.USAGE if checked.unreachable else status_of(shown)


def _summed_up(checked: Checked, count: int, changed: bool) -> Iterator[str]:
    """What was proved, on the last line."""
    unread = [package.package for package in checked.packages if not package.targets]
    wrote = f", wrote {counted(count, 'folder')} of entries" if count else ""
    if checked.asked:
        of = f"{checked.proved} of " if checked.proved < checked.asked else ""
        yield f"proved {of}{counted(checked.asked, 'query')}{wrote}"
    elif len(unread) < len(checked.packages):
        yield f"{'nothing is new to be proved' if changed else 'proved 0 queries'}{wrote}"
    if unread:
        yield f"not checked: {enumerated(unread)}"


def _agreeing(count: int) -> str:
    return "1 query agrees with its entry" if count == 1 else f"{count} queries agree with their entries"


def _unknown_dialect(project: Project, package: str | None, dialects: tuple[str, ...]) -> Diagnostic | None:
    from ..diagnostics import did_you_mean

    known: list[str] = []
    for config in project.config.package:
        if package is None or config.name == package:
            known += config.targets or (config.dialect,)
    names = list(dict.fromkeys(known))
    unknown = next((name for name in dialects if name not in names), None)
    if unknown is None:
        return None
    help = did_you_mean(unknown, names, f"the targets are {', '.join(names)}")
    return error("unknown-dialect", f"`{unknown}` is no target of these packages", None, help)


def _servers_cache() -> Path:
    """Where servers of our own are kept between runs."""
    named = os.environ.get("SQLWRIGHT_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "sqlwright"


@contextmanager
def _ended_in_order(interrupt: Callable[[int], None]) -> Generator[None]:
    """Who asks the run to end has it drop its scratch databases on the way out; who asks again, and not by the same
    breath, does not want to wait: then the next run clears them away."""
    asked: list[float] = []

    def end(number: int, frame: object) -> None:
        if asked and time.monotonic() - asked[0] > _BREATH:
            os._exit(_OF_SIGNALS + number)
        asked.append(time.monotonic())
        interrupt(number)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Line:
    """A line on the terminal that says what is being done, until it ends."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown

    def say(self, text: str) -> None:
        if self._shown:
            click.echo(f"\r\x1b[2K{text} …", err=True, nl=False)

    def end(self) -> None:
        if self._shown:
            click.echo("\r\x1b[2K", err=True, nl=False)
        self._shown = False
