"""Every query of a project on live servers: scripts applied, schemas compared, statements prepared, entries written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from threading import Event

from .analysis import build_schema
from .check.comparing import Asked, compare
from .check.entries import Entry, EntryDamaged, read_entry, written
from .check.proofs import Proof
from .check.schemas import Sides, differences, places
from .check.servers import Wanted, asked_server
from .check.store import Store
from .diagnostics import Diagnostic, Source, Span, error, has_errors
from .live import live
from .live.base import Description, Live, Refusal, Scratch, ScriptRefused, Server
from .live.errors import ServerUnavailable
from .model.values import entity, value
from .proving import PackageProofs, TargetProofs
from .runtime.errors import MigrationError

Progress = Callable[[str], None]
"""Is told, in a few words, what is being done."""
_AGAIN = "run `sqlwright generate`"
_APPLY = "scripts that are applied are history: add a migration that makes the difference"


class Unreachable(Exception):
    """A database that no server was found for. The message says what to do."""


@entity
class Answers:
    """What a server said of one package on one target; None where scripts stood in the way."""

    proofs: TargetProofs
    chosen: tuple[Proof, ...]
    version: str
    schema: str | None
    wanted_schema: str | None
    statements: tuple[tuple[Description | Refusal, ...], ...]
    diagnostics: tuple[Diagnostic, ...]


@value
class Checked:
    """What a run has found, and the folders of entries that it would write: texts by name, by package and target."""

    diagnostics: tuple[Diagnostic, ...]
    folders: Mapping[tuple[str, str], Mapping[str, str]]
    proved: int
    """How many queries were proved, each on each target."""


class _Stopped(Exception):
    """The run is to end."""


def check_live(
    packages: Sequence[PackageProofs], wanted: Wanted, store: Store, *, changed: bool, progress: Progress
) -> Checked:
    """Prove packages in which nothing is wrong. The databases are asked side by side.

    Raises Unreachable when there is no server for one of them.
    """
    jobs: dict[str, list[tuple[TargetProofs, tuple[Proof, ...]]]] = {}
    for target in (target for package in packages for target in package.targets):
        chosen = _changed(target, store) if changed else target.proofs
        if chosen or not changed:
            jobs.setdefault(target.target.name, []).append((target, chosen))
    answers = _ask_all(jobs, wanted, progress)
    findings: list[Diagnostic] = []
    folders: dict[tuple[str, str], Mapping[str, str]] = {}
    proved = 0
    for package in packages:
        spans = _spans(package)
        for target in package.targets:
            for answer in (one for one in answers if one.proofs is target):
                found, entries = _compared(answer, spans)
                findings += found
                proved += len(answer.chosen)
                if not has_errors(found):
                    folders[package.package, target.target.name] = _texts(target, entries, store)
    return Checked(tuple(findings), folders, proved)


def kept_entries(target: TargetProofs, store: Store) -> dict[str, Entry]:
    """The entries that can be read, by their files."""
    found: dict[str, Entry] = {}
    for name, text in store.texts(target.package, target.target.name).items():
        with suppress(EntryDamaged):
            found[name] = read_entry(text)
    return found


def is_fresh(entry: Entry, proof: Proof) -> bool:
    """Whether an entry was made from the query, the schema and the statement as they are."""
    made_from = (entry.query, entry.schema, entry.statement)
    return made_from == (proof.query_digest, proof.schema_digest, proof.statement_digest)


def _changed(target: TargetProofs, store: Store) -> tuple[Proof, ...]:
    kept = kept_entries(target, store)
    return tuple(proof for proof in target.proofs if proof.file not in kept or not is_fresh(kept[proof.file], proof))


# Asking


def _ask_all(
    jobs: Mapping[str, Sequence[tuple[TargetProofs, tuple[Proof, ...]]]], wanted: Wanted, progress: Progress
) -> list[Answers]:
    """The answers of all databases. Whoever interrupts waits until every scratch database is dropped."""
    stop = Event()
    if len(jobs) == 1:
        return [answer for name, own in jobs.items() for answer in _ask(live_named(name), own, wanted, progress, stop)]
    with ThreadPoolExecutor(max_workers=max(len(jobs), 1)) as threads:
        running: list[Future[list[Answers]]] = [
            threads.submit(_ask, live_named(name), own, wanted, progress, stop) for name, own in jobs.items()
        ]
        try:
            return [answer for done in as_completed(running) for answer in done.result()]
        except BaseException:
            stop.set()
            raise


def live_named(name: str) -> Live:
    """A database by its dialect's name. Raises Unreachable when what asks it is not installed."""
    try:
        return live(name)
    except ImportError as missing:
        message = f"{missing.name} is not installed, which asks {name}: pip install 'sqlwright[check]'"
        raise Unreachable(message) from missing


def _ask(
    live: Live,
    jobs: Sequence[tuple[TargetProofs, tuple[Proof, ...]]],
    wanted: Wanted,
    progress: Progress,
    stop: Event,
) -> list[Answers]:
    try:
        progress(f"{live.title}: connecting")
        with asked_server(live, wanted) as server:
            return [_ask_about(live, server, target, chosen, wanted, progress, stop) for target, chosen in jobs]
    except ServerUnavailable as problem:
        raise Unreachable(str(problem)) from problem
    except _Stopped:
        return []


