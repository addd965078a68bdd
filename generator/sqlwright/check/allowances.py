"""The comments `-- allow CODE: reason` of a package: what they silence, and which of them have nothing to silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..diagnostics import Diagnostic, Source, Span, warning

_ALLOW: Final = re.compile(r"--[ \t]*allow[ \t]+(?P<code>[\w-]+)[ \t]*:[ \t]*(?P<reason>\S.*)", re.IGNORECASE)


class Allowances:
    """What is allowed in some sources, and was made use of so far."""

    def __init__(self) -> None:
        self._used: set[tuple[str, int]] = set()

    def within(self, source: Source, start: int, end: int, code: str) -> bool:
        """Whether a comment between two offsets, or behind on the last line, allows what a code is for."""
        line_end = source.text.find("\n", end)
        matches = _ALLOW.finditer(source.text, start, line_end if line_end >= 0 else len(source.text))
        found = {(source.name, match.start()) for match in matches if match["code"].lower() == code}
        self._used |= found
        return bool(found)

    def beside(self, span: Span, code: str) -> bool:
        """Whether a comment on the line of a place, or on lines of comments right above it, does."""
        source = span.source
        line = span.line
        while line > 1 and source.line(line - 1).lstrip().startswith("--"):
            line -= 1
        return self.within(source, source.line_starts[line - 1], span.end, code)

    def needless(self, sources: Iterable[Source], codes: Iterable[str]) -> Iterator[Diagnostic]:
        """The comments with some codes that silence nothing."""
        wanted = frozenset(codes)
        for source in sources:
            for match in _ALLOW.finditer(source.text):
                code = match["code"].lower()
                if code in wanted and (source.name, match.start()) not in self._used:
                    message = f"there is no `{code}` here that would have to be allowed"
                    yield warning(
                        "needless-allow", message, source.span(match.start(), match.end()), "delete the comment"
                    )
