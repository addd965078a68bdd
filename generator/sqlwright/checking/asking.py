"""Servers side by side: scripts applied on scratch databases, schemas told, statements described."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Final

from ..check.questions import Question
from ..check.servers import Wanted, asked_server, is_named
from ..diagnostics import Diagnostic, error
from ..history import scripts_in
from ..live import live
from ..live.base import Access, Description, Live, Refusal, Scratch, ScriptRefused, Server
from ..live.errors import ServerUnavailable
from ..model.values import entity, value
from ..runtime.errors import MigrationError
from .folders import are_the_whole, shown_folder, unusable
from .proving import TargetProofs

Progress = Callable[[str], None]
"""Is told, in a few words, what is being done."""


@value
class Asking:
    """How a run goes: `changed` leaves out what was proved before, `plans` asks how tables are read."""

    wanted: Wanted
    changed: bool
    plans: bool
    progress: Progress


@entity
class Job:
    """A package on a target, and the questions that are chosen."""

    proofs: TargetProofs
    chosen: tuple[Question, ...]


@value
class Made:
    """What a server says of a database that was made another way: its schema, and the statements of each query."""

    schema: str
    statements: tuple[tuple[Description | Refusal, ...], ...]


@entity
class Answers:
    """What a server said of one package on one target; None where scripts stood in the way."""

    proofs: TargetProofs
    chosen: tuple[Question, ...]
    version: str
    schema: str | None
    wanted: Made | None
    """As the schema says, where the scripts are not that and nothing else."""
    statements: tuple[tuple[Description | Refusal, ...], ...]
    accesses: tuple[tuple[Access, ...], ...]
    """How each chosen query reads its tables, when plans were asked for."""
    diagnostics: tuple[Diagnostic, ...]


NO_SERVER: Final = "no-server"
"""The code of a database that no server was found for."""
_MOST: Final = 8
_WORTH_A_CONNECTION: Final = 200
"""The statements that take longer to describe than a connection to make."""
_Problem = ScriptRefused | MigrationError


@value
class _End:
    """A database has said all: nothing more comes of it but that what was made on it is dropped."""

    name: str
    problem: Exception | None = None


class Interrupted(Exception):
    """The run is to end, as a signal says."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