def _ask_about(
    live: Live,
    server: Server,
    target: TargetProofs,
    chosen: tuple[Proof, ...],
    wanted: Wanted,
    progress: Progress,
    stop: Event,
) -> Answers:
    if stop.is_set():
        raise _Stopped
    progress(f"{live.title} {server.version}: {target.package}")
    named = wanted.scratch.get(live.name)
    wanted_schema: str | None = None
    if not _are_the_whole(target):
        with server.scratch(named) as scratch:
            scratch.run("the schema", target.script)
            wanted_schema = scratch.schema()
    with server.scratch(named) as scratch:
        refused = _migrated(scratch, target, live, server)
        if refused is not None:
            return Answers(target, chosen, server.version, None, None, (), (refused,))
        texts = [sent.text for proof in chosen for sent in proof.statements]
        said = iter(scratch.describe(texts))
        statements = tuple(tuple(next(said) for _ in proof.statements) for proof in chosen)
        return Answers(target, chosen, server.version, scratch.schema(), wanted_schema, statements, ())


def _are_the_whole(target: TargetProofs) -> bool:
    """Whether the scripts are the one that the schema makes by itself."""
    scripts = sorted(target.scripts.glob("*.up.sql"))
    return len(scripts) == 1 and scripts[0].read_text(encoding="utf-8") == target.script


def _migrated(scratch: Scratch, target: TargetProofs, live: Live, server: Server) -> Diagnostic | None:
    """Apply the scripts; what stands in the way."""
    shown = "/".join(target.scripts.parts[-4:])
    if not any(target.scripts.glob("*.up.sql")):
        return error("no-migrations", f"there are no migration scripts in {shown}", None, _AGAIN)
    try:
        scratch.migrate(target.scripts)
    except ScriptRefused as refused:
        source = Source(f"{shown}/{refused.script}", refused.text)
        at = refused.refusal.position
        span = source.span(at, min(at + 1, len(source.text))) if at is not None else source.span(0, 0)
        message = f"{live.title} {server.version} refuses this script: {refused.refusal.message}"
        help = refused.refusal.hint or "correct what it was generated from, or the script if it was written by hand"
        return error("refused", f"{message} ({refused.refusal.code})", span, help)
    except MigrationError as problem:
        return error("bad-migration", f"{shown}: {problem}", None, "put the script back as it was")
    return None


# Comparing


def _spans(package: PackageProofs) -> Mapping[str, Span]:
    return places(package.understood.sources.schema.catalog) if package.understood is not None else {}


def _compared(answer: Answers, spans: Mapping[str, Span]) -> tuple[list[Diagnostic], dict[str, Entry]]:
    target = answer.proofs
    findings = list(answer.diagnostics)
    if has_errors(findings):
        return findings, {}
    asked = Asked(live_named(target.target.name), target.target, target.environment, answer.version)
    findings += _schema_differences(answer, asked, spans)
    entries: dict[str, Entry] = {}
    for proof, said in zip(answer.chosen, answer.statements, strict=True):
        compared = compare(proof, said, asked)
        findings += compared.diagnostics
        if compared.entry is not None:
            entries[proof.file] = compared.entry
    return findings, entries


def _schema_differences(answer: Answers, asked: Asked, spans: Mapping[str, Span]) -> list[Diagnostic]:
    target = answer.proofs.target
    assert answer.schema is not None
    found = build_schema([Source(f"<schema of {asked.title}>", answer.schema)], target)
    if answer.wanted_schema is not None:
        wanted = build_schema([Source("<schema>", answer.wanted_schema)], target)
        sides = Sides(wanted.catalog, "the schema", found.catalog, "the migrations", True)
        moved = differences(sides, target, "migrations-differ", _APPLY, spans)
        if moved:
            return moved
    catalog = answer.proofs.environment.catalog
    sides = Sides(catalog, "the schema", found.catalog, asked.title, False)
    help = "this is a fault of sqlwright's, which should be reported"
    return differences(sides, target, "schema-differs", help, spans)


# Entries


def _texts(target: TargetProofs, entries: Mapping[str, Entry], store: Store) -> dict[str, str]:
    """The files of a folder: new entries, and the old ones of queries that were not asked about, or say the same of
    another version of the server."""
    before = store.texts(target.package, target.target.name)
    kept = kept_entries(target, store)
    texts: dict[str, str] = {}
    for proof in target.proofs:
        new, old = entries.get(proof.file), kept.get(proof.file)
        if new is None or (old is not None and old.says() == new.says()):
            texts[proof.file] = before[proof.file]
        else:
            texts[proof.file] = written(new)
    return texts


def write_entries(checked: Checked, store: Store, left_over: Iterable[tuple[str, str]]) -> int:
    """Write the folders of entries; gives how many have changed. Raises OSError."""
    nothing: Mapping[str, str] = {}
    wanted = {**checked.folders, **dict.fromkeys(left_over, nothing)}
    return sum(store.replace(package, dialect, texts) for (package, dialect), texts in wanted.items())
