"""Where programs and prepared data folders are kept between runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_SYSTEM: Final = Path("/var/cache/sqlwright")
_OTHERS_MAY_ENTER: Final = 0o001


def servers_folder(cache: Path) -> Path:
    """The folder for servers in a cache.

    Servers refuse to run as root, so that root's run as another user: one who cannot enter the cache (it lies in
    /root, say) has to be given a place that everybody can.
    """
    cache = cache.absolute()
    if os.geteuid() == 0 and not _open_to_all(cache):
        return _SYSTEM / "servers"
    return cache / "servers"


def _open_to_all(folder: Path) -> bool:
    existing = [place for place in (folder, *folder.parents) if place.exists()]
    return all(place.stat().st_mode & _OTHERS_MAY_ENTER for place in existing)
