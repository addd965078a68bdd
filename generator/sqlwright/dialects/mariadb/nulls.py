"""When MariaDB's functions and operators give NULL: as MySQL's, with its own functions."""

from __future__ import annotations

from collections.abc import Mapping

from ..mysql.nulls import MysqlNulls
from ..signatures import FunctionInfo
from .functions import FUNCTIONS


class MariadbNulls(MysqlNulls):
    """Implements `dialects.base.NullRules`."""

    functions: Mapping[str, FunctionInfo] = FUNCTIONS
