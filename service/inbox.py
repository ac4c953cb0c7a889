"""Collects the bytes of one request until it is whole, so that only whole requests ever take a thread.

It understands just enough of HTTP/1.1 (RFC 9112, sections 6 and 7.1) to see where a request ends; what it does not
understand it calls whole, for the server to refuse.
"""

from __future__ import annotations

import re

END_OF_HEAD = b"\r\n\r\n"
LONGEST_HEAD = 65_536  # bytes; more than the server accepts of any request line or header
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*(?=\r\n)", re.IGNORECASE)
TRANSFER_ENCODING = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
EXPECTATION = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
LONGEST_CHUNK_LINE = 4_096  # bytes; a size of eight digits and what extensions it may have
CHUNK_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}")


class HeadTooLarge(Exception):
    """The head has no end within LONGEST_HEAD bytes."""


class BodyTooLarge(Exception):
    """The body has, or will have, more bytes than are waited for."""


class Inbox:
    """What has arrived of a request; its body may have at most `most_body` bytes."""

    def __init__(self, most_body: int, deadline: float) -> None:
        """deadline: a time of `time.monotonic`."""
        self.deadline = deadline
        self._most_body = most_body
        self._bytes = bytearray()
        self._body = 0  # where it begins; 0 while the head is not whole
        self._end: int | None = None  # of the request; None while it is not known
        self._chunk = 0  # where the next chunk begins
        self.waits_for_leave = False  # the caller wants to be told to go on (RFC 9110, section 10.1.1)

    def __len__(self) -> int:
        return len(self._bytes)

    @property
    def has_head(self) -> bool:
        return self._body > 0

    def take(self, data: bytes) -> bool:
        """Whether the request is whole now. Raises HeadTooLarge, BodyTooLarge."""
        self._bytes += data
        if not self._body:
            self._find_head(len(data))
        if not self._body:
            return False
        if self._end is None:
            self._walk_chunks()
        return self._end is not None and len(self._bytes) >= self._end

    def content(self) -> bytes:
        """Everything that arrived; an expectation that was met is left out."""
        head, body = bytes(self._bytes[: self._body]), bytes(self._bytes[self._body :])
        return (EXPECTATION.sub(b"", head) if self.waits_for_leave else head) + body

    def _find_head(self, new: int) -> None:
        start = max(0, len(self._bytes) - new - len(END_OF_HEAD) + 1)
        found = self._bytes.find(END_OF_HEAD, start)
        if found < 0:
            if len(self._bytes) > LONGEST_HEAD:
                raise HeadTooLarge
            return
        self._body = self._chunk = found + len(END_OF_HEAD)
        head = bytes(self._bytes[: self._body])
        if not TRANSFER_ENCODING.search(head):
            self._end = self._body + self._announced(head)
        self.waits_for_leave = bool(EXPECTATION.search(head)) and self._end != self._body

    def _announced(self, head: bytes) -> int:
        lengths = CONTENT_LENGTH.findall(head)
        length = int(lengths[0]) if len(lengths) == 1 else 0
        if length > self._most_body:
            raise BodyTooLarge
        return length

    def _walk_chunks(self) -> None:
        while self._chunk <= len(self._bytes):
            line_end = self._bytes.find(b"\r\n", self._chunk, self._chunk + LONGEST_CHUNK_LINE)
            if line_end < 0 and len(self._bytes) < self._chunk + LONGEST_CHUNK_LINE:
                return
            size = CHUNK_SIZE.match(self._bytes, self._chunk, line_end) if line_end >= 0 else None
            if size is None:
                self._end = len(self._bytes)
                return
            if int(size[0], 16) == 0:
                self._find_trailer(line_end)
                return
            self._chunk = line_end + 2 + int(size[0], 16) + 2
            if self._chunk - self._body > self._most_body:
                raise BodyTooLarge

    def _find_trailer(self, start: int) -> None:
        found = self._bytes.find(END_OF_HEAD, start)
        if found >= 0:
            self._end = found + len(END_OF_HEAD)
        elif len(self._bytes) - start > LONGEST_HEAD:
            raise HeadTooLarge
