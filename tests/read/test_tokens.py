"""Characters to tokens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read.reading import lexed, tokens

BOTH = [
    ("a b", ["word a", "word b"]),
    ("'a''b'", ["string 'a''b'"]),
    ("'a\\' b", ["string 'a\\'", "word b"]),
    ("'a\nb'", ["string 'a\nb'"]),
    ("''", ["string ''"]),
    ('"a""b"', ['quoted name "a""b"']),
    ('"a;b" c', ['quoted name "a;b"', "word c"]),
    ("x'1F' X'1f'", ["string x'1F'", "string X'1f'"]),
    ("a--b\nc", ["word a", "word c"]),
    ("a -- b", ["word a"]),
    ("a/*;*/b", ["word a", "word b"]),
    ("1 1.5 .5 1. 1e5 1.5E-3", [f"number {n}" for n in "1 1.5 .5 1. 1e5 1.5E-3".split()]),
    ("a.b.c", ["word a", "punctuation .", "word b", "punctuation .", "word c"]),
    (
        "a<=b<>c!=d||e",
        ["word a", "operator <=", "word b", "operator <>", "word c", "operator !=", "word d", "operator ||", "word e"],
    ),
    ("a->b->>c", ["word a", "operator ->", "word b", "operator ->>", "word c"]),
    ("a<<b>>c", ["word a", "operator <<", "word b", "operator >>", "word c"]),
    ("-1", ["operator -", "number 1"]),
    ("a=-1", ["word a", "operator =", "operator -", "number 1"]),
    ("a*-b", ["word a", "operator *", "operator -", "word b"]),
    (
        "f(a,b);",
        ["word f", "punctuation (", "word a", "punctuation ,", "word b", "punctuation )", "end of statement ;"],
    ),
    ("größe 名前 café\u0301 naïve😀", ["word größe", "word 名前", "word café\u0301", "word naïve😀"]),
    (":id", ["parameter :id"]),
    ("@id", ["parameter @id"]),
    ("a=:id", ["word a", "operator =", "parameter :id"]),
    ("a=@id", ["word a", "operator =", "parameter @id"]),
    ("':id' \":id\" --:id", ["string ':id'", 'quoted name ":id"']),
    ("sqlc.arg(a)", ["parameter sqlc.arg(a)"]),
    ("sqlc.narg( 'a' )", ["parameter sqlc.narg('a')"]),
    ("SQLC . slice ( a )", ["parameter sqlc.slice(a)"]),
    ("sqlc.embed(a)", ["word sqlc", "punctuation .", "word embed", "punctuation (", "word a", "punctuation )"]),
    ("", []),
    (" \t\r\n\f", []),
    ("\ufeffa", ["word a"]),
]
POSTGRES = [
    ("a /* b /* c */ d */ e", ["word a", "word e"]),
    ("/* -- */ a", ["word a"]),
    ("$$a;b'$$", ["string $$a;b'$$"]),
    ("$x$ $$ $y$ $x$ a", ["string $x$ $$ $y$ $x$", "word a"]),
    ("$größe$a$größe$", ["string $größe$a$größe$"]),
    ("a$b", ["word a$b"]),
    ("$1,$2", ["parameter $1", "punctuation ,", "parameter $2"]),
    ("$1::int", ["parameter $1", "operator ::", "word int"]),
    ("a=$1", ["word a", "operator =", "parameter $1"]),
    ("E'a\\'b' e'\\\\' c", ["string E'a\\'b'", "string e'\\\\'", "word c"]),
    ("U&'d\\0061' u&\"d\"", ["string U&'d\\0061'", 'quoted name u&"d"']),
    ("b'01' N'x' e b n", ["string b'01'", "string N'x'", "word e", "word b", "word n"]),
    ("a::int", ["word a", "operator ::", "word int"]),
    (":a::int", ["parameter :a", "operator ::", "word int"]),
    (
        "a[1:2] a[:m:n]",
        [
            "word a",
            "punctuation [",
            "number 1",
            "punctuation :",
            "number 2",
            "punctuation ]",
            "word a",
            "punctuation [",
            "operator :",
            "word m",
            "operator :",
            "word n",
            "punctuation ]",
        ],
    ),
    (
        "array[:a, :b]",
        ["word array", "punctuation [", "parameter :a", "punctuation ,", "parameter :b", "punctuation ]"],
    ),
    ("array[[:a]]", ["word array", "punctuation [", "punctuation [", "parameter :a", "punctuation ]", "punctuation ]"]),
    ("a ? 'b'", ["word a", "operator ?", "string 'b'"]),
    ("a ?| b ?& c", ["word a", "operator ?|", "word b", "operator ?&", "word c"]),
    ("a ? :b", ["word a", "operator ?", "parameter :b"]),
    ("a = ? and b > ?", ["word a", "operator =", "parameter ?", "word and", "word b", "operator >", "parameter ?"]),
    ("f(?, ?)", ["word f", "punctuation (", "parameter ?", "punctuation ,", "parameter ?", "punctuation )"]),
    (":a ? 'b'", ["parameter :a", "operator ?", "string 'b'"]),
    (":a? and b", ["parameter :a?", "word and", "word b"]),
    ("a @> b <@ c @@ d", ["word a", "operator @>", "word b", "operator <@", "word c", "operator @@", "word d"]),
    ("a @> @b", ["word a", "operator @>", "parameter @b"]),
    ("a @>@b", ["word a", "operator @>", "parameter @b"]),
    ("a @@ :b", ["word a", "operator @@", "parameter :b"]),
    ("@-1", ["operator @-", "number 1"]),
    ("a #>> b #- c", ["word a", "operator #>>", "word b", "operator #-", "word c"]),
    ("a!~~*b~*c", ["word a", "operator !~~*", "word b", "operator ~*", "word c"]),
    ("a<->b -|- c", ["word a", "operator <->", "word b", "operator -|-", "word c"]),
    ("a := b, c => d", ["word a", "operator :=", "word b", "punctuation ,", "word c", "operator =>", "word d"]),
    ("a=>:b", ["word a", "operator =>", "parameter :b"]),
    ("a+/* */b", ["word a", "operator +", "word b"]),
    ("a+--b", ["word a", "operator +"]),
    ("a %%% b", ["word a", "operator %%%", "word b"]),
    ("1..2", ["number 1", "punctuation .", "number .2"]),
    ("ÄB", ["word ÄB"]),
]
SQLITE = [
    (":id? :id! :id!=1", ["parameter :id?", "parameter :id!", "parameter :id", "operator !=", "number 1"]),
    ("a /* b /* c */ d", ["word a", "word d"]),
    ("[a b] `c``d`", ["quoted name [a b]", "quoted name `c``d`"]),
    ("[a]]", ["quoted name [a]", "punctuation ]"]),
    ("? ?1 ?23", ["parameter ?", "parameter ?1", "parameter ?23"]),
    ("a=?", ["word a", "operator =", "parameter ?"]),
    ("a?", ["word a", "parameter ?"]),
    ("$a $a::b", ["parameter $a", "parameter $a::b"]),
    ("a==b", ["word a", "operator ==", "word b"]),
    ("0x1F 0X1f", ["number 0x1F", "number 0X1f"]),
    ("a&b|c~d", ["word a", "operator &", "word b", "operator |", "word c", "operator ~", "word d"]),
    ("e'a'", ["word e", "string 'a'"]),
]
NO_PARAMETERS = [
    ("postgres", "a @> b", ["word a", "operator @>", "word b"]),
    ("postgres", "a ? b", ["word a", "operator ?", "word b"]),
    ("postgres", "a :b", ["word a", "operator :", "word b"]),
    ("sqlite", "a @b", ["word a", "operator @", "word b"]),
]


@pytest.mark.parametrize("written", ["postgres", "sqlite"])
@pytest.mark.parametrize(("text", "expected"), BOTH)
def test_tokens_of_every_database(text: str, expected: list[str], written: str) -> None:
    assert tokens(text, written) == expected


@pytest.mark.parametrize(("text", "expected"), POSTGRES)
def test_tokens_of_postgres(text: str, expected: list[str]) -> None:
    assert tokens(text, "postgres") == expected


@pytest.mark.parametrize(("text", "expected"), SQLITE)
def test_tokens_of_sqlite(text: str, expected: list[str]) -> None:
    assert tokens(text, "sqlite") == expected


@pytest.mark.parametrize(("written", "text", "expected"), NO_PARAMETERS)
def test_schema_files_have_no_parameters(written: str, text: str, expected: list[str]) -> None:
    assert tokens(text, written, parameters=False) == expected


@pytest.mark.parametrize("written", ["postgres", "sqlite"])
@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("-- a\nb", [(" a", True)]),
        ("b -- a", [(" a", False)]),
        ("  /* a\n */ b", [(" a\n ", True)]),
        ("--", [("", True)]),
        ("'--a' --", [("", False)]),
        ("--a\n--b", [("a", True), ("b", True)]),
    ],
)
def test_comments(text: str, comments: list[tuple[str, bool]], written: str) -> None:
    assert [(comment.text, comment.whole_line) for comment in lexed(text, written).comments] == comments


@pytest.mark.parametrize(
    ("written", "text", "code", "opening"),
    [
        ("postgres", "a 'b", "unterminated-string", "'"),
        ("postgres", "a E'b\\'", "unterminated-string", "E'"),
        ("postgres", 'a "b', "unterminated-name", '"'),
        ("postgres", "a /* b /* */", "unterminated-comment", "/*"),
        ("postgres", "a $x$ b $y$", "unterminated-string", "$x$"),
        ("sqlite", "a [b", "unterminated-name", "["),
        ("sqlite", "a `b", "unterminated-name", "`"),
        ("sqlite", "a /* b", "unterminated-comment", "/*"),
    ],
)
def test_what_is_never_closed_is_reported_where_it_opens(written: str, text: str, code: str, opening: str) -> None:
    (problem,) = lexed(text, written).problems
    assert (problem.code, problem.span and problem.span.text) == (code, opening)


FRAGMENTS = st.sampled_from(
    (
        "'·''·\"·`·[·]·(·)·--·/*·*/·\n·\r\n· ·\t·;·:·::·:a·@·@b·$·$1·$$·$x$·?·?1·E'·U&'·e·1·1.·.5·e5·\\·"
        "\\.·<·>·=·!·|·select·copy·from stdin·-- name: a :one\n·é·\u0301·\u00a0·\x00·\ufeff·sqlc.arg(·a"
    ).split("·")
)
TEXTS = st.one_of(st.lists(FRAGMENTS, max_size=30).map("".join), st.text(max_size=40))


@given(TEXTS, st.sampled_from(["postgres", "sqlite"]), st.booleans())
def test_tokens_tile_the_text(text: str, written: str, parameters: bool) -> None:
    """Nothing is read twice, and what no token, comment or client command holds is white space or was reported."""
    found = lexed(text, written, parameters=parameters)
    pieces = sorted((piece.start, piece.end) for piece in (*found.tokens, *found.comments, *found.metas))
    reported = [problem.span.start for problem in found.problems if problem.span]
    at = 0
    for start, end in pieces:
        assert at <= start <= end
        gap = text[at:start]
        known = not gap.strip(" \t\r\n\f\v\ufeff") or any(at <= place < start for place in reported)
        assert known or re.search(r"copy.*stdin", text, re.IGNORECASE | re.DOTALL)
        at = end
    assert found.tokens[-1].end == len(text)
