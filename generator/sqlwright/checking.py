"""Every query of a project on live servers: scripts applied, schemas compared, statements prepared, entries written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from threading import Event

from .analysis import build_schema, infer_queries
from .applying import (
    applied_texts,
    are_the_whole,
    differing_scripts,
    refused_place,
    refused_schema,
    refused_script,
    script_sources,
    shown_folder,
    unusable,
)
from .check.comparing import Asked, compare
from .check.entries import Entry, EntryDamaged, read_entry, written
from .check.plans import Planned, advice
from .check.proofs import Proof
from .check.schemas import Sides, differences, places
from .check.servers import Wanted, asked_server
from .check.store import Store
from .diagnostics import Diagnostic, Source, error, has_errors
from .live import live
from .live.base import Access, Description, Live, Refusal, Scratch, ScriptRefused, Server
from .live.errors import ServerUnavailable
from .model.values import entity, value
from .moving import follow_ons, moved_on_server
from .proving import PackageProofs, TargetProofs
from .runtime.errors import MigrationError

Progress = Callable[[str], None]
"""Is told, in a few words, what is being done."""


class Unreachable(Exception):
    """A database that no server was found for. The message says what to do."""


@value
class Made:
    """What a server says of a database that was made another way: its schema, and the statements of each query."""

    schema: str
    statements: tuple[tuple[Description | Refusal, ...], ...]


@entity
class Answers:
    """What a server said of one package on one target; None where scripts stood in the way."""

    proofs: TargetProofs
    chosen: tuple[Proof, ...]
    version: str
    schema: str | None
    wanted: Made | None
    """As the schema says, where the scripts are not that and nothing else."""
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


def check_live(packages: Sequence[PackageProofs], asking: Asking, store: Store) -> Checked:
    """Prove packages in which nothing is wrong. The databases are asked side by side.

    Raises Unreachable when there is no server for one of them.
    """
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
    answers = _ask_all(jobs, asking)
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
    return Checked(tuple(findings), folders, asked, proved)


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


def _ask_all(jobs: Mapping[str, Sequence[tuple[TargetProofs, tuple[Proof, ...]]]], asking: Asking) -> list[Answers]:
    """The answers of all databases. Whoever interrupts waits until every scratch database is dropped."""
    stop = Event()
    if len(jobs) == 1:
        return [answer for name, own in jobs.items() for answer in _ask(live_named(name), own, asking, stop)]
    with ThreadPoolExecutor(max_workers=max(len(jobs), 1)) as threads:
        running: list[Future[list[Answers]]] = [
            threads.submit(_ask, live_named(name), own, asking, stop) for name, own in jobs.items()
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
    live: Live, jobs: Sequence[tuple[TargetProofs, tuple[Proof, ...]]], asking: Asking, stop: Event
) -> list[Answers]:
    try:
        asking.progress(f"{live.title}: connecting")
        with asked_server(live, asking.wanted) as server:
            answers: list[Answers] = []
            for target, chosen in jobs:
                if stop.is_set():
                    break
                asking.progress(f"{live.title} {server.version}: {target.package}")
                answers.append(_ask_about(live, server, target, chosen, asking))
            return answers
    except ServerUnavailable as problem:
        raise Unreachable(str(problem)) from problem


def _ask_about(live: Live, server: Server, target: TargetProofs, chosen: tuple[Proof, ...], asking: Asking) -> Answers:
    named = asking.wanted.scratch.get(live.name)
    wrong = unusable(target)
    if wrong:
        return _unanswered(target, chosen, server, wrong)
    title = f"{live.title} {server.version}"
    wanted: Made | None = None
    if not are_the_whole(target):
        try:
            with server.scratch(named) as scratch:
                scratch.run("the schema", target.script)
                wanted = Made(scratch.schema(), _described(scratch, chosen))
        except ScriptRefused as refused:
            place = refused_place(server, named, (), refused, target.target)
            return _unanswered(target, chosen, server, [refused_schema(refused, target, title, place)])
    try:
        with server.scratch(named) as scratch:
            scratch.migrate(target.scripts)
            return _answers(scratch, server, target, chosen, wanted, asking)
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
    wanted: Made | None,
    asking: Asking,
) -> Answers:
    statements = _described(scratch, chosen)
    texts = [sent.text for proof in chosen for sent in proof.statements]
    read = iter(scratch.accesses(texts) if asking.plans else ())
    accesses = tuple(tuple(one for _ in proof.statements for one in next(read, ())) for proof in chosen)
    return Answers(target, chosen, server.version, scratch.schema(), wanted, statements, accesses, ())


def _described(scratch: Scratch, chosen: Sequence[Proof]) -> tuple[tuple[Description | Refusal, ...], ...]:
    said = iter(scratch.describe([sent.text for proof in chosen for sent in proof.statements]))
    return tuple(tuple(next(said) for _ in proof.statements) for proof in chosen)


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
    asked = Asked(live_named(target.target.name), target.target, target.environment, answer.version)
    moved = _moved(answer, asked)
    findings += moved or _misread(answer, asked)
    entries: dict[str, Entry] = {}
    behind: list[Proof] = []
    for proof, said, wanted in zip(answer.chosen, answer.statements, _wanted(answer), strict=True):
        compared = compare(proof, said, asked)
        if has_errors(moved) and compared.diagnostics and not _is_refused(wanted):
            # What is told of another schema than the queries were read with is no disagreement.
            behind += [proof] * _is_refused(said)
        else:
            findings += compared.diagnostics
        if compared.entry is not None:
            entries[proof.file] = compared.entry
    return [*findings, *follow_ons(behind, moved, asked.title)], entries


def _wanted(answer: Answers) -> Sequence[Sequence[Description | Refusal]]:
    """What the server says of the same statements where the schema is as it is written."""
    return answer.wanted.statements if answer.wanted is not None else [()] * len(answer.chosen)


def _is_refused(said: Sequence[Description | Refusal]) -> bool:
    return any(isinstance(one, Refusal) for one in said)


def _moved(answer: Answers, asked: Asked) -> list[Diagnostic]:
    """What the scripts make otherwise than the schema does, on the same server."""
    if answer.schema is None or answer.wanted is None:
        return []
    said = answer.wanted.schema, answer.schema
    return moved_on_server(answer.proofs, script_sources(answer.proofs), said, asked.title)


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
