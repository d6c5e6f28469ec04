"""Lines of text from a stream that may be anything: UTF-8, CP949, neither; cut where one is too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO


def text_lines(stream: BinaryIO, longest: int) -> Iterator[str]:
    """Yield the lines: UTF-8, or CP949 where a line is not UTF-8; bytes that are neither become U+FFFD.

    Args:
        stream: Bytes.
        longest: Bytes of one line; the rest of a longer one is not read.
    """
    first = True
    while raw := stream.readline(longest):
        whole = raw.endswith(b"\n")
        if not whole:
            while (rest := stream.readline(longest)) and not rest.endswith(b"\n"):
                pass
        if first:
            raw, first = raw.removeprefix(b"\xef\xbb\xbf"), False
        raw = raw.rstrip(b"\r\n")
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError as error:
            # A line cut at its longest may end inside a character.
            if not whole and error.start > len(raw) - 4:
                yield raw[: error.start].decode("utf-8")
                continue
            try:
                yield raw.decode("cp949")
            except UnicodeDecodeError:
                yield raw.decode("utf-8", "replace")
