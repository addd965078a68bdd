"""Every query of a project on live servers: what they say beside what we say, and the entries that both agree on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from ..check.digests import digest
from ..check.entries import Entry, EntryDamaged, read_entry, written
from ..check.questions import Question, answers_digest
from ..check.store import Store
from ..check.together import said_once
from ..diagnostics import Diagnostic, Source, has_errors
from ..live.base import Description, Refusal
from ..model.values import value
from ..project.config import Project
from ..project.settings import PackageConfig
from .asking import Answers, Askers, Job
from .folders import unusable
from .proving import PackageProofs, TargetProofs, package_proofs, scripts_folders

if TYPE_CHECKING:
    from ..check.comparing import Asked
    from ..live.base import Access


@value
class Checked:
    """What a run has found, and the folders of entries that it would write: texts by name, by package and target."""

    packages: Sequence[PackageProofs]
    diagnostics: tuple[Diagnostic, ...]
    folders: Mapping[tuple[str, str], Mapping[str, str]]
    asked: int
    proved: int
    """How many queries were asked about, each on each target, and how many of these were proved."""
    unreachable: tuple[Diagnostic, ...]
    """The databases that could not be asked."""


def check_live(
    project: Project, configs: Sequence[PackageConfig], dialects: Sequence[str], askers: Askers, store: Store
) -> Checked:
    """Prove packages on their targets, or on those that are named.

    The databases are asked side by side. One that cannot be asked keeps nothing of the others back, nor does a package
    that something is wrong with before any could be asked. Raises Interrupted.
    """
    folders = {} if askers.asking.changed else scripts_folders(project, configs, dialects)
    packages = package_proofs(project, configs, dialects, partial(askers.begin, folders), askers.go_on)
    return _Run(askers, store).checked(packages)


class _Run:
    """One run, which gathers what comes of it."""

    def __init__(self, askers: Askers, store: Store) -> None:
        self._askers = askers
        self._asking = askers.asking
        self._store = store
        self._found: dict[TargetProofs, list[Diagnostic]] = {}
        self._folders: dict[tuple[str, str], Mapping[str, str]] = {}
        self._unanswered: dict[TargetProofs, Sequence[Diagnostic]] = {}
        self._asked = 0
        self._proved = 0

    def checked(self, packages: Sequence[PackageProofs]) -> Checked:
        """What was found, in the order of packages and targets, whoever answered first."""
        unreachable: list[Diagnostic] = []
        answers: dict[TargetProofs, Answers] = {}
        for said in self._askers.answers(self._jobs(packages)):
            if isinstance(said, Answers):
                answers[said.proofs] = said
                self._compare(said)
            else:
                unreachable.append(said)
        findings: list[Diagnostic] = []
        for package in packages:
            findings += package.diagnostics
            unanswered = [target for target in package.targets if target in self._unanswered]
            findings += said_once({target.target.title: self._unanswered[target] for target in unanswered})
            for target in package.targets:
                findings += self._found.get(target, ())
            if self._asking.plans and package.targets:
                findings += _advice(package, [answers[target] for target in package.targets if target in answers])
        missing = tuple(sorted(unreachable, key=lambda one: one.message))
        return Checked(packages, tuple(findings), self._folders, self._asked, self._proved, missing)

    def _jobs(self, packages: Sequence[PackageProofs]) -> dict[str, list[Job]]:
        """What is to be asked, by database; the entries are read while the databases are made ready."""
        jobs: dict[str, list[Job]] = {}
        for target in (target for package in packages for target in package.targets):
            self._store.texts(target.package, target.name)
            chosen = self._changed(target) if self._asking.changed else target.questions
            if chosen or not self._asking.changed:
                jobs.setdefault(target.name, []).append(Job(target, chosen))
                self._asked += len(chosen)
            else:
                self._take_unasked(target)
        return jobs

    def _changed(self, target: TargetProofs) -> tuple[Question, ...]:
        texts = self._store.texts(target.package, target.name)
        return tuple(one for one in target.questions if not _is_fresh(texts.get(target.files[one.name]), one))

    def _take_unasked(self, target: TargetProofs) -> None:
        """No server is asked, but scripts may have changed, and queries may be gone."""
        from .applying import differing_scripts

        wrong = [*unusable(target.scripts), *differing_scripts(target)]
        self._unanswered[target] = wrong
        if not has_errors(wrong):
            before = self._store.texts(target.package, target.name)
            self._folders[target.package, target.name] = {name: before[name] for name in target.files.values()}

    def _compare(self, answer: Answers) -> None:
        target = answer.proofs
        if has_errors(answer.diagnostics):
            self._unanswered[target] = answer.diagnostics
            return
        moved = _moved(answer)
        found = [*moved, *([] if moved else _misread(answer))]
        before = self._store.texts(target.package, target.name)
        texts, differences = _compared(answer, before, moved)
        found += differences
        self._found[target] = found
        self._proved += len(texts)
        if not has_errors(found):
            files = target.files.values()
            self._folders[target.package, target.name] = {
                name: texts[name] if name in texts else before[name] for name in files
            }


# Comparing


def _compared(
    answer: Answers, before: Mapping[str, str], moved: Sequence[Diagnostic]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The entries of the queries that nothing is wrong with, by file, and what is wrong with the others.

    What is told of another schema than the queries were read with, as `moved` says, is no disagreement.
    """
    target = answer.proofs
    texts: dict[str, str] = {}
    doubtful: dict[str, Question] = {}
    said = {one.name: answers for one, answers in zip(answer.chosen, answer.statements, strict=True)}
    told = {name: answers_digest(answers) for name, answers in said.items()}
    for question in answer.chosen:
        file = target.files[question.name]
        if question.answers == told[question.name] and _is_known(before.get(file), question):
            texts[file] = before[file]
        else:
            doubtful[question.name] = question
    if not doubtful:
        return texts, []
    from ..check.comparing import compare

    asked = _asked(answer)
    sound = _sound(answer)
    findings: list[Diagnostic] = []
    behind: list[str] = []
    for proof in target.proofs(doubtful):
        name = proof.written.name
        compared = compare(proof, said[name], asked)
        if has_errors(moved) and compared.diagnostics and name in sound:
            behind += [name] * _is_refused(said[name])
        else:
            findings += compared.diagnostics
        if compared.entry is not None:
            file = target.files[name]
            texts[file] = _text(compared.entry, before.get(file))
            target.agree(doubtful[name], answers=told[name], entry=digest(texts[file]))
    if behind:
        from .moving import follow_ons

        findings += follow_ons(behind, moved, asked.title)
    return texts, findings


