"""Characters to tokens, for each database as its `Lexis` says."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..diagnostics import Diagnostic, Source, error
from ..model.lexis import Lexis
from ..model.tokens import Comment, Kind, Meta, Token
from ..model.values import value

_WORD_START: Final = r"[^\x00-@\[-^`{-\x7f]"
"""A letter or `_`: to every database, all that is not ASCII is a letter. What is none is quicker to compile."""
_IN_WORD: Final = r"[^\x00-/:-@\[-^`{-\x7f]"
_IN_WORD_WITH_DOLLAR: Final = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_IN_VARIABLE: Final = r"[^\x00-#%-\-/:-@\[-^`{-\x7f]"
"""A dot or a dollar, too."""
_BYTE_ORDER_MARK: Final = "\ufeff"
_OPERAND_WORDS: Final = frozenset(
    "null true false end current_date current_time current_timestamp localtime localtimestamp current_user".split()
)
_BEFORE_OPERAND: Final = frozenset(
    "all and any array as between by case distinct else exists from having ilike in interval is like limit not "
    "offset on or returning row select set similar some then to using values when where with".split()
)
_NAME_ANNOTATION: Final = re.compile(r"\n[ \t]*(?:--|#|/\*)[ \t]*name:[ \t]*\S+[ \t]+:\w", re.IGNORECASE)
_SQLC_MACROS: Final = frozenset({"arg", "narg", "slice"})


@value
class Lexed:
    """A text as tokens (the last is always END), with the comments and client commands that stood between them."""

    source: Source
    tokens: list[Token]
    comments: list[Comment]
    metas: list[Meta]
    problems: list[Diagnostic]
    conditionals: list[tuple[int, int]]
    """The marks around text that is code in a comment (`/*!50001` and `*/`)."""


def lex(source: Source, lexis: Lexis, *, parameters: bool = False, start: int = 0, end: int | None = None) -> Lexed:
    """The tokens of a text, or of a stretch of it.

    With `parameters`, placeholders of every form are tokens of their own (query files); without, only `$1` is, and a
    colon or an at sign is an operator (schema files). A string or comment that is never closed is reported where it
    opens, and reading goes on at the next line, or at the next named query that it would have swallowed.
    """
    return _Lexer(source, lexis, parameters, len(source.text) if end is None else end).run(start)


class _Lexer:
    """One pass over one text. The state is what a regular expression cannot know: brackets, and the token before."""

    def __init__(self, source: Source, lexis: Lexis, parameters: bool, end: int) -> None:
        self.source = source
        self.text = source.text[:end]
        self.lexis = lexis
        self.parameters = parameters
        self.tokens: list[Token] = []
        self.comments: list[Comment] = []
        self.metas: list[Meta] = []
        self.problems: list[Diagnostic] = []
        self.brackets: list[str] = []
        self.delimiter: str | None = None
        self.in_conditional = False
        self.conditionals: list[tuple[int, int]] = []
        self.statement_start = 0

    def run(self, start: int) -> Lexed:
        text, pattern = self.text, _pattern(self.lexis)
        handlers = {
            "comment": self.line_comment,
            "block": self.block_comment,
            "conditional": self.conditional_comment,
            "dollar": self.dollar_string,
            "string": self.string,
            "quoted": self.quoted_name,
            "colon": self.colon,
            "at": self.at_sign,
            "question": self.question,
            "dollar_name": self.dollar_name,
            "operator": self.operator,
            "punctuation": self.punctuation,
        }
        at, size = start + text.startswith(_BYTE_ORDER_MARK, start), len(text)
        if self.lexis.meta_commands:
            at = self.meta_commands(at)
        while at < size:
            if self.delimiter is not None and text.startswith(self.delimiter, at):
                at = self.end_statement(at, at + len(self.delimiter))
                continue
            if text[at] == " ":
                at += 1
                continue
            match = pattern.match(text, at)
            if match is None:
                at = self.stray(at)
                continue
            group = match.lastgroup
            if group == "word":
                word = match.group()
                self.tokens.append(Token(Kind.WORD, at, match.end(), word, word.lower()))
                at = match.end()
                if self.lexis.client_delimiters and self.tokens[-1].folded == "delimiter":
                    at = self.change_delimiter(at)
            elif group == "space":
                end = match.end()
                if self.lexis.meta_commands and "\n" in match.group():
                    end = self.meta_commands(end)
                at = end
            elif group == "number":
                number = match.group()
                self.tokens.append(Token(Kind.NUMBER, at, match.end(), number, number))
                at = match.end()
            else:
                assert group is not None
                at = handlers[group](at, match.end())
        self.tokens.append(Token(Kind.END, size, size, "", ""))
        if self.parameters:
            self.tokens = _merge_sqlc_macros(self.tokens)
        return Lexed(self.source, self.tokens, self.comments, self.metas, self.problems, self.conditionals)

    # Comments

    def line_comment(self, start: int, end: int) -> int:
        marker = 1 if self.text[start] == "#" else 2
        self.add_comment(start, end, self.text[start + marker : end])
        return end

    def block_comment(self, start: int, end: int) -> int:
        depth, at = 1, end
        opening = "/*" if self.lexis.nested_comments else None
        while depth:
            close = self.text.find("*/", at)
            inner = self.text.find(opening, at) if opening else -1
            if close < 0:
                return self.unclosed(start, 2, "comment", "unterminated-comment", "`*/`")
            if 0 <= inner < close:
                depth, at = depth + 1, inner + 2
            else:
                depth, at = depth - 1, close + 2
        self.add_comment(start, at, self.text[start + 2 : at - 2])
        return at

    def conditional_comment(self, start: int, end: int) -> int:
        if self.text.startswith("*/", start):
            if self.in_conditional:
                self.in_conditional = False
                self.conditionals.append((start, end))
                return end
            self.tokens.append(Token(Kind.OPERATOR, start, start + 1, "*", "*"))
            return start + 1
        self.in_conditional = True
        self.conditionals.append((start, end))
        return end

    def add_comment(self, start: int, end: int, text: str) -> None:
        line_start = self.text.rfind("\n", 0, start) + 1
        whole_line = not self.text[line_start:start].strip()
        self.comments.append(Comment(start, end, text, whole_line))

    # Strings and quoted names

    def string(self, start: int, end: int) -> int:
        quote_at = start
        while self.text[quote_at] not in "'\"":
            quote_at += 1
        quote = self.text[quote_at]
        escapes = self.lexis.backslash_escapes or self.text[start] in "eE"
        return self.quoted(start, quote_at, quote, escapes, Kind.STRING, "string", "unterminated-string")

    def quoted_name(self, start: int, end: int) -> int:
        quote_at = start
        while self.text[quote_at] not in '"`[':
            quote_at += 1
        quote = self.text[quote_at]
        closing = "]" if quote == "[" else quote
        return self.quoted(start, quote_at, closing, False, Kind.QUOTED, "quoted name", "unterminated-name")

    def quoted(self, start: int, quote_at: int, quote: str, escapes: bool, kind: Kind, what: str, code: str) -> int:
        match = _closing(quote, escapes).match(self.text, quote_at + 1)
        if match is None or _NAME_ANNOTATION.search(self.text, start, match.end()):
            return self.unclosed(start, quote_at + 1 - start, what, code, f"`{quote}`")
        end = match.end()
        raw = self.text[start:end]
        self.tokens.append(Token(kind, start, end, raw, raw))
        return end

    def dollar_string(self, start: int, end: int) -> int:
        tag = self.text[start:end]
        close = self.text.find(tag, end)
        if close < 0 or _NAME_ANNOTATION.search(self.text, start, close):
            return self.unclosed(start, len(tag), "dollar-quoted string", "unterminated-string", f"`{tag}`")
        raw = self.text[start : close + len(tag)]
        self.tokens.append(Token(Kind.STRING, start, close + len(tag), raw, raw))
        return close + len(tag)

    def unclosed(self, start: int, opening: int, what: str, code: str, closing: str) -> int:
        span = self.source.span(start, start + opening)
        self.problems.append(error(code, f"this {what} is never closed", span, f"close it with {closing}"))
        swallowed = _NAME_ANNOTATION.search(self.text, start)
        line_end = self.text.find("\n", start)
        end = swallowed.start() if swallowed else (line_end if line_end >= 0 else len(self.text))
        raw = self.text[start:end]
        if what != "comment":
            self.tokens.append(Token(Kind.STRING, start, end, raw, raw))
        return end

    # Parameters

    def colon(self, start: int, end: int) -> int:
        in_slice = self.lexis.colon_slices and bool(self.brackets) and self.brackets[-1] == "["
        if not self.parameters or in_slice:
            self.tokens.append(Token(Kind.OPERATOR, start, start + 1, ":", ":"))
            return start + 1
        return self.parameter(start, end)

    def at_sign(self, start: int, end: int) -> int:
        if self.lexis.at_variables:
            raw = self.text[start:end]
            self.tokens.append(Token(Kind.VARIABLE, start, end, raw, raw))
            return end
        if not self.parameters:
            self.tokens.append(Token(Kind.OPERATOR, start, start + 1, "@", "@"))
            return start + 1
        return self.parameter(start, end)

    def dollar_name(self, start: int, end: int) -> int:
        if not self.parameters:
            self.tokens.append(Token(Kind.OPERATOR, start, start + 1, "$", "$"))
            return start + 1
        return self.parameter(start, end)

    def parameter(self, start: int, end: int) -> int:
        """A named parameter, with the `?` or `!` behind it when that is its mark and not an operator."""
        following = self.text[end : end + 1]
        marked = (following == "!" and self.text[end + 1 : end + 2] != "=") or (
            following == "?" and not (self.lexis.question_operator and self.operand_follows(end + 1))
        )
        end += marked
        raw = self.text[start:end]
        self.tokens.append(Token(Kind.PARAMETER, start, end, raw, raw))
        return end

    def operand_follows(self, at: int) -> bool:
        """Whether an operand begins here, so that a `?` before it is an operator."""
        match = _NEXT.match(self.text, at)
        assert match is not None
        word = match.group("word")
        if word is not None:
            return word.lower() in {"array", "row", "cast"}
        return match.group("operand") is not None

    def question(self, start: int, end: int) -> int:
        if self.lexis.question_operator and (not self.parameters or self.after_operand()):
            end = start + (2 if self.text[start + 1 : start + 2] in ("|", "&") else 1)
            raw = self.text[start:end]
            self.tokens.append(Token(Kind.OPERATOR, start, end, raw, raw))
            return end
        raw = self.text[start:end]
        self.tokens.append(Token(Kind.PARAMETER, start, end, raw, raw))
        return end

    def after_operand(self) -> bool:
        if not self.tokens:
            return False
        before = self.tokens[-1]
        if before.kind is Kind.WORD:
            return before.folded in _OPERAND_WORDS or before.folded not in _BEFORE_OPERAND
        if before.kind is Kind.PUNCTUATION:
            return before.text in ")]"
        return before.kind in {Kind.QUOTED, Kind.STRING, Kind.NUMBER, Kind.PARAMETER}

    # Operators and punctuation

    def operator(self, start: int, end: int) -> int:
        raw = self.text[start:end]
        if self.lexis.custom_operators and raw not in self.lexis.operators:
            raw = self.trim_operator(raw, end)
        if raw.startswith("$") and len(raw) > 1:
            self.tokens.append(Token(Kind.PARAMETER, start, start + len(raw), raw, raw))
        else:
            self.tokens.append(Token(Kind.OPERATOR, start, start + len(raw), raw, raw))
        return start + len(raw)

    def trim_operator(self, raw: str, end: int) -> str:
        """A run of operator characters, cut as PostgreSQL cuts it, and before a comment or an `@parameter`."""
        for opening in ("--", "/*"):
            if opening in raw[1:]:
                raw = raw[: raw.index(opening, 1)]
        known = len(raw) == 2 or raw[:-1] in self.lexis.operators
        parameter_follows = raw[-1] == "?" or (raw[-1] == "@" and _WORD.match(self.text, end) is not None)
        if self.parameters and len(raw) > 1 and known and parameter_follows:
            return raw[:-1]
        while len(raw) > 1 and raw[-1] in "+-" and not any(character in "~!@#%^&|`?" for character in raw):
            raw = raw[:-1]
        return raw

    def punctuation(self, start: int, end: int) -> int:
        raw = self.text[start]
        if raw == ";" and self.delimiter is None:
            return self.end_statement(start, end)
        if raw in "([":
            self.brackets.append("array" if raw == "[" and self.opens_array() else raw)
        elif raw in ")]" and self.brackets:
            self.brackets.pop()
        self.tokens.append(Token(Kind.PUNCTUATION, start, end, raw, raw))
        return end

    def opens_array(self) -> bool:
        if not self.tokens:
            return False
        before = self.tokens[-1]
        inside = bool(self.brackets) and self.brackets[-1] == "array"
        return before.folded == "array" or (inside and before.text in ("[", ","))

    def end_statement(self, start: int, end: int) -> int:
        self.tokens.append(Token(Kind.TERMINATOR, start, end, self.text[start:end], ";"))
        self.brackets.clear()
        statement = self.tokens[self.statement_start : -1]
        self.statement_start = len(self.tokens)
        words = [token.folded for token in statement if token.kind is Kind.WORD]
        if words[:1] == ["copy"] and "stdin" in words and "\\" in self.lexis.meta_commands:
            return self.copy_data(end)
        return end

    # What clients of the databases add

    def copy_data(self, start: int) -> int:
        close = re.compile(r"^\\\.[ \t\r]*$", re.MULTILINE).search(self.text, start)
        return close.end() if close else len(self.text)

    def meta_commands(self, at: int) -> int:
        """Skip the client commands that begin at this start of a line, remembering each."""
        while True:
            match = _LINE_INDENT.match(self.text, at)
            assert match is not None
            begin = match.end()
            character = self.text[begin : begin + 1]
            if not character or character not in self.lexis.meta_commands or not self.at_statement_start(character):
                return at
            line_end = self.text.find("\n", begin)
            line_end = line_end if line_end >= 0 else len(self.text)
            self.metas.append(Meta(begin, line_end, self.text[begin:line_end].rstrip()))
            at = line_end

    def at_statement_start(self, character: str) -> bool:
        return character == "\\" or len(self.tokens) == self.statement_start

    def change_delimiter(self, at: int) -> int:
        if len(self.tokens) - 1 != self.statement_start:
            return at
        line_end = self.text.find("\n", at)
        line_end = line_end if line_end >= 0 else len(self.text)
        wanted = self.text[at:line_end].strip()
        self.tokens.pop()
        self.delimiter = None if wanted == ";" else wanted or None
        return line_end

    def stray(self, at: int) -> int:
        character = self.text[at]
        shown = repr(character)[1:-1] if not character.isprintable() else character
        span = self.source.span(at, at + 1)
        self.problems.append(error("syntax", f"`{shown}` has no meaning here", span, "remove it, or quote it"))
        return at + 1


_WORD: Final = re.compile(_WORD_START, re.ASCII)
_LINE_INDENT: Final = re.compile(r"[ \t\r\n]*")
_NEXT: Final = re.compile(
    rf"\s*(?:(?P<word>{_WORD_START}{_IN_WORD}*)|(?P<operand>['\"$@(\d]|:(?!:)|\|(?!\|)|&(?!&)))?", re.ASCII
)


@lru_cache(maxsize=8)
def _closing(quote: str, escapes: bool) -> re.Pattern[str]:
    q = re.escape(quote)
    if quote == "]":
        return re.compile(r"[^\]]*\]")
    if escapes:
        return re.compile(rf"[^{q}\\]*(?:(?:{q}{q}|\\.)[^{q}\\]*)*{q}", re.DOTALL)
    return re.compile(rf"[^{q}]*(?:{q}{q}[^{q}]*)*{q}")


@lru_cache(maxsize=8)
def _pattern(lexis: Lexis) -> re.Pattern[str]:
    """One expression for every token of a database; the order of its alternatives decides ties."""
    in_word = _IN_WORD_WITH_DOLLAR if lexis.dollar_in_words else _IN_WORD
    word = rf"{_WORD_START}{in_word}*"
    strings = "".join(lexis.string_quotes)
    parts = [r"(?P<space>\s+)"]
    parts.append(rf"(?P<comment>{_line_comments(lexis)})")
    if lexis.conditional_comments:
        parts.append(r"(?P<conditional>/\*M?!\d*|\*/)")
    parts.append(r"(?P<block>/\*)")
    prefixes = r"(?:[bBxXnN]|[eE]|[uU]&)?" if lexis.escape_strings else r"(?:[bBxXnN])?"
    parts.append(rf"(?P<string>{prefixes}'|[{strings}])")
    names = re.escape(lexis.identifier_quotes)
    parts.append(rf"(?P<quoted>{'(?:[uU]&)?' if lexis.escape_strings else ''}[{names}])")
    if lexis.digits_begin_words:
        parts.append(rf"(?P<number>(?:{_NUMBER})(?!{in_word}))")
        word = rf"{word}|\d+{_WORD_START}{in_word}*"
    parts.append(rf"(?P<word>{word})")
    if not lexis.digits_begin_words:
        parts.append(rf"(?P<number>{_NUMBER})")
    if lexis.dollar_quotes:
        parts.append(rf"(?P<dollar>\$(?:{_WORD_START}{_IN_WORD}*)?\$)")
    single = re.escape(lexis.operator_characters.replace("?", ""))
    if lexis.at_variables:
        parts.append(rf"(?P<at>@@?(?:{_WORD_START}|\.){_IN_VARIABLE}*|@@?[`'\"][^`'\"]*[`'\"])")
    if lexis.custom_operators:
        parts.append(rf"(?P<operator>::|:=|=>|\$\d+|(?!@{_WORD_START})[{single}][{single}?]*)")
    else:
        known = "".join(re.escape(operator) + "|" for operator in sorted(lexis.operators, key=len, reverse=True))
        parts.append(rf"(?P<operator>{known}\$\d+|(?!@{_WORD_START})[{single}])")
    if not lexis.at_variables:
        parts.append(rf"(?P<at>@{_WORD_START}{_IN_WORD}*)")
    parts.append(r"(?P<question>\?\d*)")
    if lexis.dollar_names:
        parts.append(rf"(?P<dollar_name>\${_WORD_START}{_IN_WORD}*(?:::{_IN_WORD}+)*)")
    parts.append(rf"(?P<colon>:{_WORD_START}{_IN_WORD}*)")
    parts.append(r"(?P<punctuation>[()\[\],;.{}:])")
    return re.compile("|".join(parts), re.ASCII)


_NUMBER: Final = (
    r"0[xX][0-9A-Fa-f]+|0[oO][0-7]+|0[bB][01]+" r"|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?"
)


def _line_comments(lexis: Lexis) -> str:
    dashes = r"--(?=\s|$)[^\n]*" if lexis.spaced_dash_comments else r"--[^\n]*"
    return dashes + (r"|\#[^\n]*" if lexis.hash_comments else "")


def _merge_sqlc_macros(tokens: list[Token]) -> list[Token]:
    """`sqlc.arg(name)`, `sqlc.narg('name')` and `sqlc.slice(name)` as one parameter token each."""
    if not any(token.folded == "sqlc" for token in tokens):
        return tokens
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        window = tokens[at : at + 6]
        if (
            len(window) == 6
            and window[0].folded == "sqlc"
            and window[1].text == "."
            and window[2].folded in _SQLC_MACROS
            and window[3].text == "("
            and window[4].kind in {Kind.WORD, Kind.STRING, Kind.QUOTED}
            and window[5].text == ")"
        ):
            text = f"sqlc.{window[2].folded}({window[4].text})"
            result.append(Token(Kind.PARAMETER, window[0].start, window[5].end, text, text))
            at += 6
        else:
            result.append(tokens[at])
            at += 1
    return result
