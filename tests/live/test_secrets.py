"""No password is in a text that is shown."""

from __future__ import annotations

import pytest
from sqlwright.live.secrets import redacted


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://u:hush@h/db", "login of u with hush failed"),
        ("mysql://u:hush%20now@h:1/db", "hush now, and hush%20now"),
        ("mysql://u:a+hush@h", "a hush a+hush"),
        ("postgresql://h/db?user=u&password=hush%21&x=1", "hush! is hush%21"),
        ("postgresql://h/db?sslpassword=hush", "hush"),
        ("postgresql://u:hush@now@h/db", "hush@now or hush"),
        ("postgresql://u:hush/now@h/db", 'invalid port number: "hush"'),
        ("postgresql://u:hu%5Csh%27@h/db", r"'hu\\sh\'' is hu\sh'"),
        ("postgresql://:hush@/db", "hush"),
    ],
)
def test_a_password_is_masked_however_it_is_written(url: str, told: str) -> None:
    shown = redacted(told, url)
    assert "hush" not in shown
    assert "sh'" not in shown
    assert "***" in shown


@pytest.mark.parametrize("url", ["postgresql://u@h/db", "mysql://h", "sqlite://", "", "postgresql://u:@h:5432/a?b=c"])
def test_a_text_stays_as_it_is_where_there_is_no_password(url: str) -> None:
    text = "connection to h at port 5432 failed for u: database a"
    assert redacted(text, url) == text
