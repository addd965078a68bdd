"""The machine: what the analysis says of a query is held against what a database says, and against its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import sqlwright
from sqlwright.diagnostics import Diagnostic
from sqlwright.model.typed import Cardinality, TypedColumn, TypedQuery

from tests.soak.cases import Case, further_sets
from tests.soak.queries import Statement
from tests.soak.report import Report
from tests.soak.rows import DataSet
from tests.soak.servers import Prepared, SchemaRefused, Server

ALLOWED = {Cardinality.ONE: (1, 1), Cardinality.AT_MOST_ONE: (0, 1), Cardinality.NONE: (0, 0)}


class Fault(AssertionError):
    """The analysis is wrong about a query. `kind` is one of the columns of the report."""

    def __init__(self, kind: str, detail: str, case: Case, statement: Statement | None, rows: DataSet | None) -> None:
        self.kind = kind
        self.detail = detail
        self.place = case.queries.index(statement) if statement is not None else None
        inserts = rows.statements(case.schema) if rows is not None else []
        text = [f"{kind}: {detail}", case.schema.ddl, *inserts, f"{statement.text};" if statement else ""]
        super().__init__("\n".join(text))


@dataclass(slots=True)
class Verdict:
    """What is known of one statement: what we say, what the database says, and what its rows have shown."""

    statement: Statement
    said: TypedQuery | None
    errors: list[Diagnostic]
    prepared: Prepared = field(default_factory=lambda: Prepared("not asked"))
    rows: int = 0
    nulls: set[int] = field(default_factory=set[int])

    @property
    def columns(self) -> Sequence[TypedColumn]:
        return self.said.columns if self.said is not None else ()


@dataclass(slots=True)
class Machine:
    """Checks cases on a database. A fault is handed to `found`, which raises it or keeps it."""

    server: Server
    report: Report
    found: Callable[[Fault], None]
    further: int = 0
    """How many more sets of rows to try on each schema."""

    def check(self, case: Case) -> None:
        verdicts = self._analyzed(case)
        try:
            with self.server.holding(case.schema.ddl):
                if verdicts is None:
                    return
                for verdict in verdicts:
                    self._prepare(case, verdict)
                alive = [one for one in verdicts if one.prepared.refusal is None and one.said is not None]
                for rows in (*case.sets, *further_sets(case.schema, self.server.facts, self.further)):
                    self._run(case, alive, rows)
        except SchemaRefused as error:
            self._fault("wrong schema", str(error), case)
            return
        for verdict in alive:
            self._count(verdict)

    def _fault(
        self, kind: str, detail: str, case: Case, statement: Statement | None = None, rows: DataSet | None = None
    ) -> None:
        self.report.faults[kind] += 1
        self.found(Fault(kind, detail, case, statement, rows))

    # What we say

    def _analyzed(self, case: Case) -> list[Verdict] | None:
        text = "".join(_named(number, query) for number, query in enumerate(case.queries))
        dialect = self.server.facts.dialect
        try:
            found = sqlwright.analyze(case.schema.ddl, text, dialect)
        except Exception:
            self._find_crash(case)
            return None
        verdicts = [Verdict(query, None, []) for query in case.queries]
        for query in found.queries:
            verdicts[int(query.query.name[1:])].said = query
        for finding in found.diagnostics:
            if finding.severity.value != "error":
                continue
            if finding.span is None or finding.span.source.name != "<queries>":
                self._fault("wrong schema", f"refused by us: {finding.message}", case)
                return None
            verdicts[(finding.span.line - 1) // 2].errors.append(finding)
        return verdicts

    def _find_crash(self, case: Case) -> None:
        for query in case.queries:
            try:
                sqlwright.analyze(case.schema.ddl, _named(0, query), self.server.facts.dialect)
            except Exception as error:
                self._fault("crash", f"{type(error).__name__}: {error}", case, query)

    # What the database says

    def _prepare(self, case: Case, verdict: Verdict) -> None:
        query = verdict.statement
        verdict.prepared = prepared = self.server.prepare(query.text)
        self.report.queries += 1
        self.report.constructs.update(query.reached)
        if prepared.died:
            self.report.fatal.append(query.text)
            return
        if prepared.refusal is None and verdict.errors:
            finding = verdict.errors[0]
            text = finding.span.text if finding.span is not None else ""
            if self.server.facts.finds_late(query.text, finding.code, text):
                self.report.refused += 1
                return
            self._fault("wrongly refused", f"{finding.code}: {finding.message} at {text}", case, query)
        elif (
            prepared.refusal is not None
            and not verdict.errors
            and self.server.facts.leaves(query.text, prepared.refusal)
        ):
            self.report.keep_left(prepared.refusal, query)
        elif prepared.refusal is not None and not verdict.errors:
            self._fault("wrongly accepted", prepared.refusal.strip(), case, query)
        elif prepared.refusal is not None:
            self.report.refused += 1
        else:
            self.report.accepted += 1
            self._compare_types(case, verdict, prepared.types)

    def _compare_types(self, case: Case, verdict: Verdict, types: Sequence[str]) -> None:
        if not types:
            return
        if len(types) != len(verdict.columns):
            detail = f"{len(verdict.columns)} columns, and the server says {len(types)}"
            self._fault("wrong type", detail, case, verdict.statement)
            return
        for column, type in zip(verdict.columns, types, strict=True):
            wrong = self.server.mismatch(column, type, ())
            if wrong is not None:
                self._fault("wrong type", f"{column.name} is {wrong}", case, verdict.statement)

    # What the rows show

    def _run(self, case: Case, verdicts: list[Verdict], rows: DataSet) -> None:
        with self.server.filled(rows.statements(case.schema)):
            for verdict in verdicts:
                answer = self.server.run(verdict.statement.text)
                if answer.died:
                    self.report.fatal.append(verdict.statement.text)
                if answer.error is not None:
                    self.report.errors += 1
                    continue
                self._compare_types(case, verdict, answer.types)
                if verdict.columns:
                    self._compare_rows(case, verdict, rows, answer.rows)

    def _compare_rows(self, case: Case, verdict: Verdict, rows: DataSet, given: Sequence[Sequence[object]]) -> None:
        assert verdict.said is not None
        low, high = ALLOWED.get(verdict.said.cardinality, (0, len(given)))
        if not low <= len(given) <= high:
            detail = f"{len(given)} rows, said to be {verdict.said.cardinality.value}"
            self._fault("wrong row count", detail, case, verdict.statement, rows)
        verdict.rows += len(given)
        for place, column in enumerate(verdict.columns):
            values = [row[place] for row in given]
            if any(value is None for value in values):
                verdict.nulls.add(place)
                if not column.nullable:
                    self._fault("unsound", f"{column.name} is NULL", case, verdict.statement, rows)
            if "mistake: wrong type" in verdict.statement.reached:
                continue  # what a database takes into a column of another type comes out of it again
            wrong = self.server.mismatch(column, None, [value for value in values if value is not None])
            if wrong is not None:
                self._fault("wrong type", f"{column.name} is {wrong}", case, verdict.statement, rows)

    def _count(self, verdict: Verdict) -> None:
        if not verdict.columns:
            return
        self.report.with_rows += 1
        if not verdict.rows:
            return
        self.report.not_empty += 1
        for place, column in enumerate(verdict.columns):
            self.report.columns += 1
            if column.nullable:
                self.report.nullable += 1
                if place not in verdict.nulls:
                    self.report.keep_over_null(verdict.statement, column)


def _named(number: int, query: Statement) -> str:
    return f"-- name: q{number} :{'many' if query.gives_rows else 'exec'}\n{query.text};\n"
