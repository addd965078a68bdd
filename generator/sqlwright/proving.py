"""A project's packages as what is to be proved of them on each target: scripts, schemas, statements of queries.

What the last check has kept is taken for query files that are the same; the others are read and analysed, in several
processes where there are many. What else is needed should a server disagree is found out then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

from .agreed import Agreed, AgreedTarget, FileQuestions, keep_agreed, recalled
from .check.questions import Question, file_names, question
from .diagnostics import Diagnostic, Source, has_errors
from .memory import apart, each_once, memory_key
from .model.values import value
from .opening import PackageTexts, Understanding, open_package, understanding
from .parallel import at_once, processes
from .project.config import Project
from .project.kept import digest
from .project.kept_findings import findings_apart
from .project.settings import PackageConfig

if TYPE_CHECKING:
    from pathlib import Path

    from .check.proofs import Proof
    from .dialects.base import Dialect
    from .infer.environment import Environment
    from .model.catalog import Catalog
    from .packages import UnderstoodPackage
    from .stating import FileProofs

_WORTH_A_PROCESS: Final = 50_000
"""The characters of query files that take longer to understand than a process to start."""


def package_proofs(
    project: Project,
    configs: Sequence[PackageConfig],
    dialects: Sequence[str],
    meanwhile: Callable[[], object] = lambda: None,
) -> list[PackageProofs]:
    """What is to be proved of packages on those of their targets that are named; on all where none are.

    `meanwhile` starts what goes on beside the work, once every process that shares it has begun.
    """
    readers = [_Reader(project, config, dialects) for config in configs]
    parts = _shared_out(readers, meanwhile)
    return [reader.read([found[number] for found in parts if number in found]) for number, reader in enumerate(readers)]


def scripts_folders(project: Project, configs: Sequence[PackageConfig], dialects: Sequence[str]) -> dict[str, Path]:
    """Where the migration scripts are of the first package on each target."""
    found: dict[str, Path] = {}
    for config in configs:
        for name in _targets(config, dialects):
            found.setdefault(name, _scripts(project, config) / name)
    return found


def keep(project: Project, packages: Sequence[PackageProofs]) -> None:
    """Keep what was agreed on, for the next check on this machine."""
    found = {package.package: package.agreed() for package in packages}
    keep_agreed(project, {name: agreed for name, agreed in found.items() if agreed is not None})


class TargetProofs:
    """What is to be proved of a package on one target, and what has been agreed on."""

    def __init__(self, package: PackageProofs, name: str, questions: Sequence[Question], agreed: AgreedTarget) -> None:
        self.package = package.package
        self.name = name
        self.agreed = agreed
        self.files = file_names([one.name for one in questions])
        """The files of the entries, by the queries' names."""
        self._of = package
        self._questions = {one.name: one for one in questions}

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(self._questions.values())

    @cached_property
    def target(self) -> Dialect:
        from .dialects import dialect

        return dialect(self.name)

    @property
    def scripts(self) -> Path:
        """The folder of the migration scripts."""
        return self._of.scripts(self.name)

    @property
    def script(self) -> str:
        """The script that makes the whole schema."""
        return self._of.frame.scripts[self.name].up

    @property
    def schema(self) -> Catalog:
        """The schema as it is written, from which that of the target is made."""
        return self._of.frame.sources.schema.catalog

    @property
    def environment(self) -> Environment:
        """The schema of the target."""
        return self._of.frame.environments(self.target)

    def proofs(self, names: Collection[str]) -> list[Proof]:
        """What the analysis says of the queries of some names, in order."""
        return self._of.proofs(self.name, names)

    def agree(self, question: Question, *, answers: str | None = None, entry: str) -> None:
        """Keep what was agreed on about a query: the digests of a server's answers, and of the entry's text."""
        known = question.answers if answers is None else answers
        self._questions[question.name] = replace(question, answers=known, entry=entry)

    def agree_on_schema(self, *, told: str | None = None, scripts: str | None = None) -> None:
        """Keep that a schema which a server told, or which scripts make, is ours."""
        schema = self.agreed.schema if told is None else told
        self.agreed = AgreedTarget(self.agreed.script, schema, self.agreed.scripts if scripts is None else scripts)