class Askers:
    """A thread for each database. Who leaves the block waits until every scratch database is dropped."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self._signal: int | None = None
        self._stop = Event()
        self._jobs: Future[Mapping[str, Sequence[Job]]] = Future()
        self._threads = ThreadPoolExecutor(max_workers=_MOST)
        self._running: set[str] = set()
        self._said: SimpleQueue[Answers | Diagnostic | _End] = SimpleQueue()

    def __enter__(self) -> Askers:
        return self

    def __exit__(self, *problem: object) -> None:
        self._stop.set()
        self._jobs.cancel()
        self._threads.shutdown(wait=True)

    def interrupt(self, signal: int) -> None:
        """Have the run end at the next point where nothing is half done: a handler of signals, which comes upon this
        thread anywhere, must not raise. In the midst of an import it would leave a lock that the threads wait for."""
        self._signal = signal
        self._stop.set()
        self._said.put(_End(""))  # wakes who waits

    def go_on(self) -> None:
        """Raises Interrupted when the run is to end."""
        if self._signal is not None:
            raise Interrupted(self._signal)

    def begin(self, first: Mapping[str, Path]) -> None:
        """Make the databases ready whose servers are there already: apply the first package's scripts, by their
        folders, while it is found out what is to be asked."""
        wanted = self.asking.wanted
        for name, folder in first.items():
            if is_named(name, wanted) and name not in wanted.scratch and name not in self._running:
                self._start(name, folder)

    def answers(self, jobs: Mapping[str, Sequence[Job]]) -> Iterator[Answers | Diagnostic]:
        """What the databases say of their jobs, as it is said; and what stands in the way of asking one."""
        for name in jobs.keys() - self._running:
            self._start(name, None)
        self._jobs.set_result(jobs)
        while self._running:
            said = self._said.get()
            self.go_on()
            match said:
                case _End(name, problem):
                    self._running.discard(name)
                    if problem is not None:
                        raise problem
                case _:
                    yield said

    def _start(self, name: str, first: Path | None) -> None:
        self._running.add(name)
        self._threads.submit(self._ask, name, first)

    # One database

    def _ask(self, name: str, first: Path | None) -> None:
        problem: Exception | None = None
        try:
            self._ask_all(live(name), first)
        except ImportError as missing:
            message = f"{missing.name} is not installed, which asks {name}"
            self._said.put(error(NO_SERVER, message, None, "pip install 'sqlwright[check]'"))
        except ServerUnavailable as failed:
            self._said.put(error(NO_SERVER, failed.message, None, failed.help))
        except CancelledError:
            pass
        except Exception as fault:  # of ours, which the thread that waits is to show
            problem = fault
        self._said.put(_End(name, problem))

    def _ask_all(self, live: Live, first: Path | None) -> None:
        progress = self.asking.progress
        progress(f"{live.title}: connecting")
        with asked_server(live, self.asking.wanted) as server:
            done: Job | None = None
            if first is not None and not self._stop.is_set() and not unusable(first):
                done = self._ask_about(server, live, first, lambda: self._job_of(live.name, first))
            for job in self._jobs_of(live.name):
                if job is done:
                    continue
                if self._stop.is_set():
                    return
                progress(f"{live.title} {server.version}: {job.proofs.package}")
                wrong = unusable(job.proofs.scripts)
                if wrong:
                    self._say(_unanswered(job, server, wrong))
                else:
                    self._ask_about(server, live, job.proofs.scripts, partial(_itself, job))

    def _jobs_of(self, name: str) -> Sequence[Job]:
        """What is to be asked, once that is known. Raises CancelledError when nothing is."""
        jobs = self._jobs.result().get(name, ())
        if not jobs:
            raise CancelledError
        return jobs

    def _job_of(self, name: str, folder: Path) -> Job | None:
        """What is to be asked of the package that has these scripts; nothing when something is wrong with it."""
        return next((job for job in self._jobs_of(name) if job.proofs.scripts == folder), None)

    def _say(self, answers: Answers) -> None:
        self._said.put(answers)
        name = answers.proofs.name
        if answers.proofs is self._jobs_of(name)[-1].proofs:  # what is dropped now, nobody has to wait for
            self._said.put(_End(name))

    def _ask_about(self, server: Server, live: Live, folder: Path, job: Callable[[], Job | None]) -> Job | None:
        """Say what a server says of a package, whose scripts are applied before it is known what is to be asked."""
        named = self.asking.wanted.scratch.get(live.name)
        with server.scratch(named) as scratch:
            problem = _migrated(scratch, folder)
            found = job()
            if found is None:
                return None
            told = self._told(live, server, scratch, found) if problem is None else problem
            if isinstance(told, Answers) and are_the_whole(found.proofs):
                self._say(told)
                return found
        self._say(_with_schema(server, live, found, told, named))
        return found

    def _told(self, live: Live, server: Server, scratch: Scratch, job: Job) -> Answers:
        """What a server says of a package once its scripts are applied."""
        made = _made(scratch, job.chosen, live.connections)
        texts = [text for question in job.chosen for text in question.texts]
        read = iter(scratch.accesses(texts) if self.asking.plans else ())
        accesses = tuple(tuple(one for _ in question.texts for one in next(read, ())) for question in job.chosen)
        return Answers(job.proofs, job.chosen, server.version, made.schema, None, made.statements, accesses, ())


def _made(scratch: Scratch, chosen: Sequence[Question], connections: int) -> Made:
    schema, found = _side_by_side(scratch, [text for question in chosen for text in question.texts], connections)
    said = iter(found)
    return Made(schema, tuple(tuple(next(said) for _ in question.texts) for question in chosen))


def _side_by_side(scratch: Scratch, texts: Sequence[str], connections: int) -> tuple[str, list[Description | Refusal]]:
    """The schema of a scratch database, and what it says of statements, by several connections where that is worth
    it."""
    parts = min(connections - 1, len(texts) // _WORTH_A_CONNECTION)
    if parts < 1:
        return scratch.schema(), scratch.describe(texts)
    size = -(-len(texts) // parts)
    with ThreadPoolExecutor(max_workers=parts + 1) as threads:
        schema = threads.submit(scratch.schema)
        shares = [threads.submit(scratch.describe, texts[at : at + size]) for at in range(0, len(texts), size)]
        return schema.result(), [one for share in shares for one in share.result()]


def _migrated(scratch: Scratch, folder: Path) -> _Problem | None:
    """Apply the scripts of a folder; gives what stands in the way."""
    try:
        scratch.migrate(folder)
    except (ScriptRefused, MigrationError) as problem:
        return problem
    return None


def _with_schema(server: Server, live: Live, job: Job, told: Answers | _Problem, named: str | None) -> Answers:
    """The answers with the schema as the server has it that is written; or why there are none."""
    target = job.proofs
    wanted: Made | None = None
    if not are_the_whole(target):
        try:
            with server.scratch(named) as scratch:
                scratch.run("the schema", target.script)
                wanted = _made(scratch, job.chosen, live.connections)
        except ScriptRefused as refused:
            return _unanswered(job, server, [_refused(server, live, target, refused, named, whole=True)])
    match told:
        case ScriptRefused():
            return _unanswered(job, server, [_refused(server, live, target, told, named, whole=False)])
        case MigrationError():
            message = f"{shown_folder(target.scripts)}: {told}"
            return _unanswered(job, server, [error("bad-migration", message)])
        case Answers():
            return replace(told, wanted=wanted)


def _refused(
    server: Server, live: Live, target: TargetProofs, refused: ScriptRefused, named: str | None, *, whole: bool
) -> Diagnostic:
    """The finding that a server does not take a script: that of the `whole` schema, or one of the package's."""
    from .applying import refused_place, refused_schema, refused_script

    title = f"{live.title} {server.version}"
    before = () if whole else scripts_in(target.scripts)
    place = refused_place(server, named, before, refused, target.target)
    return (refused_schema if whole else refused_script)(refused, target, title, place)


def _unanswered(job: Job, server: Server, findings: Sequence[Diagnostic]) -> Answers:
    return Answers(job.proofs, job.chosen, server.version, None, None, (), (), tuple(findings))


def _itself(job: Job) -> Job:
    return job
