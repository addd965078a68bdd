"""How MySQL writes SQL.

Keywords are those of the manual, section 11.3 (Keywords and Reserved Words), precedence that of section 14.4.1.
"""

from __future__ import annotations

from typing import Final

from ...model.lexis import Grammar, Lexis

RESERVED: Final = frozenset("""
    accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade case
    change char character check collate column condition constraint continue convert create cross cube cume_dist
    current_date current_time current_timestamp current_user cursor database databases day_hour day_microsecond
    day_minute day_second dec decimal declare default delayed delete dense_rank desc describe deterministic distinct
    distinctrow div double drop dual each else elseif empty enclosed escaped except exists exit explain false fetch
    first_value float float4 float8 for force foreign from fulltext function generated get grant group grouping groups
    having high_priority hour_microsecond hour_minute hour_second if ignore in index infile inner inout insensitive
    insert int int1 int2 int3 int4 int8 integer intersect interval into io_after_gtids io_before_gtids is iterate join
    json_table key keys kill lag last_value lateral lead leading leave left like limit linear lines load localtime
    localtimestamp lock long longblob longtext loop low_priority manual master_bind master_ssl_verify_server_cert match
    maxvalue mediumblob mediumint mediumtext middleint minute_microsecond minute_second mod modifies natural not
    no_write_to_binlog nth_value ntile null numeric of on optimize optimizer_costs option optionally or order out outer
    outfile over parallel partition percent_rank precision primary procedure purge qualify range rank read reads
    read_write real recursive references regexp release rename repeat replace require resignal restrict return revoke
    right rlike row rows row_number schema schemas second_microsecond select sensitive separator set show signal
    smallint spatial specific sql sqlexception sqlstate sqlwarning sql_big_result sql_calc_found_rows sql_small_result
    ssl starting stored straight_join system table tablesample terminated then tinyblob tinyint tinytext to trailing
    trigger true undo union unique unlock unsigned update usage use using utc_date utc_time utc_timestamp values
    varbinary varchar varcharacter varying virtual when where while window with write xor year_month zerofill
    """.split())
CALLABLE: Final = frozenset("""
    char charset convert cume_dist database date dense_rank first_value format grouping if insert interval json_table
    lag last_value lead left mod nth_value ntile percent_rank rank repeat replace right row_number schema truncate
    values
    """.split())

INTERVAL_UNITS: Final = frozenset("""
    microsecond second minute hour day week month quarter year second_microsecond minute_microsecond minute_second
    hour_microsecond hour_second hour_minute day_microsecond day_second day_minute day_hour year_month
    """.split())
LITERAL_TYPES: Final = frozenset(("date", "time", "timestamp"))

CAST_TYPES: Final = frozenset("""
    binary char character date datetime dec decimal double float geometrycollection json linestring multilinestring
    multipoint multipolygon national nchar point polygon real signed time unsigned year
    """.split())

_COMPARISON: Final = 40

BINARY: Final = {
    "or": 10,
    "||": 10,
    "xor": 15,
    "and": 20,
    "&&": 20,
    "between": 35,
    **dict.fromkeys(("=", "<=>", ">=", ">", "<=", "<", "<>", "!=", "is", "like", "regexp", "rlike", "in"), _COMPARISON),
    **dict.fromkeys(("member", "sounds"), _COMPARISON),
    "|": 50,
    "&": 60,
    **dict.fromkeys(("<<", ">>"), 70),
    **dict.fromkeys(("-", "+"), 80),
    **dict.fromkeys(("*", "/", "div", "%", "mod"), 90),
    "^": 100,
    "collate": 120,
    "->": 150,
    "->>": 150,
    ".": 160,
}

LEXIS: Final = Lexis(
    hash_comments=True,
    spaced_dash_comments=True,
    conditional_comments=True,
    identifier_quotes="`",
    string_quotes="'\"",
    backslash_escapes=True,
    dollar_in_words=True,
    digits_begin_words=True,
    at_variables=True,
    client_delimiters=True,
    operators=("<=>", "<=", ">=", "<>", "!=", ":=", "&&", "||", "->", "->>", "<<", ">>"),
)

GRAMMAR: Final = Grammar(
    lexis=LEXIS,
    binary=BINARY,
    other_operator=60,
    prefix={"not": 30, "+": 110, "-": 110, "~": 110, "!": 115, "binary": 120},
    reserved=RESERVED,
    not_labels=RESERVED,
    not_aliases=RESERVED,
    bare_calls=frozenset(
        "current_date current_time current_timestamp current_user localtime localtimestamp utc_date utc_time "
        "utc_timestamp".split()
    ),
    keywords=RESERVED,
    callable_reserved=CALLABLE,
    double_pipe_is_or=True,
    literal_types=LITERAL_TYPES,
    string_labels=True,
    adjacent_strings=True,
    interval_units=INTERVAL_UNITS,
    charset_introducers=True,
    cast_types=CAST_TYPES,
    dual=True,
    into_optional=True,
)
