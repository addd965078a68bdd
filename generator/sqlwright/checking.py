"""Every query of a project on live servers: scripts applied, schemas compared, statements prepared, entries written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from threading import Event
from typing import Final

from .analysis import build_schema, infer_queries
from .applying import (
    applied_texts,
    are_the_whole,
    differing_scripts,
    refused_place,
    refused_schema,
    refused_script,
    scripts_places,
    shown_folder,
    unusable,
)
from .check.comparing import REFUSED, Asked, compare
from .check.entries import Entry, EntryDamaged, read_entry, written
from .check.plans import Planned, advice
from .check.proofs import Proof
from .check.schemas import APPLY, MOVED, Sides, differences, places
from .check.servers import Wanted, asked_server
from .check.store import Store
from .diagnostics import Diagnostic, Source, error, has_errors
from .live import live
from .live.base import Access, Description, Live, Refusal, Scratch, ScriptRefused, Server
from .live.errors import ServerUnavailable
from .model.values import entity, value
from .proving import PackageProofs, TargetProofs
from .runtime.errors import MigrationError

Progress = Callable[[str], None]
"""Is told, in a few words, what is being done."""


NO_SERVER: Final = "no-server"
"""The code of a database that no server was found for."""


@entity
class Answers:
    """What a server said of one package on one target; None where scripts stood in the way."""

    proofs: TargetProofs
    chosen: tuple[Proof, ...]
    version: str
    schema: str | None
    wanted_schema: str | None
    statements: tuple[tuple[Description | Refusal, ...], ...]
    accesses: tuple[tuple[Access, ...], ...]
    """How each chosen query reads its tables, when plans were asked for."""
    diagnostics: tuple[Diagnostic, ...]


@value
class Asking:
    """How a run goes: `changed` leaves out what was proved before, `plans` asks how tables are read."""

    wanted: Wanted
    changed: bool
    plans: bool
    progress: Progress


@value
class Checked:
    """What a run has found, and the folders of entries that it would write: texts by name, by package and target."""

    diagnostics: tuple[Diagnostic, ...]
    folders: Mapping[tuple[str, str], Mapping[str, str]]
    asked: int
    proved: int
    """How many queries were asked about, each on each target, and how many of these were proved."""
    unreachable: tuple[Diagnostic, ...]
    """The databases that could not be asked."""


def check_live(packages: Sequence[PackageProofs], asking: Asking, store: Store) -> Checked:
    """Prove packages in which nothing is wrong. The databases are asked side by side; one that cannot be asked keeps
    nothing of the others back."""
    jobs: dict[str, list[tuple[TargetProofs, tuple[Proof, ...]]]] = {}
    findings: list[Diagnostic] = []
    folders: dict[tuple[str, str], Mapping[str, str]] = {}
    for target in (target for package in packages for target in package.targets):
        chosen = _changed(target, store) if asking.changed else target.proofs
        if chosen or not asking.changed:
            jobs.setdefault(target.target.name, []).append((target, chosen))
        else:  # no server is asked, but scripts may have changed, and queries may be gone
            wrong = [*unusable(target), *differing_scripts(target)]
            findings += wrong
            if not has_errors(wrong):
                folders[target.package, target.target.name] = _texts(target, {}, store)
    answers, unreachable = _ask_all(jobs, asking)
    asked = proved = 0
    for package in packages:
        for target in package.targets:
            for answer in (one for one in answers if one.proofs is target):
                found, entries = _compared(answer)
                findings += found
                asked += len(answer.chosen)
                proved += len(entries)
                if not has_errors(found):
                    folders[package.package, target.target.name] = _texts(target, entries, store)
        if asking.plans and package.understood is not None:
            findings += _advice(package, [one for one in answers if one.proofs in package.targets])
    return Checked(tuple(findings), folders, asked, proved, tuple(unreachable))


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
    jobs: Mapping[str, Sequence[tuple[TargetProofs, tuple[Proof, ...]]]], asking: Asking
) -> tuple[list[Answers], list[Diagnostic]]:
    """The answers of all databases, and those that there is no answer of. Whoever interrupts waits until every scratch
    database is dropped."""
    stop = Event()
    answers: list[Answers] = []
    if len(jobs) == 1:
        return answers, [missing for name, own in jobs.items() for missing in _ask(name, own, asking, stop, answers)]
    with ThreadPoolExecutor(max_workers=max(len(jobs), 1)) as threads:
        running: list[Future[list[Diagnostic]]] = [
            threads.submit(_ask, name, own, asking, stop, answers) for name, own in jobs.items()
        ]
        try:
            return answers, [missing for done in as_completed(running) for missing in done.result()]
        except BaseException:
            stop.set()
            raise


def _ask(
    name: str,
    jobs: Sequence[tuple[TargetProofs, tuple[Proof, ...]]],
    asking: Asking,
    stop: Event,
    answers: list[Answers],
) -> list[Diagnostic]:
    """Add the answers of a database; gives what stood in the way of asking it."""
    try:
        found = live(name)
    except ImportError as missing:
        message = f"{missing.name} is not installed, which asks {name}"
        return [error(NO_SERVER, message, None, "pip install 'sqlwright[check]'")]
    try:
        asking.progress(f"{found.title}: connecting")
        with asked_server(found, asking.wanted) as server:
            for target, chosen in jobs:
                if stop.is_set():
                    break
                asking.progress(f"{found.title} {server.version}: {target.package}")
                answers.append(_ask_about(found, server, target, chosen, asking))
    except ServerUnavailable as problem:
        return [error(NO_SERVER, problem.message, None, problem.help)]
    return []


def _ask_about(live: Live, server: Server, target: TargetProofs, chosen: tuple[Proof, ...], asking: Asking) -> Answers:
    named = asking.wanted.scratch.get(live.name)
    wrong = unusable(target)
    if wrong:
        return _unanswered(target, chosen, server, wrong)
    title = f"{live.title} {server.version}"
    wanted_schema: str | None = None
    if not are_the_whole(target):
        try:
            with server.scratch(named) as scratch:
                scratch.run("the schema", target.script)
                wanted_schema = scratch.schema()
        except ScriptRefused as refused:
            place = refused_place(server, named, (), refused, target.target)
            return _unanswered(target, chosen, server, [refused_schema(refused, target, title, place)])
    try:
        with server.scratch(named) as scratch:
            scratch.migrate(target.scripts)
            return _answers(scratch, server, target, chosen, wanted_schema, asking)
    except ScriptRefused as refused:
        place = refused_place(server, named, applied_texts(target), refused, target.target)
        return _unanswered(target, chosen, server, [refused_script(refused, target, title, place)])
    except MigrationError as problem:
        return _unanswered(target, chosen, server, [error("bad-migration", f"{shown_folder(target)}: {problem}")])


def _answers(
    scratch: Scratch,
    server: Server,
    target: TargetProofs,
    chosen: tuple[Proof, ...],
    wanted_schema: str | None,
    asking: Asking,
) -> Answers:
    texts = [sent.text for proof in chosen for sent in proof.statements]
    said = iter(scratch.describe(texts))
    statements = tuple(tuple(next(said) for _ in proof.statements) for proof in chosen)
    read = iter(scratch.accesses(texts) if asking.plans else ())
    accesses = tuple(tuple(one for _ in proof.statements for one in next(read, ())) for proof in chosen)
    return Answers(target, chosen, server.version, scratch.schema(), wanted_schema, statements, accesses, ())


def _unanswered(
    target: TargetProofs, chosen: tuple[Proof, ...], server: Server, findings: Sequence[Diagnostic]
) -> Answers:
    return Answers(target, chosen, server.version, None, None, (), (), tuple(findings))


# Comparing


def _compared(answer: Answers) -> tuple[list[Diagnostic], dict[str, Entry]]:
    target = answer.proofs
    findings = list(answer.diagnostics)
    if has_errors(findings):
        return findings, {}
    asked = Asked(live(target.target.name), target.target, target.environment, answer.version)
    moved = _moved(answer)
    findings += moved or _misread(answer, asked)
    entries: dict[str, Entry] = {}
    for proof, said in zip(answer.chosen, answer.statements, strict=True):
        compared = compare(proof, said, asked)
        # What is told of another schema than the queries were read with is no disagreement.
        findings += (one for one in compared.diagnostics if one.code == REFUSED or not has_errors(moved))
        if compared.entry is not None:
            entries[proof.file] = compared.entry
    return findings, entries


def _moved(answer: Answers) -> list[Diagnostic]:
    """What the scripts make otherwise than the schema does, on the same server."""
    if answer.schema is None or answer.wanted_schema is None:
        return []
    target = answer.proofs.target
    found = build_schema([Source("<migrations>", answer.schema)], target)
    wanted = build_schema([Source("<schema>", answer.wanted_schema)], target)
    sides = Sides(wanted.catalog, "the schema", found.catalog, "the migrations", True)
    return differences(sides, target, MOVED, APPLY, scripts_places(answer.proofs) | places(answer.proofs.schema))


def _misread(answer: Answers, asked: Asked) -> list[Diagnostic]:
    """What the server has otherwise than we have read."""
    if answer.schema is None:
        return []
    target = answer.proofs.target
    found = build_schema([Source(f"<schema of {asked.title}>", answer.schema)], target)
    sides = Sides(answer.proofs.environment.catalog, "the schema", found.catalog, asked.title, False)
    help = "this is a fault of sqlwright's, which should be reported"
    return differences(sides, target, "schema-differs", help, places(answer.proofs.schema))


# Advice


def _advice(package: PackageProofs, answers: Sequence[Answers]) -> list[Diagnostic]:
    """What plans say of the indexes that there are, and are not."""
    assert package.understood is not None
    sources = package.understood.sources
    read: dict[str, dict[str, tuple[Access, ...]]] = {}
    for answer in answers:
        title = f"{answer.proofs.target.title} {answer.version}"
        for proof, accesses in zip(answer.chosen, answer.accesses, strict=False):
            read.setdefault(proof.query.query.name, {})[title] = accesses
    queries = [one.query.query for file in package.understood.files for one in file.queries]
    inferred = infer_queries(queries, package.understood.environments(sources.dialect))
    planned = [Planned(query.query, facts, read.get(query.query.name, {})) for query, facts in inferred.facts.items()]
    return advice(planned, sources.schema.catalog, sources.dialect)


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
