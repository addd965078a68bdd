"""What there is to read of packages that are to be proved: the texts that are new, in processes that share them out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from ..check.questions import Question, question
from ..check.store import Store
from ..diagnostics import Diagnostic, Source, has_errors
from ..memory import apart, each_once, memory_key
from ..model.values import value
from ..opening import PackageTexts, Understanding, open_package, understanding
from ..parallel import at_once, processes
from ..project.config import Project
from ..project.kept import digest
from ..project.kept_findings import findings_apart
from ..project.settings import PackageConfig
from .agreed import Agreed, AgreedTarget, FileQuestions, recalled

if TYPE_CHECKING:
    from pathlib import Path

    from ..packages import UnderstoodPackage
    from .stating import FileProofs

_WORTH_A_PROCESS: Final = 50_000
"""The characters of query files that take longer to understand than a process to start."""


@value
class Part:
    """Some query files: what is to be proved, the digests of the scripts that make the targets' schemas, findings."""

    files: Mapping[str, FileProofs]
    scripts: Mapping[str, str]
    findings: tuple[Diagnostic, ...]


_NOTHING: Final = Part({}, {}, ())


class Reader:
    """Reads one package: the texts, what is kept of them, and what the analysis says of those that are new."""

    def __init__(self, project: Project, config: PackageConfig, dialects: Sequence[str]) -> None:
        opened = open_package(project, config)
        self.config = config
        self.names = target_names(config, dialects)
        self.scripts = scripts_folder(project, config)
        self.files = {source.name: source for source in opened.texts.queries} if opened.texts is not None else {}
        self._texts = opened.texts
        self._opening = opened.diagnostics
        self._key = _key(opened.texts) if opened.texts is not None else ""
        self._before = self._recalled(project)
        self.new = [name for name in self.files if not self._is_known(name)]
        """The query files that are to be read."""
        self.is_empty = opened.texts is not None and self._before is None and not self.files
        """Whether there is something to read though there are no queries."""

    def read(self, parts: Sequence[Part]) -> tuple[Agreed | None, Part]:
        """What is known of the package (None when something is wrong with it), and the parts that were read as one."""
        if self._texts is None:
            return None, replace(_NOTHING, findings=self._opening)
        found = self._joined(parts)
        known = None if has_errors(found.findings) else self._known(found)
        if known is None and not (len(parts) == 1 and len(self.new) == len(self.files)):
            self._before = None
            found = self.part(list(self.files))
            known = None if has_errors(found.findings) else self._known(found)
        findings = (*self._opening, *found.findings)
        return known, replace(found, findings=findings)

    def part(self, names: Collection[str]) -> Part:
        """Some query files, as if nothing else were to be known of the others than that they are there."""
        from .stating import file_proofs

        understood, findings = self._understood(names)
        if understood is None:
            return replace(_NOTHING, findings=findings)
        scripts = {name: digest(understood.scripts[name].up) for name in self.names}
        return Part(file_proofs(understood, self.names), scripts, findings)

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
        from ..packages import understand_package

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

    def _joined(self, parts: Sequence[Part]) -> Part:
        """The parts with what is kept; of the files, the new ones."""
        files = {name: file for part in parts for name, file in part.files.items()}
        scripts = {name: script for part in parts for name, script in part.scripts.items()}
        kept = self._before.findings if self._before is not None else ()
        return Part(files, scripts, each_once([*kept, *(one for part in parts for one in part.findings)]))

    def _known(self, found: Part) -> Agreed | None:
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


def target_names(config: PackageConfig, dialects: Sequence[str] = ()) -> tuple[str, ...]:
    """The targets of a package that are named, all where none are."""
    names = dict.fromkeys(map(str, config.targets or (config.dialect,)))
    return tuple(name for name in names if not dialects or name in dialects)


def unwanted_folders(store: Store, configs: Sequence[PackageConfig]) -> list[tuple[str, str]]:
    """The folders of entries that none of the packages has the target of."""
    wanted = {(config.name, name) for config in configs for name in target_names(config)}
    return [folder for folder in store.folders() if folder not in wanted]


def scripts_folder(project: Project, config: PackageConfig) -> Path:
    return project.root / project.config.output / config.name / "migrations"


def _key(texts: PackageTexts) -> str:
    general = texts.project.config
    return memory_key((general.types, general.names, texts.config, texts.schema_paths), texts.schema)


def shared_out(
    readers: Sequence[Reader], meanwhile: Callable[[], object], go_on: Callable[[], object]
) -> list[dict[int, Part]]:
    """What the readers have to read, in as many processes as it is worth; by the number of the reader."""
    wanted = [(number, name) for number, reader in enumerate(readers) for name in reader.new]
    sizes = [len(readers[number].files[name].text) for number, name in wanted]
    count = max(min(processes(), sum(sizes) // _WORTH_A_PROCESS), 1)
    shares: list[list[tuple[int, str]]] = [[] for _ in range(count)]
    for one, end in zip(wanted, accumulate(sizes), strict=True):
        shares[min((end - 1) * count // max(sum(sizes), 1), count - 1)].append(one)

    def first() -> dict[int, Part] | None:
        meanwhile()
        return _read(readers, shares[0], True, go_on)

    if count == 1:
        meanwhile()
        return [_read(readers, wanted, True, go_on)]
    tasks: list[Callable[[], dict[int, Part] | None]] = [first]
    tasks += (partial(_read_right, readers, share) for share in shares[1:])
    found = at_once(tasks)
    go_on()
    return found if found is not None else [_read(readers, wanted, True, go_on)]


def _read_right(readers: Sequence[Reader], share: Sequence[tuple[int, str]]) -> dict[int, Part] | None:
    """What a process has read; None when something is wrong with it."""
    found = _read(readers, share, False, lambda: None)
    return None if any(has_errors(part.findings) for part in found.values()) else found


def _read(
    readers: Sequence[Reader], share: Sequence[tuple[int, str]], new: bool, go_on: Callable[[], object]
) -> dict[int, Part]:
    """The files of a share; and packages without any, where these are wanted, too."""
    files: dict[int, list[str]] = {number: [] for number, reader in enumerate(readers) if new and reader.is_empty}
    for number, name in share:
        files.setdefault(number, []).append(name)
    parts: dict[int, Part] = {}
    for number, names in files.items():
        go_on()
        parts[number] = readers[number].part(names)
    return parts
