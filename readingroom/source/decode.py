"""From bytes to characters. The encoding is recorded, so that `source.txt` can be the bytes as they came."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_MOST_CONTROLS = 0.02
"""Share of control characters above which bytes are no text; OCR output has none, a picture has a tenth or more."""


class NotTextError(ValueError):
    """The bytes are not a text in any encoding that we know."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    A byte order mark decides; else UTF-8 where the bytes are valid; else UTF-16 where every other byte is zero;
    else Windows-1252, in which what is undefined becomes U+FFFD. Raises NotTextError for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    half = _utf_16_without_mark(data)
    if half is not None:
        return _strictly(data, half), half
    if len(data) - len(data.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(data):
        raise NotTextError
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace"), "windows-1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError from error


def _utf_16_without_mark(data: bytes) -> str | None:
    if len(data) < 4 or len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    most = len(data) // 2 * 0.7
    if odd >= most and even == 0:
        return "utf-16-le"
    if even >= most and odd == 0:
        return "utf-16-be"
    return None
