"""How inputs are taken in: the options of one run, in one frozen object."""

from __future__ import annotations

import codecs
import datetime  # noqa: TC003  msgspec reads the annotation

import msgspec

from trucebook.errors import SettingsError

MAX_BYTES = 20 * 1024 * 1024
"""Largest input read unless told otherwise: the text of some thirty novels, far above any report."""

_ENCODINGS = """
    ascii utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be latin-1 mac-roman mac-cyrillic koi8-r
    koi8-u cp437 cp850 cp852 cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258
    iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14
    iso8859-15 iso8859-16 gbk gb2312 gb18030 big5 big5hkscs euc-jp euc-kr shift_jis iso2022_jp
"""


class IntakeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a run says about its inputs.

    `outlet` and `published` are the user's own word and hold for every report of the run, above what the files and
    the `reports.csv` beside them say.

    Attributes:
        outlet: who published every report of the run.
        published: the day on which every report of the run was published.
        max_bytes: an input with more bytes than this is refused.
        encoding: the encoding of every input, where the user knows it; None to detect it.
    """

    outlet: str | None = None
    published: datetime.date | None = None
    max_bytes: int = MAX_BYTES
    encoding: str | None = None

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            SettingsError: the limit is below one byte, or the encoding is not known.
        """
        if self.max_bytes < 1:
            raise SettingsError(f"max_bytes: {self.max_bytes} is below one byte; give a positive number of bytes")
        if self.encoding is not None and known_encoding(self.encoding) is None:
            raise SettingsError(f"encoding: {self.encoding!r} is not known; give one such as utf-8, utf-16 or cp1252")


def known_encoding(name: str) -> str | None:
    """Return Python's name of a text encoding, None for one that is not an encoding of documents.

    Python has codecs that no document is written in (`unicode_escape`, `idna`); a page may not choose them. As in the
    Encoding Standard of the WHATWG (section 4.2), `latin-1` and `ascii` mean Windows-1252, which they are labels of.

    Args:
        name: as a user or a document gives it, in any case.
    """
    try:
        found = codecs.lookup(name.strip()).name
        if found not in {codecs.lookup(n).name for n in _ENCODINGS.split()}:
            return None
    except (LookupError, ValueError):
        return None
    return "cp1252" if found in {"iso8859-1", "ascii"} else found
