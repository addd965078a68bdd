"""Statements as words that can be compared: how they are laid out and commented makes no difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from ..dialects.base import Names
from ..model.tokens import Kind, Token

Tokens = Callable[[str], Sequence[Token]]
"""The tokens of a text, without its comments; handed in, because reading is another phase."""
_LONGEST: Final = 60
_AROUND: Final = 2
_MANY: Final = 2000
"""Words that take long to be compared without leaving out the frequent ones."""
_CODE: Final = (None, "sql", "plpgsql")


class Word(NamedTuple):
    """A word: what it has in common with the same in other letters or quotes, its own text, and whether it stands
    apart from the word before."""

    key: str
    text: str
    apart: bool


Words = tuple[Word, ...]


def words_of(text: str, tokens: Tokens, names: Names, language: str | None = None) -> Words:
    """The words of a text. A function's body is words, too, where its language is one of SQL's."""
    found: list[Word] = []
    end = 0
    for token in tokens(text):
        if token.kind is Kind.END:
            continue
        apart, end = token.start > end, token.end
        body = _body(token) if language in _CODE else None
        if body is None:
            found.append(Word(_key(token, names), token.text, apart))
        else:
            first, *rest = words_of(body, tokens, names) or (Word("", "", True),)
            found += [first._replace(apart=True), *rest]
    return tuple(found[:-1] if found and found[-1].key == ";" else found)


def name_of(token: Token) -> str:
    """The name that a token is, without its quotes."""
    if token.kind is not Kind.QUOTED:
        return token.folded
    closing = token.text[-1]
    return token.text[1:-1].replace(closing * 2, closing)


def shown(words: Sequence[Word]) -> str:
    return "".join(f"{' ' * (word.apart and at > 0)}{word.text}" for at, word in enumerate(words))


def keys(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.key for word in words)


def apart(ours: Words, theirs: Words) -> tuple[str, str]:
    """Where two texts part first, with a few words around it; each short enough for one line."""
    matcher = SequenceMatcher(None, keys(ours), keys(theirs), autojunk=len(ours) + len(theirs) > _MANY)
    changed = (one for one in matcher.get_opcodes() if one[0] != "equal")
    _, start, end, other_start, other_end = next(changed, ("equal", 0, 0, 0, 0))
    return _part(ours, start, end), _part(theirs, other_start, other_end)


def _part(words: Words, start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(words))
    text = shown(words[first:last])
    cut = f"{text[:_LONGEST].rstrip()}…" if len(text) > _LONGEST else f"{text}{'…' * (last < len(words))}"
    return f"{'…' * (first > 0)}{cut}"


def _key(token: Token, names: Names) -> str:
    match token.kind:
        case Kind.QUOTED:
            return names.column_key(name_of(token))
        case Kind.WORD:
            return token.folded
        case _:
            return token.text


def _body(token: Token) -> str | None:
    """What stands between the marks of a string in dollars."""
    if token.kind is not Kind.STRING or not token.text.startswith("$"):
        return None
    mark = token.text.index("$", 1) + 1
    return token.text[mark:-mark]
