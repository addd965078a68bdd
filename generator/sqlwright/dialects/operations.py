"""The operations that databases have in common, by neutral names.

A dialect says which operation a call or an operator of its own is (`Meaning`), and how it writes one (`Spelling`). What
one has and another has not is not translated, but refused. The names of arguments stand in their order.
"""

from __future__ import annotations

from typing import Final

OPERATIONS: Final = {
    # Comparison and logic
    "compare": "operator = <> < <= > >= on values of one type; text by code point",
    "null.coalesce": "the first that is not NULL",
    "null.nullif": "a, or NULL when it equals b",
    "greatest": "the greatest, NULLs left out",
    "least": "the least, NULLs left out",
    # Numbers
    "number.add": "a + b",
    "number.subtract": "a - b",
    "number.multiply": "a * b",
    "number.divide.integer": "a / b of integers, cut towards zero",
    "number.divide.float": "a / b of floats",
    "number.divide.decimal": "a / b of decimals, with the digits that PostgreSQL gives",
    "number.modulo": "the rest of a / b, with the sign of a",
    "number.negate": "-a",
    "number.plus": "+a",
    "number.abs": "the absolute value",
    "number.round": "a rounded half away from zero, to n decimals",
    "number.floor": "the greatest integer not above a",
    "number.ceil": "the least integer not below a",
    "number.sign": "-1, 0 or 1",
    "number.power": "a to the power of b, as floats",
    "number.sqrt": "the square root of a float",
    "bits.and": "a & b",
    "bits.or": "a | b",
    "bits.left": "a << b",
    "bits.right": "a >> b",
    "bits.not": "~a",
    # Text
    "text.concat.operator": "a || b; NULL when one is",
    "text.concat": "all joined, NULLs left out",
    "text.lower": "in lower case",
    "text.upper": "in upper case",
    "text.length": "the number of code points",
    "text.bytes": "the number of bytes in UTF-8",
    "text.substring": "from position n (counted from 1), perhaps of a length",
    "text.trim.both": "without the characters given (blanks) at both ends",
    "text.trim.left": "without them at the start",
    "text.trim.right": "without them at the end",
    "text.replace": "every b in a by c",
    "text.position": "where b begins in a, counted from 1; 0 when it does not",
    "text.left": "the first n",
    "text.right": "the last n",
    "text.repeat": "a, n times",
    "text.reverse": "the other way round",
    "text.like": "LIKE with upper and lower case told apart, backslash as escape",
    "text.like.folded": "LIKE with ASCII letters of either case taken for the same, no escape",
    "text.ilike": "LIKE without regard to case, backslash as escape",
    # Moments
    "moment.now": "the time of the transaction or statement, with a zone",
    "moment.now.local": "the same in UTC, without a zone",
    "moment.now.text": "the same as text, to the second",
    "moment.today": "the date in UTC",
    "moment.add": "a moment and an interval",
    "moment.subtract": "a moment less an interval",
    "moment.difference": "the interval from b to a",
    "date.add": "a date and a number of days",
    "date.subtract": "a date less a number of days",
    "date.difference": "the days from b to a",
    "moment.trunc": "cut to a unit",
    "moment.part": "a part of a moment, as a decimal",
    # JSON
    "json.get": "a member or element, as JSON",
    "json.get.text": "a member or element, as text",
    "json.object": "an object of keys and values",
    "json.array": "an array of values",
    "json.array.length": "the number of elements",
    # Others
    "uuid.random": "a new UUID of version 4",
    "random": "a float from 0 up to 1",
    # Aggregates
    "count": "the number of rows, or of values that are not NULL",
    "sum": "the sum; NULL over no values",
    "avg": "the mean; NULL over no values",
    "min": "the least; NULL over no values",
    "max": "the greatest; NULL over no values",
    "every": "whether all are true; NULL over no values",
    "any": "whether one is true; NULL over no values",
    "text.aggregate": "all joined with a separator; NULL over no values",
    "json.aggregate": "an array of all; NULL over no rows",
    # Windows
    "window.row_number": "the number of the row in its window",
    "window.rank": "the rank, with gaps",
    "window.dense_rank": "the rank, without gaps",
    "window.percent_rank": "the relative rank",
    "window.cume_dist": "the cumulative distribution",
    "window.ntile": "the number of the bucket",
    "window.lag": "the value some rows before",
    "window.lead": "the value some rows behind",
    "window.first_value": "the first value of the frame",
    "window.last_value": "the last value of the frame",
    "window.nth_value": "the nth value of the frame",
}