class PackageProofs:
    """A package on its targets (none when something is wrong with it), and what was found on the way."""

    def __init__(self, reader: _Reader, known: Agreed | None, found: _Part) -> None:
        self.package: Final = reader.config.name
        self.diagnostics: Final = found.findings
        self.targets: Final = _target_proofs(self, known, reader.names) if known is not None else ()
        self._reader = reader
        self._known = known
        self._found = dict(found.files)

    @property
    def understood(self) -> UnderstoodPackage:
        """All of the package, as the analysis has it."""
        return self._reader.whole

    @property
    def frame(self) -> UnderstoodPackage:
        """The package without its queries."""
        return self._reader.frame

    def scripts(self, target: str) -> Path:
        """The folder of a target's migration scripts."""
        return self._reader.scripts / target

    def proofs(self, target: str, names: Collection[str]) -> list[Proof]:
        """What the analysis says of the queries of some names on a target, in order."""
        assert self._known is not None
        files = self._known.files
        holding = [
            file for file, held in files.items() if any(one.name in names for one in held.questions.get(target, ()))
        ]
        missing = [file for file in holding if file not in self._found]
        if missing:
            self._found |= self._reader.part(missing).files
        proofs = chain.from_iterable(self._found[file].proofs.get(target, ()) for file in holding)
        return [proof for proof in proofs if proof.written.name in names]

    def agreed(self) -> Agreed | None:
        """What is to be kept of it; None where something is wrong."""
        if self._known is None or not self._known.key:
            return None
        by_target = {target.name: {one.name: one for one in target.questions} for target in self.targets}
        files = {
            name: replace(
                file,
                questions={
                    target: tuple(by_target.get(target, {}).get(one.name, one) for one in questions)
                    for target, questions in file.questions.items()
                },
            )
            for name, file in self._known.files.items()
        }
        targets = {**self._known.targets, **{target.name: target.agreed for target in self.targets}}
        return replace(self._known, files=files, targets=targets)


def _target_proofs(package: PackageProofs, known: Agreed, names: Sequence[str]) -> tuple[TargetProofs, ...]:
    return tuple(
        TargetProofs(
            package,
            name,
            [one for file in known.files.values() for one in file.questions.get(name, ())],
            known.targets[name],
        )
        for name in names
    )


# Reading


@value
class _Part:
    """Some query files: what is to be proved, the digests of the scripts that make the targets' schemas, findings."""

    files: Mapping[str, FileProofs]
    scripts: Mapping[str, str]
    findings: tuple[Diagnostic, ...]


_NOTHING: Final = _Part({}, {}, ())


class _Reader:
    """Reads one package: the texts, what is kept of them, and what the analysis says of those that are new."""

    def __init__(self, project: Project, config: PackageConfig, dialects: Sequence[str]) -> None:
        opened = open_package(project, config)
        self.config = config
        self.names = _targets(config, dialects)
        self.scripts = _scripts(project, config)
        self.files = {source.name: source for source in opened.texts.queries} if opened.texts is not None else {}
        self._texts = opened.texts
        self._opening = opened.diagnostics
        self._key = _key(opened.texts) if opened.texts is not None else ""
        self._before = self._recalled(project)
        self.new = [name for name in self.files if not self._is_known(name)]
        """The query files that are to be read."""
        self.is_empty = opened.texts is not None and self._before is None and not self.files
        """Whether there is something to read though there are no queries."""

    def read(self, parts: Sequence[_Part]) -> PackageProofs:
        """The package, of the parts that its new files were read in."""
        if self._texts is None:
            return PackageProofs(self, None, replace(_NOTHING, findings=self._opening))
        found = self._joined(parts)
        known = None if has_errors(found.findings) else self._known(found)
        if known is None and not (len(parts) == 1 and len(self.new) == len(self.files)):
            self._before = None
            found = self.part(list(self.files))
            known = None if has_errors(found.findings) else self._known(found)
        findings = (*self._opening, *found.findings)
        return PackageProofs(self, known, replace(found, findings=findings))

    def part(self, names: Collection[str]) -> _Part:
        """Some query files, as if nothing else were to be known of the others than that they are there."""
        from .stating import file_proofs

        understood, findings = self._understood(names)
        if understood is None:
            return replace(_NOTHING, findings=findings)
        scripts = {name: digest(understood.scripts[name].up) for name in self.names}
        return _Part(file_proofs(understood, self.names), scripts, findings)

    @cached_property
    def whole(self) -> UnderstoodPackage:
        """All of the package. There are no errors in it."""
        assert self._texts is not None
        understood, _ = self._understood([source.name for source in self._texts.queries])
        assert understood is not None
        return understood

    @cached_property
    def frame(self) -> UnderstoodPackage:
        """The package without its queries. There are no errors in it."""
        understood, _ = self._understood(())
        assert understood is not None
        return understood

    @cached_property
    def _understanding(self) -> Understanding:
        assert self._texts is not None
        return understanding(self._texts)

    def _understood(self, names: Collection[str]) -> tuple[UnderstoodPackage | None, tuple[Diagnostic, ...]]:
        from .packages import understand_package

        assert self._texts is not None
        own = [source for name, source in self.files.items() if name in names]
        others = frozenset(name for name in self.files if name not in names)
        findings = list(self._understanding.diagnostics)
        understood = understand_package(self._understanding.sources(own, others, False), findings)
        return (None if has_errors(findings) else understood), tuple(findings)

    def _recalled(self, project: Project) -> Agreed | None:
        """What is kept of the package, where it serves."""
        if self._texts is None:
            return None
        found = recalled(project, self.config.name, self._key, (*self._texts.schema, *self._texts.queries))
        if found is None or any(name not in found.targets for name in self.names):
            return None
        changed = frozenset(name for name, source in self.files.items() if not _is_same(source, found))
        findings = findings_apart(found.findings, changed)
        return replace(found, findings=tuple(findings)) if findings is not None else None

    def _is_known(self, name: str) -> bool:
        before = self._before
        return (
            before is not None
            and _is_same(self.files[name], before)
            and all(target in before.files[name].questions for target in self.names)
        )

    def _joined(self, parts: Sequence[_Part]) -> _Part:
        """The parts with what is kept; of the files, the new ones."""
        files = {name: file for part in parts for name, file in part.files.items()}
        scripts = {name: script for part in parts for name, script in part.scripts.items()}
        kept = self._before.findings if self._before is not None else ()
        return _Part(files, scripts, each_once([*kept, *(one for part in parts for one in part.findings)]))

    def _known(self, found: _Part) -> Agreed | None:
        """All that is known of the package; None when files share names, and were not read together."""
        before = self._before if self._before is not None else Agreed(self._key, {}, {}, ())
        files = {name: self._file(name, found.files.get(name), before) for name in self.files}
        are_apart = apart(frozenset(file.names) for file in files.values())
        if not are_apart and len(found.files) < len(files):
            return None
        scripts = {name: AgreedTarget(script) for name, script in found.scripts.items()}
        key = self._key if are_apart else ""
        return Agreed(key, files, {**scripts, **before.targets}, found.findings)

    def _file(self, name: str, found: FileProofs | None, before: Agreed) -> FileQuestions:
        kept = before.files.get(name)
        if found is None:
            assert kept is not None
            return kept
        agreed = {target: {one.name: one for one in old} for target, old in kept.questions.items()} if kept else {}
        questions = {
            target: tuple(_agreed(question(proof), agreed.get(target, {})) for proof in proofs)
            for target, proofs in found.proofs.items()
        }
        if kept is not None and _is_same(self.files[name], before):
            questions = {**kept.questions, **questions}
        return FileQuestions(digest(self.files[name].text), found.names, questions)


