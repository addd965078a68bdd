"""A place in a list of tokens, and the small questions that every part of the parser asks of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn, TypeVar

from ..diagnostics import Diagnostic, Source, error
from ..model.lexis import Grammar
from ..model.syntax import Expression, Identifier, Node, Query
from ..model.tokens import Kind, Token

T = TypeVar("T")
QUERY_WORDS: Final = frozenset({"select", "with", "values", "table"})


class SyntaxProblem(Exception):
    """A statement that cannot be read; it holds the finding to show. One per statement."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Cursor:
    """The tokens of one statement, the last of which is an END or a TERMINATOR, and how far they have been read.

    Expressions hold queries and queries hold expressions: the two readers are handed in, so that no module of the
    parser needs to know all others.
    """

    def __init__(
        self,
        source: Source,
        tokens: list[Token],
        grammar: Grammar,
        read_expression: Callable[[Cursor, int], Expression],
        read_query: Callable[[Cursor], Query],
    ) -> None:
        self.source = source
        self.tokens = tokens
        self.grammar = grammar
        self.at = 0
        self.parameters: list[Token] = []
        self.forms: list[tuple[str, Node]] = []
        """What was written in a way that leaves no trace in the tree, by the names of `infer.constructs`."""
        self._read_expression = read_expression
        self._read_query = read_query

    def form(self, name: str, start: int) -> None:
        """Note what was read from `start` on."""
        self.forms.append((name, Node(start, self.previous_end)))

    # Looking

    @property
    def current(self) -> Token:
        return self.tokens[self.at]

    @property
    def previous_end(self) -> int:
        return self.tokens[self.at - 1].end

    def peek(self, ahead: int = 1) -> Token:
        index = self.at + ahead
        return self.tokens[index] if index < len(self.tokens) else self.tokens[-1]

    @property
    def finished(self) -> bool:
        return self.current.kind in (Kind.END, Kind.TERMINATOR)

    def at_word(self, *words: str) -> bool:
        token = self.tokens[self.at]
        return token.kind is Kind.WORD and token.folded in words

    def at_words(self, phrase: str) -> bool:
        """Whether the words of a phrase stand here, one after the other."""
        if not phrase.startswith(self.tokens[self.at].folded):
            return False
        for ahead, word in enumerate(phrase.split()):
            token = self.peek(ahead)
            if token.kind is not Kind.WORD or token.folded != word:
                return False
        return True

    def at_mark(self, *marks: str) -> bool:
        token = self.tokens[self.at]
        return token.kind in (Kind.PUNCTUATION, Kind.OPERATOR) and token.text in marks

    # Moving

    def advance(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def accept_word(self, *words: str) -> Token | None:
        return self.advance() if self.at_word(*words) else None

    def accept_words(self, phrase: str) -> bool:
        if not self.at_words(phrase):
            return False
        self.at += len(phrase.split())
        return True

    def accept_mark(self, *marks: str) -> Token | None:
        return self.advance() if self.at_mark(*marks) else None

    def expect_word(self, *words: str) -> Token:
        if not self.at_word(*words):
            self.fail_expected(" or ".join(f"`{word.upper()}`" for word in words))
        return self.advance()

    def expect_words(self, phrase: str) -> None:
        for word in phrase.split():
            self.expect_word(word)

    def expect_mark(self, mark: str) -> Token:
        if not self.at_mark(mark):
            self.fail_expected(f"`{mark}`", f"close what is open with `{mark}` before it" if mark in ")]" else None)
        return self.advance()

    def expect_number(self) -> Token:
        if self.current.kind is not Kind.NUMBER:
            self.fail_expected("a number")
        return self.advance()

    # Names

    def is_name(self, banned: frozenset[str] | None = None) -> bool:
        token = self.tokens[self.at]
        if token.kind is Kind.WORD:
            return token.folded not in (self.grammar.reserved if banned is None else banned)
        return token.kind is Kind.QUOTED

    def name(self, what: str = "a name") -> Identifier:
        """A name that is no reserved word."""
        token = self.tokens[self.at]
        if token.kind is Kind.WORD and token.folded in self.grammar.reserved:
            self.fail(
                f"`{token.text}` is a reserved word, and {what} is needed here",
                help=f"quote it ({self.quote(token.text)}) or choose another name",
            )
        if not self.is_name() and not self.names_by_string():
            self.fail_expected(what)
        return self.identifier()

    def label(self, what: str = "a name") -> Identifier:
        """A name that may be any word, as behind AS."""
        token = self.tokens[self.at]
        if token.kind not in (Kind.WORD, Kind.QUOTED) and not self.names_by_string(labels=True):
            self.fail_expected(what)
        return self.identifier()

    def names_by_string(self, labels: bool = False) -> bool:
        token = self.tokens[self.at]
        allowed = self.grammar.string_names or (labels and self.grammar.string_labels)
        return token.kind is Kind.STRING and token.text[0] in "'\"" and allowed

    def identifier(self) -> Identifier:
        token = self.advance()
        if token.kind is Kind.WORD:
            return Identifier(token.start, token.end, token.text)
        return Identifier(token.start, token.end, unquote_name(token.text), True)

    def qualified_name(self, what: str = "a name") -> tuple[Identifier, ...]:
        parts = [self.name(what)]
        while self.at_mark(".") and self.peek().text != "*":
            self.advance()
            parts.append(self.label(what))
        return tuple(parts)

    def quote(self, name: str) -> str:
        opening = self.grammar.lexis.identifier_quotes[0]
        return f"{opening}{name}{opening}"

    # Repetition and nesting

    def comma_list(self, item: Callable[[], T]) -> tuple[T, ...]:
        items = [item()]
        while self.accept_mark(","):
            if self.at_mark(",", ")") or self.finished:
                self.fail(f"expected another item after the comma, found {self.found()}", help="remove the comma")
            items.append(item())
        return tuple(items)

    def parenthesised(self, item: Callable[[], T]) -> tuple[T, ...]:
        self.expect_mark("(")
        items = self.comma_list(item)
        self.expect_mark(")")
        return items

    def expression(self, minimum: int = 0) -> Expression:
        """An expression whose operators all bind at least as tightly as `minimum`."""
        return self._read_expression(self, minimum)

    def query(self) -> Query:
        """A query: SELECT, VALUES, TABLE, WITH, a set operation, or a statement that changes rows."""
        return self._read_query(self)

    def starts_query(self) -> bool:
        """Whether the tokens here begin a query that gives rows, perhaps behind opening parentheses."""
        ahead = 0
        while self.peek(ahead).text == "(" and self.peek(ahead).kind is Kind.PUNCTUATION:
            ahead += 1
        token = self.peek(ahead)
        if token.kind is not Kind.WORD or token.folded not in QUERY_WORDS:
            return False
        return token.folded in ("select", "with") or self.peek(ahead + 1).text != ")"

    def attempt(self, reader: Callable[[], T | None]) -> T | None:
        """What a reader makes of the tokens here, or None, with nothing read, when it cannot use them."""
        at, parameters = self.at, len(self.parameters)
        try:
            result = reader()
        except SyntaxProblem:
            result = None
        if result is None:
            self.at = at
            del self.parameters[parameters:]
        return result

    def skip_balanced(self) -> None:
        """Past one token, or past a parenthesised group that begins here."""
        depth = 0
        while not self.finished:
            token = self.advance()
            if token.text in ("(", "["):
                depth += 1
            elif token.text in (")", "]"):
                depth -= 1
            if depth <= 0:
                return

    # Failing

    def found(self) -> str:
        token = self.current
        if token.kind is Kind.END:
            return "the end of the text"
        if token.kind is Kind.TERMINATOR:
            return "the end of the statement"
        return f"`{shorten(token.text)}`"

    def fail_expected(self, what: str, help: str | None = None) -> NoReturn:
        self.fail(f"expected {what}, found {self.found()}", help=help)

    def fail(self, message: str, help: str | None = None, token: Token | None = None) -> NoReturn:
        place = token if token is not None else self.current
        start, end = place.start, place.end
        if place.kind is Kind.END and self.at > 0:
            start, end = self.tokens[self.at - 1].start, self.tokens[self.at - 1].end
        raise SyntaxProblem(error("syntax", message, self.source.span(start, end), help))


def shorten(text: str, most: int = 40) -> str:
    """The text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def unquote_name(text: str) -> str:
    """The name inside a quoted identifier (or a string that stands for one)."""
    if text[:2] in ("u&", "U&"):
        return decode_unicode_escapes(unquote_name(text[2:]))
    quote = text[0]
    if quote == "[":
        return text[1:-1]
    return text[1:-1].replace(quote * 2, quote)


def decode_unicode_escapes(text: str, escape: str = "\\") -> str:
    """The value of a U& string or name (SQL standard, `\\XXXX` and `\\+XXXXXX`)."""
    result: list[str] = []
    at = 0
    while at < len(text):
        if text[at] != escape:
            result.append(text[at])
            at += 1
        elif text[at : at + 2] == escape * 2:
            result.append(escape)
            at += 2
        else:
            start, length = (at + 2, 6) if text[at + 1 : at + 2] == "+" else (at + 1, 4)
            digits = text[start : start + length]
            try:
                result.append(chr(int(digits, 16)))
            except (ValueError, OverflowError):
                result.append(text[at : start + length])
            at = start + length
    return "".join(result)
