"""Comments `-- allow CODE: reason`: whether they say what they can, and stand where they are heard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..diagnostics import Diagnostic, Source, error, nearest_of, warning
from ..model.allowances import IN_QUERIES, IN_SCHEMAS, NAMING
from ..model.tokens import Comment

_NAME: Final = rf"(?:(?<={NAMING})\s+(?P<name>[^:\n]*[^:\s]))?"
_ALLOW: Final = re.compile(rf"\s*allow\s+(?P<code>[\w-]+){_NAME}\s*:\s*(?P<reason>.*?)\s*", re.IGNORECASE)
_BEGUN: Final = re.compile(rf"\s*allow\s+(?P<code>{'|'.join(IN_QUERIES + IN_SCHEMAS)})\b(?!\s*:).*", re.IGNORECASE)
_CODE: Final = "bad-annotation"


def is_allowance(comment: Comment) -> bool:
    return _ALLOW.fullmatch(comment.text) is not None or _BEGUN.fullmatch(comment.text) is not None


def allowed_names(comments: Iterable[Comment], code: str) -> frozenset[str]:
    """What comments allow with a reason, by name; the empty name is that of what they stand above."""
    found = (_ALLOW.fullmatch(comment.text.partition("\n")[0]) for comment in comments)
    return frozenset(one["name"] or "" for one in found if one and one["reason"] and one["code"].lower() == code)


def allowance_findings(source: Source, comments: Iterable[Comment], codes: Sequence[str]) -> Iterator[Diagnostic]:
    """What is wrong with what is allowed, in a place where some codes are heard."""
    for comment in comments:
        found = _ALLOW.fullmatch(comment.text) or _BEGUN.fullmatch(comment.text)
        if found is None:
            continue
        span = source.span(comment.start, comment.end)
        code = found["code"].lower()
        if code not in IN_QUERIES + IN_SCHEMAS:
            at = source.text.index(found["code"], comment.start)
            place = source.span(at, at + len(code))
            help = nearest_of(code, codes, "codes that are heard here")
            yield warning(_CODE, f"there is nothing called `{code}` to allow", place, help)
        elif found.re is _BEGUN or not found["reason"]:
            yield error(
                _CODE, "what is allowed needs a reason", span, f"write why: `-- allow {code}: {_because(code)}`"
            )
        elif code not in codes:
            where = "under the name of the query" if code in IN_QUERIES else "beside the index or key, in the schema"
            yield warning(_CODE, f"`{code}` is not heard here", span, f"write it {where}")


def stray_findings(source: Source, comments: Iterable[Comment]) -> Iterator[Diagnostic]:
    """What is allowed in comments that belong to no query."""
    for comment in comments:
        if is_allowance(comment):
            span = source.span(comment.start, comment.end)
            help = "move it under the `-- name:` of the query that it is for"
            yield warning(_CODE, "this comment belongs to no query, and allows nothing", span, help)


def _because(code: str) -> str:
    return "a few hundred rows at most" if code in IN_QUERIES else "the reports read by it"
