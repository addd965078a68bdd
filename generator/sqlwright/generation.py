"""A project's packages to the files that are generated from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .diagnostics import Diagnostic, Source, has_errors, in_order
from .history import completed_sums, history_findings
from .memory import FileMemory, Memory, apart, changed_files, each_once, memory_key, recalled, written
from .model.values import value
from .opening import PackageTexts, open_package, understanding
from .overtaken import WrittenScripts
from .project.config import Project, keep_valid
from .project.kept import FOLDER, digest, keep
from .project.kept_findings import findings_apart
from .project.scripts import UP, initial_scripts
from .project.settings import PackageConfig
from .runtime.scripts import SUMS

if TYPE_CHECKING:
    from .packages import MadePackage

Maker = Callable[[Sequence[Source], frozenset[str], bool], "MadePackage"]
"""Makes the modules of query files, others being known; and those of the whole package, when that is wanted."""
_WORTH_A_PROCESS: Final = 50_000
"""The characters of query files that take longer to understand than a process to start."""


@value
class Generated:
    """The files that should be there, by their paths in the project, and the folders that hold them.

    `memories` are what the next run may rely on once the files are written, by package, without those it has already.
    """

    files: Mapping[Path, str]
    folders: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    memories: Mapping[str, Memory]
    scripts: tuple[WrittenScripts, ...]
    """The scripts of each package that nothing is wrong with."""


@value
class _Outcome:
    """What is made of a package, all in one memory, and what was found on the way."""

    memory: Memory | None
    diagnostics: tuple[Diagnostic, ...] = ()
    kept: bool = False
    """Whether the memory is the one that there is already."""
    schema: tuple[Source, ...] = ()


def generate_project(project: Project, only: str | None) -> Generated:
    """The files of all packages, or of the one named. When something is wrong with one, there are none at all."""
    files: dict[Path, str] = {}
    folders: list[Path] = []
    findings: list[Diagnostic] = []
    memories: dict[str, Memory] = {}
    scripts: list[WrittenScripts] = []
    for config in project.config.package:
        if only is not None and config.name != only:
            continue
        folder = Path(project.config.output) / config.name
        outcome = _outcome(project, config)
        findings += outcome.diagnostics
        folders.append(folder)
        if outcome.memory is not None:
            files |= _files(project.root, folder, outcome.memory, findings)
            wholes = {target: texts[UP] for target, texts in outcome.memory.scripts.items()}
            scripts.append(WrittenScripts(config.name, config.dialect, outcome.schema, wholes, folder / "migrations"))
            if not outcome.kept and outcome.memory.key:
                memories[config.name] = outcome.memory
    if has_errors(findings):
        files, memories = {}, {}
    return Generated(files, tuple(folders), tuple(in_order(findings)), memories, tuple(scripts))


def remember(project: Project, generated: Generated) -> None:
    """Keep what makes the next run shorter, the files of this one being written."""
    memories = {f"{name}.json": written(memory) for name, memory in generated.memories.items()}
    keep_valid(project)
    keep(_kept(project), memories)


def _kept(project: Project) -> Path:
    return project.root / project.config.cache / FOLDER


def _files(root: Path, folder: Path, memory: Memory, findings: list[Diagnostic]) -> dict[Path, str]:
    """A package's files by their paths in the project; scripts only where there are none yet, else the checksums that
    those lack."""
    texts = dict(memory.common)
    for file in memory.files.values():
        texts |= file.modules
    files = {folder / path: text for path, text in texts.items()}
    for target, scripts in memory.scripts.items():
        place = folder / "migrations" / target
        findings += history_findings(root / place, place.as_posix())
        sums = completed_sums(root / place)
        files |= {place / name: text for name, text in initial_scripts(root / place, scripts).items()}
        files |= {place / SUMS: sums} if sums is not None else {}
    return files


def _outcome(project: Project, config: PackageConfig) -> _Outcome:
    opened = open_package(project, config)
    if opened.texts is None:
        return _Outcome(None, opened.diagnostics)
    package = _Package(opened.texts)
    sources = (*opened.texts.schema, *opened.texts.queries)
    memory = recalled(_kept(project) / f"{config.name}.json", sources) if package.key else None
    if memory is not None and memory.key == package.key and memory.entries in ("", package.entries()):
        updated = package.updated(memory)
        if updated is not None:
            findings = (*opened.diagnostics, *updated.findings)
            return _Outcome(updated, findings, updated is memory, opened.texts.schema)
    outcome = package.made()
    return replace(outcome, diagnostics=(*opened.diagnostics, *outcome.diagnostics), schema=opened.texts.schema)


@dataclass(frozen=True, slots=True)
class _Package:
    """One package, and how it is made."""

    texts: PackageTexts
    key: str = field(init=False)
    """What a memory must have been made from; empty where templates of the project's own take part."""

    def __post_init__(self) -> None:
        project, config = self.texts.project, self.texts.config
        own = project.config.templates or config.templates
        black = (project.black, _version_of_black()) if project.black else ()
        general = project.config.types, project.config.names
        about = (*general, config, self.texts.schema_paths, project.line_length, black)
        object.__setattr__(self, "key", "" if own else memory_key(about, self.texts.schema))

    def entries(self) -> str:
        """What is different when entries have been written."""
        project, config = self.texts.project, self.texts.config
        folder = project.root / project.config.cache / config.name / config.dialect
        try:
            facts = folder.stat()
        except OSError:
            return "none"
        return f"{facts.st_ino} {facts.st_mtime_ns}"

    def made(self) -> _Outcome:
        """Everything from the start."""
        make = self._maker()
        made = self._made_in_parts(make) or make(self.texts.queries, frozenset(), True)
        return _Outcome(None if has_errors(made.diagnostics) else self._remembered(made, {}, {}, ()), made.diagnostics)

    def updated(self, memory: Memory) -> Memory | None:
        """The memory with the files that have changed made anew; None when that takes more than these files."""
        changed = changed_files(memory, self.texts.queries)
        if not changed:
            return None if changed is None else memory
        kept = {name: file for name, file in memory.files.items() if name not in {source.name for source in changed}}
        known = frozenset(name for name, file in kept.items() if file.names)
        made = self._maker()(changed, known, False)
        if has_errors(made.diagnostics) or any(
            bool(names) != bool(memory.files[name].names) for name, names in made.names.items()
        ):
            return None
        findings = findings_apart(memory.findings, frozenset(source.name for source in changed))
        if findings is None:
            return None
        found = self._remembered(made, kept, memory.common, findings)
        return found if found.key else None

    def _maker(self) -> Maker:
        """What makes the modules of some query files, the schema being understood once."""
        from .packages import make_package

        understood = understanding(self.texts)

        def make(queries: Sequence[Source], known: frozenset[str], common: bool) -> MadePackage:
            made = make_package(understood.sources(queries, known, common))
            return replace(made, diagnostics=(*understood.diagnostics, *made.diagnostics))

        return make

    def _made_in_parts(self, make: Maker) -> MadePackage | None:
        """The whole by several processes; None where that is not worth it, or where something has to be told."""
        from .packages import joined
        from .parallel import at_once, processes

        count = min(processes(), sum(len(source.text) for source in self.texts.queries) // _WORTH_A_PROCESS)
        if count < 2:
            return None
        parts = at_once([partial(self._part, make, self.texts.queries[at::count], at == 0) for at in range(count)])
        return joined(parts) if parts is not None else None

    def _part(self, make: Maker, queries: Sequence[Source], common: bool) -> MadePackage | None:
        """The modules of some query files, as if all others had queries; None when something is wrong with them."""
        own = {source.name for source in queries}
        made = make(queries, frozenset(source.name for source in self.texts.queries if source.name not in own), common)
        return None if has_errors(made.diagnostics) else made

    def _remembered(
        self,
        made: MadePackage,
        kept: Mapping[str, FileMemory],
        common: Mapping[str, str],
        findings: Sequence[Diagnostic],
    ) -> Memory:
        """What was made, with what is kept; without a key when files share names, and depend on one another."""
        files: dict[str, FileMemory] = {}
        for source in self.texts.queries:
            modules = {path.as_posix(): text for path, text in made.code.modules.get(source.name, {}).items()}
            names = made.names.get(source.name, frozenset())
            files[source.name] = kept.get(source.name) or FileMemory(
                digest=digest(source.text), names=names, modules=modules
            )
        return Memory(
            key=self.key if apart(file.names for file in files.values()) else "",
            scripts={name: dict(texts) for name, texts in made.scripts.items()},
            common={**common, **{path.as_posix(): text for path, text in made.code.common.items()}},
            files=files,
            findings=each_once((*findings, *made.diagnostics)),
            entries=self.entries() if made.open else "",
        )


def _version_of_black() -> str:
    from importlib.metadata import version

    return version("black")
