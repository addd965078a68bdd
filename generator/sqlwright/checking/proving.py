"""A project's packages as what is to be proved of them on each target: scripts, schemas, statements of queries.

What the last check has kept is taken for query files that are the same; the others are read and analysed, in several
processes where there are many. What else is needed should a server disagree is found out then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from ..check.questions import Question, file_names
from ..project.config import Project, keep_valid
from ..project.settings import PackageConfig
from .agreed import Agreed, AgreedTarget, keep_agreed
from .reading import Part, Reader, scripts_folder, shared_out, target_names

if TYPE_CHECKING:
    from pathlib import Path

    from ..check.proofs import Proof
    from ..dialects.base import Dialect
    from ..infer.environment import Environment
    from ..model.catalog import Catalog
    from ..model.schema import SchemaStatement
    from ..packages import UnderstoodPackage


def package_proofs(
    project: Project,
    configs: Sequence[PackageConfig],
    dialects: Sequence[str],
    meanwhile: Callable[[], object] = lambda: None,
    go_on: Callable[[], object] = lambda: None,
) -> list[PackageProofs]:
    """What is to be proved of packages on those of their targets that are named; on all where none are.

    `meanwhile` starts what goes on beside the work, once every process that shares it has begun; `go_on` is called now
    and then, and raises when the work is to end.
    """
    readers = [Reader(project, config, dialects) for config in configs]
    parts = shared_out(readers, meanwhile, go_on)
    packages: list[PackageProofs] = []
    for number, reader in enumerate(readers):
        go_on()
        packages.append(PackageProofs(reader, *reader.read([found[number] for found in parts if number in found])))
    return packages


def scripts_folders(project: Project, configs: Sequence[PackageConfig], dialects: Sequence[str]) -> dict[str, Path]:
    """Where the migration scripts are of the first package on each target."""
    found: dict[str, Path] = {}
    for config in configs:
        for name in target_names(config, dialects):
            found.setdefault(name, scripts_folder(project, config) / name)
    return found


def keep(project: Project, packages: Sequence[PackageProofs]) -> None:
    """Keep what was agreed on, for the next check on this machine."""
    keep_valid(project)
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
        from ..dialects import dialect

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
    def statements(self) -> tuple[SchemaStatement, ...]:
        """The statements of the schema as it is written."""
        return self._of.frame.sources.schema.statements

    @property
    def written(self) -> Dialect:
        """The dialect that the schema is written in."""
        return self._of.frame.sources.dialect

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

    def __init__(self, reader: Reader, known: Agreed | None, found: Part) -> None:
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
