from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class T:
    statement: object
    diagnostics: tuple = ()


def translated_statement(query, facts, environment, target, default):
    from .written import written_statement

    return T(written_statement(query, target))
