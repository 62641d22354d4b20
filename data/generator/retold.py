"""The open deals that the playbook's pages, exercises and role-plays tell of, written by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from data.generator.catalogue import Line
from data.generator.deals import STAGES, Deal, Stay
from data.generator.people import named

if TYPE_CHECKING:
    from data.generator.accounts import Account


class Plan(NamedTuple):
    """One such deal; the dates are those it entered its stages on."""

    account: str
    owner: str
    product: str
    title: str
    entered: tuple[str, ...]
    amount: int
    at_list: int
    expected: str
    next_step: tuple[str, str, str] | None = None

    def deal(self, account: Account) -> Deal:
        """The deal as it stands when the books end."""
        stays = [
            Stay(stage, date.fromisoformat(day))
            for stage, day in zip(STAGES, self.entered, strict=False)
        ]
        for stay, following in pairwise(stays):
            stay.left, stay.to = following.entered, following.stage
        deal = Deal(
            named(self.owner), account, self.product, stays[0].entered, stays, 0, 1, "customer"
        )
        deal.lines = [Line(self.product, 1, self.amount)]
        deal.list_lines = [Line(self.product, 1, self.at_list)]
        deal.title, deal.expected = self.title, date.fromisoformat(self.expected)
        if self.next_step:
            what, on, confirmed = self.next_step
            deal.next_step = (what, date.fromisoformat(on), date.fromisoformat(confirmed))
        return deal


RETOLD = (
    Plan("Heting Wastewater", "Zhou Min", "D-20", "3 号曝气池溶氧",
         ("2026-07-08", "2026-07-15", "2026-09-10"), 96300, 96300, "2026-10-15",
         ("陆建平组织评审", "2026-10-09", "2026-09-24")),
    Plan("Maiduo Foods", "Zhou Min", "P-20", "CIP 清洗 pH",
         ("2026-07-20", "2026-08-03", "2026-09-01", "2026-09-23"), 42000, 45650, "2026-10-20",
         ("何建斌安排合同盖章", "2026-10-10", "2026-09-28")),
    Plan("Lancha Aquaculture", "Zhou Min", "D-20", "塘口溶氧",
         ("2026-09-02", "2026-09-09"), 78000, 78000, "2026-11-30",
         ("谢根荣带看塘口", "2026-10-12", "2026-09-25")),
    Plan("Bailu Waterworks", "Zhou Min", "T-30", "滤池出水浊度",
         ("2026-09-14",), 150000, 150000, "2026-12-18"),
    Plan("Xinyu Semiconductor", "Shen Yiming", "E-15", "抛光混床电导率",
         ("2026-06-10", "2026-07-20"), 61000, 61000, "2026-12-10",
         ("王浩带看抛光混床", "2026-09-02", "2026-08-26")),
    Plan("Yuchuan Power", "Han Song", "P-20", "循环水 pH",
         ("2026-05-11", "2026-06-08", "2026-08-20"), 150000, 156250, "2026-10-30",
         ("开现场会", "2026-09-01", "2026-08-24")),
)  # fmt: skip
