"""What the checks of a package have asked and agreed on, kept so that the next one works on what has changed only.

Nothing is proved by it: a server is asked everything anew. What is kept saves finding out once more what the analysis
says of texts that are the same, and comparing answers that are the same. It serves only this machine and this very
program; who deletes it loses time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..check.questions import Question
from ..diagnostics import Diagnostic, Source
from ..model.parsed import as_list, as_table, as_text
from ..model.values import value
from ..project.config import Project
from ..project.kept import FOLDER, keep, kept
from ..project.kept_findings import kept_finding, written_finding


@value
class FileQuestions:
    """A query file: a digest of its text, the names of its queries, and what is asked about them on each target."""

    digest: str
    names: tuple[str, ...]
    questions: Mapping[str, tuple[Question, ...]]


@value
class AgreedTarget:
    """A target as a whole: the digest of the script that makes its schema; of the schema as a server told it when it
    was ours; and of the scripts when reading them gave ours. The last two are empty before."""

    script: str
    schema: str = ""
    scripts: str = ""


@value
class Agreed:
    """A package: what all of it depends on, its files, its targets, and what was found that is no error."""

    key: str
    files: Mapping[str, FileQuestions]
    targets: Mapping[str, AgreedTarget]
    findings: tuple[Diagnostic, ...]


def is_kept(project: Project, package: str) -> bool:
    """Whether anything is kept of a package."""
    return (_folder(project) / _name(package)).is_file()


def recalled(project: Project, package: str, key: str, sources: Iterable[Source]) -> Agreed | None:
    """What is kept of a package; None when there is nothing, or what there is depends on something else."""
    text = kept(_folder(project) / _name(package))
    if text is None:
        return None
    named = {source.name: source for source in sources}
    try:
        table = as_table(json.loads(text))
        if table["key"] != key:
            return None
        return Agreed(
            key,
            {name: _file(as_table(file)) for name, file in as_table(table["files"]).items()},
            {name: AgreedTarget(*map(as_text, as_list(held))) for name, held in as_table(table["targets"]).items()},
            tuple(kept_finding(as_table(one), named) for one in as_list(table["findings"])),
        )
    except (ValueError, LookupError, TypeError):
        return None


def keep_agreed(project: Project, packages: Mapping[str, Agreed]) -> None:
    """Keep what was agreed on of some packages."""
    texts = {_name(package): _written(agreed) for package, agreed in packages.items()}
    keep(_folder(project), {name: text for name, text in texts.items() if kept(_folder(project) / name) != text})


def _folder(project: Project) -> Path:
    return project.root / project.config.cache / FOLDER


def _name(package: str) -> str:
    """No package has a name with a dot in it."""
    return f"{package}.check.json"


def _written(agreed: Agreed) -> str:
    return json.dumps(
        {
            "key": agreed.key,
            "files": {
                name: {
                    "digest": file.digest,
                    "names": file.names,
                    "questions": {
                        target: [[getattr(one, field) for field in _FIELDS] for one in questions]
                        for target, questions in file.questions.items()
                    },
                }
                for name, file in agreed.files.items()
            },
            "targets": {name: [held.script, held.schema, held.scripts] for name, held in agreed.targets.items()},
            "findings": [written_finding(one) for one in agreed.findings],
        }
    )


_FIELDS = ("name", "query", "schema", "statement", "texts", "answers", "entry")


def _file(table: Mapping[str, object]) -> FileQuestions:
    return FileQuestions(
        as_text(table["digest"]),
        tuple(map(as_text, as_list(table["names"]))),
        {
            target: tuple(_question(as_list(one)) for one in as_list(questions))
            for target, questions in as_table(table["questions"]).items()
        },
    )


def _question(held: list[object]) -> Question:
    name, query, schema, statement, texts, answers, entry = held
    return Question(
        as_text(name),
        as_text(query),
        as_text(schema),
        as_text(statement),
        tuple(map(as_text, as_list(texts))),
        as_text(answers),
        as_text(entry),
    )
