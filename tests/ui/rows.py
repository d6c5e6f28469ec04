"""Saved calls for lists."""

from __future__ import annotations

from ui.ports import SessionRow

SESSIONS = (
    SessionRow(
        "s1",
        "2026-11-21T09:14:00+09:00",
        462,
        "devices",
        "",
        "교통",
        "집 앞 골목에 세워진 차 신고 방법",
        True,
        False,
        24,
    ),
    SessionRow(
        "s2", "2026-11-21T09:02:10+09:00", 310, "devices", "", "환경", "침대 매트리스 버리는 방법", True, False, 18
    ),
    SessionRow(
        "s3", "2026-11-21T08:51:44+09:00", 905, "devices", "", "행정", "여권 재발급에 필요한 서류", False, True, 41
    ),
    SessionRow("s4", "2026-11-20T17:20:00+09:00", 205, "practice", "욕설로 마지막 경고까지", "", "", False, True, 22),
    SessionRow(
        "s5",
        "2026-11-20T16:42:31+09:00",
        388,
        "file",
        "상담녹음.wav",
        "복지",
        "긴급복지 생계지원 신청 자격",
        True,
        False,
        30,
    ),
)
