"""Where a request ends, however its bytes arrive."""

from __future__ import annotations

import pytest

from service.inbox import LONGEST_HEAD, BodyTooLarge, HeadTooLarge, Inbox

GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /v1/entities HTTP/1.1\r\nHost: x\r\ncontent-LENGTH: 5\r\n\r\nhallo"
CHUNKED_HEAD = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhal\r\n\r\n3\r\n0\r\n\r\n0\r\n\r\n"
WITH_TRAILER = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n"
# What is no HTTP is for the server to refuse at once.
REFUSED = [
    b"\x16\x03\x01\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
]


def inbox() -> Inbox:
    return Inbox(most_body=1_000, deadline=0.0)


@pytest.mark.parametrize("request_bytes", [GET, POST, CHUNKED, WITH_TRAILER, *REFUSED], ids=range(8))
@pytest.mark.parametrize("step", [1, 2, 3, 7, 1_000])
def test_a_request_is_whole_at_its_last_byte(request_bytes, step):
    arriving = inbox()
    pieces = [request_bytes[at : at + step] for at in range(0, len(request_bytes), step)]
    assert [arriving.take(piece) for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert arriving.content() == request_bytes


@pytest.mark.parametrize("request_bytes", [GET, POST, CHUNKED])
def test_what_follows_is_kept_for_the_next_request(request_bytes):
    arriving = inbox()
    assert arriving.take(request_bytes + b"GET / HT")
    assert arriving.content() == request_bytes + b"GET / HT"


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n",
        CHUNKED_HEAD + (b"64\r\n" + b"x" * 100 + b"\r\n") * 10,
        CHUNKED_HEAD + b"ffffffff\r\n",
    ],
)
def test_a_body_that_is_too_large_is_not_waited_for(request_bytes):
    with pytest.raises(BodyTooLarge):
        inbox().take(request_bytes)


def test_a_chunk_line_without_end_is_no_http():
    arriving = inbox()
    arriving.take(CHUNKED_HEAD)
    assert [arriving.take(b"0" * 1_000) for _ in range(5)] == [False] * 4 + [True]


def test_a_trailer_without_end_is_refused():
    arriving = inbox()
    arriving.take(CHUNKED_HEAD + b"0\r\n")
    with pytest.raises(HeadTooLarge):
        for _ in range(LONGEST_HEAD // 1_000 + 2):
            arriving.take(b"X: " + b"y" * 997)


def test_a_head_without_end_is_refused():
    arriving = inbox()
    with pytest.raises(HeadTooLarge):
        for _ in range(LONGEST_HEAD // 1_000 + 2):
            arriving.take(b"X: " + b"y" * 997)


def test_a_caller_who_waits_for_leave_is_seen_and_the_expectation_met_only_once():
    arriving = inbox()
    head = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    assert not arriving.take(head)
    assert arriving.waits_for_leave
    assert arriving.take(b"hallo")
    assert arriving.content() == b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhallo"