def _agreed(new: Question, before: Mapping[str, Question]) -> Question:
    """A question with what was agreed on about it, where it was the same."""
    old = before.get(new.name)
    return old if old is not None and replace(old, answers="", entry="") == new else new


def _is_same(source: Source, known: Agreed) -> bool:
    file = known.files.get(source.name)
    return file is not None and file.digest == digest(source.text)


def _targets(config: PackageConfig, dialects: Sequence[str]) -> tuple[str, ...]:
    """The targets of a package that are named, all where none are."""
    names = dict.fromkeys(map(str, config.targets or (config.dialect,)))
    return tuple(name for name in names if not dialects or name in dialects)


def _scripts(project: Project, config: PackageConfig) -> Path:
    return project.root / project.config.output / config.name / "migrations"


def _key(texts: PackageTexts) -> str:
    general = texts.project.config
    return memory_key((general.types, general.names, texts.config, texts.schema_paths), texts.schema)


def _shared_out(readers: Sequence[_Reader], meanwhile: Callable[[], object]) -> list[dict[int, _Part]]:
    """What the readers have to read, in as many processes as it is worth; by the number of the reader."""
    wanted = [(number, name) for number, reader in enumerate(readers) for name in reader.new]
    sizes = [len(readers[number].files[name].text) for number, name in wanted]
    count = max(min(processes(), sum(sizes) // _WORTH_A_PROCESS), 1)
    shares: list[list[tuple[int, str]]] = [[] for _ in range(count)]
    for one, end in zip(wanted, accumulate(sizes), strict=True):
        shares[min((end - 1) * count // max(sum(sizes), 1), count - 1)].append(one)

    def first() -> dict[int, _Part] | None:
        meanwhile()
        return _read(readers, shares[0], True)

    if count == 1:
        meanwhile()
        return [_read(readers, wanted, True)]
    tasks: list[Callable[[], dict[int, _Part] | None]] = [first]
    tasks += (partial(_read_right, readers, share) for share in shares[1:])
    found = at_once(tasks)
    return found if found is not None else [_read(readers, wanted, True)]


def _read_right(readers: Sequence[_Reader], share: Sequence[tuple[int, str]]) -> dict[int, _Part] | None:
    """What a process has read; None when something is wrong with it."""
    found = _read(readers, share, False)
    return None if any(has_errors(part.findings) for part in found.values()) else found


def _read(readers: Sequence[_Reader], share: Sequence[tuple[int, str]], new: bool) -> dict[int, _Part]:
    """The files of a share; and packages without any, where these are wanted, too."""
    files: dict[int, list[str]] = {number: [] for number, reader in enumerate(readers) if new and reader.is_empty}
    for number, name in share:
        files.setdefault(number, []).append(name)
    return {number: readers[number].part(names) for number, names in files.items()}
