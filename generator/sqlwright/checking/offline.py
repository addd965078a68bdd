"""A project without any server or driver: generated code, migration scripts and entries against what they were made
from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..check.digests import digest
from ..check.lacks import Lack, TargetLacks, lack_findings
from ..check.left_over import OfNoQuery, OfNoTarget, without_queries, without_targets
from ..check.store import Store
from ..check.together import said_once
from ..diagnostics import Diagnostic, Source, has_errors
from ..generation import Generated, generate_project
from ..history import unlisted_findings
from ..memory import each_once
from ..model.values import value
from ..parallel import Beside
from ..project import outputs
from ..project.config import Project
from ..project.left_over import LeftOver, left_over_packages
from ..project.settings import PackageConfig
from ..runtime.scripts import SUMS
from .agreed import is_kept
from .folders import make_the_schema, shown_folder, unusable
from .proving import PackageProofs, TargetProofs, package_proofs
from .reading import unwanted_folders


@value
class Checked:
    """What was found, of which packages, and the number of their queries, each counted on each target."""

    packages: Sequence[PackageProofs]
    diagnostics: tuple[Diagnostic, ...]
    count: int


def check_offline(project: Project, configs: Sequence[PackageConfig], dialects: Sequence[str], whole: bool) -> Checked:
    """What is not current in packages on their targets, or on those that are named; of the `whole` project, what is
    left over, too."""
    packages, generated = _made(project, configs, dialects)
    wrong = [one for package in packages for one in package.diagnostics]
    count = sum(len(target.files) for package in packages for target in package.targets)
    store = Store(project.root / project.config.cache)
    findings = list(generated.diagnostics)
    if not has_errors(findings):
        # What is wrong with checksums is told of the scripts themselves.
        files = {path: text for path, text in generated.files.items() if path.name != SUMS}
        gone = left_over_packages(project) if whole else LeftOver((), ())
        folders = (*generated.folders, *gone.folders)
        findings += [
            *gone.diagnostics,
            *outputs.out_of_date(project.root, outputs.changes(project.root, folders, files)),
        ]
    for package in packages:
        lacks: list[TargetLacks] = []
        moved: dict[str, list[Diagnostic]] = {}
        unasked: dict[str, list[OfNoQuery]] = {}
        for target in package.targets:
            shown = f"{project.config.cache}/{target.package}/{target.name}"
            stored = _stored(target, shown, store)
            findings += [one for one in stored if isinstance(one, Diagnostic)]
            of_none = [one for one in stored if isinstance(one, OfNoQuery)]
            if of_none:
                unasked[target.target.title] = of_none
            own = [one for one in stored if isinstance(one, Lack)]
            if own:
                lacks.append(TargetLacks(target.target.title, len(target.files), own))
            scripts = _scripts(target)
            if scripts:
                moved[target.target.title] = scripts
            findings += unlisted_findings(target.scripts, shown_folder(target.scripts))
        findings += [*said_once(moved), *without_queries(unasked)]
        if lacks:
            findings += lack_findings(package.package, project.span_of("package", package.package), lacks)
    if whole:
        findings += _left_over(project, store, configs)
    return Checked(packages, each_once([*wrong, *findings]), count)


def _made(
    project: Project, configs: Sequence[PackageConfig], dialects: Sequence[str]
) -> tuple[list[PackageProofs], Generated]:
    """The packages as they are to be proved, and as they are generated; side by side where much is to be done."""
    proofs = partial(package_proofs, project, configs, dialects)
    made = partial(generate_project, project, configs[0].name if len(configs) == 1 else None)
    if not all(is_kept(project, config.name) for config in configs):
        beside = Beside(made)
        packages = proofs()
        return packages, beside.result() or made()
    return proofs(), made()


def _stored(target: TargetProofs, shown: str, store: Store) -> list[Diagnostic | Lack | OfNoQuery]:
    """What is wrong with the entries of a package on a target."""
    texts = store.texts(target.package, target.name)
    held = {one.name: digest(texts.get(target.files[one.name], "")) for one in target.questions}
    unknown = {one.name: one for one in target.questions if one.entry != held[one.name]}
    if not unknown and len(texts) == len(target.files):
        return []
    from ..check.stored import Folder, stored_findings

    proofs = target.proofs(unknown)
    findings = list(stored_findings(proofs, target.files, Folder(target.target.title, shown, texts)))
    if not findings:
        for name, question in unknown.items():
            target.agree(question, entry=held[name])
    return findings


def _scripts(target: TargetProofs) -> list[Diagnostic]:
    """What the scripts make otherwise than the schema says."""
    if make_the_schema(target) and not unusable(target.scripts):
        return []
    from .applying import differing_scripts

    return differing_scripts(target)


def _left_over(project: Project, store: Store, configs: Sequence[PackageConfig]) -> Iterator[Diagnostic]:
    """What is wrong with folders of entries that no package has the target of."""
    folders: list[OfNoTarget] = []
    for package, dialect in unwanted_folders(store, configs):
        shown = f"{project.config.cache}/{package}/{dialect}"
        texts = sorted(store.texts(package, dialect).items())
        span = next((Source(f"{shown}/{name}", text).span(0, 0) for name, text in texts), None)
        folders.append(OfNoTarget(package, shown, span))
    return without_targets(folders, {config.name for config in configs})