def _sound(answer: Answers) -> set[str]:
    """The queries that the server takes where the schema is as it is written."""
    said = answer.wanted.statements if answer.wanted is not None else [()] * len(answer.chosen)
    return {one.name for one, answers in zip(answer.chosen, said, strict=True) if not _is_refused(answers)}


def _is_refused(said: Sequence[Description | Refusal]) -> bool:
    return any(isinstance(one, Refusal) for one in said)


def _asked(answer: Answers) -> Asked:
    from ..check.comparing import Asked
    from ..live import live
    from .passing import passages_of

    target = answer.proofs
    found = partial(passages_of, target.environment)
    return Asked(live(target.name), target.target, target.environment, answer.version, found)


def _text(entry: Entry, before: str | None) -> str:
    """The text of an entry: the old one, where it says the same of another version of the server."""
    if before is not None:
        with suppress(EntryDamaged):
            if read_entry(before).says() == entry.says():
                return before
    return written(entry)


def _is_known(text: str | None, question: Question) -> bool:
    """Whether an entry is the one that was agreed on."""
    return text is not None and question.entry == digest(text)


def _is_fresh(text: str | None, question: Question) -> bool:
    """Whether an entry was made from the query, the schema and the statement as they are."""
    if text is None or _is_known(text, question):
        return text is not None
    with suppress(EntryDamaged):
        entry = read_entry(text)
        return (entry.query, entry.schema, entry.statement) == (question.query, question.schema, question.statement)
    return False


def _moved(answer: Answers) -> list[Diagnostic]:
    """What the scripts make otherwise than the schema does, on the same server."""
    wanted = answer.wanted
    if answer.schema is None or wanted is None or answer.schema == wanted.schema:
        return []
    from .applying import script_sources
    from .moving import moved_on_server

    said = wanted.schema, answer.schema
    return moved_on_server(answer.proofs, script_sources(answer.proofs), said, _asked(answer).title)


def _misread(answer: Answers) -> list[Diagnostic]:
    """What the server has otherwise than we have read."""
    told = digest(answer.schema or "")
    if answer.schema is None or told == answer.proofs.agreed.schema:
        return []
    from ..analysis import build_schema
    from ..check.comparing import REPORT
    from ..check.schemas import Sides, differences, places

    target = answer.proofs.target
    title = _asked(answer).title
    found = build_schema([Source(f"<schema of {title}>", answer.schema)], target)
    sides = Sides(answer.proofs.environment.catalog, "the schema", found.catalog, title, False)
    findings = differences(sides, target, "schema-differs", REPORT, places(answer.proofs.schema))
    if not findings:
        answer.proofs.agree_on_schema(told=told)
    return findings


# Advice


def _advice(package: PackageProofs, answers: Sequence[Answers]) -> list[Diagnostic]:
    """What plans say of the indexes that there are, and are not."""
    from ..analysis import infer_queries
    from ..check.plans import Planned, Plans, advice

    understood = package.understood
    sources = understood.sources
    read: dict[str, dict[str, Sequence[Access]]] = {}
    for answer in answers:
        title = f"{answer.proofs.target.title} {answer.version}"
        for question, accesses in zip(answer.chosen, answer.accesses, strict=False):
            read.setdefault(question.name, {})[title] = accesses
    queries = [one.query.query for file in understood.files for one in file.queries]
    inferred = infer_queries(queries, understood.environments(sources.dialect))
    planned = [Planned(query.query, facts, read.get(query.query.name, {})) for query, facts in inferred.facts.items()]
    schema = list({one.source.name: one.source for one in sources.schema.statements}.values())
    complete = len(answers) == len(package.targets) and all(map(_is_complete, answers))
    whole = len(package.targets) == len(sources.targets)
    return advice(Plans(planned, sources.schema.catalog, schema, sources.dialect, complete, whole))


def _is_complete(answer: Answers) -> bool:
    """Whether a database has planned every query."""
    planned = answer.statements
    return len(planned) == len(answer.proofs.questions) and not any(map(_is_refused, planned))


# Entries


def write_entries(checked: Checked, store: Store, left_over: Iterable[tuple[str, str]]) -> int:
    """Write the folders of entries; gives how many have changed. Raises OSError."""
    nothing: Mapping[str, str] = {}
    wanted = {**checked.folders, **dict.fromkeys(left_over, nothing)}
    return sum(store.replace(package, dialect, texts) for (package, dialect), texts in wanted.items())
