"""A finished workbook → bytes that are the same for the same content: no clock, no order of chance."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_STAMP: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def packed(book: Workbook) -> bytes:
    """Save a workbook in memory, without the time of day that openpyxl writes in it."""
    draft, final = BytesIO(), BytesIO()
    book.save(draft)
    with ZipFile(draft) as source, ZipFile(final, "w", ZIP_DEFLATED) as target:
        for info in sorted(source.infolist(), key=lambda each: each.filename != "[Content_Types].xml"):
            content = source.read(info)
            if info.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", content)
            fixed = ZipInfo(info.filename, LONG_AGO)
            fixed.compress_type = ZIP_DEFLATED
            target.writestr(fixed, content)
    return final.getvalue()
