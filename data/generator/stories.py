"""What is planted in the books, who it happens to and when. ``data/README.md`` tells each story."""

from __future__ import annotations

from datetime import date

QUOTE_STALL = "quote_stall"
BUSY_REP = "busy_rep"
D20_LAUNCH = "d20_launch"
DRIFTING_BATCH = "drifting_batch"
FADING_ACCOUNT = "fading_account"
QUARTER_END = "quarter_end"
TWO_HIRES = "two_hires"
ALL = frozenset(
    {QUOTE_STALL, BUSY_REP, D20_LAUNCH, DRIFTING_BATCH, FADING_ACCOUNT, QUARTER_END, TWO_HIRES}
)

STALLED_TEAM, STALLED_SINCE = "E2", date(2026, 3, 1)
BUSY = "R16"
LAUNCH_REGION = "华北"
BATCH, NOTICE_ON = "P20-2511", date(2026, 1, 19)
FADING, FADES_SINCE, LAST_VISIT = "Qingheling Dairy", date(2025, 8, 1), date(2026, 1, 31)
DISCOUNTING_TEAM = "E1"
FAST, SLOW = "R40", "R28"
