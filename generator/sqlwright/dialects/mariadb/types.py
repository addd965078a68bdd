"""MariaDB's types: MySQL's, but for those that only it has, and a JSON that is text."""

from __future__ import annotations

from collections.abc import Mapping

from ..mysql.conversions import Conversions
from ..mysql.operators import Operators
from ..mysql.types import MysqlTypes
from ..signatures import FunctionInfo
from .functions import FUNCTIONS


class MariadbTypes(MysqlTypes):
    """The types of one catalog, behind the protocol `dialects.base.Types`."""

    functions: Mapping[str, FunctionInfo] = FUNCTIONS
    other_types: Mapping[str, str] = {"inet4": "inet4", "inet6": "inet6", "uuid": "uuid"}
    operators = Operators(
        Conversions(
            labels_are_numbers=True,
            mixed_signs_are_decimal=True,
            nulls_are_signed=True,
            picked_nulls_are_text=True,
            adopting=frozenset(("inet4", "inet6", "uuid")),
        ),
        bits_of_bytes=False,
        times_stay=True,
        moments_round=True,
    )
    integer = "int"
