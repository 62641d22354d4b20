"""A whole review in Chinese and in English, with numbers worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salestrain import views as v
from salestrain.language import Text, percent
from tests.chromium import browser

if TYPE_CHECKING:
    from collections.abc import Callable

    from salestrain.language import Language

__all__ = ["browser"]  # a fixture

WIN = (0.417, 0.396, 0.426, 0.391, 0.423, 0.42, 0.415, 0.373, 0.302, 0.269)
LOW = (0.287, 0.274, 0.302, 0.263, 0.297, 0.293, 0.29, 0.252, 0.193, 0.168)
HIGH = (0.557, 0.531, 0.558, 0.535, 0.558, 0.556, 0.549, 0.51, 0.435, 0.403)
OTHERS = (0.42, 0.425, 0.415, 0.43, 0.425, 0.42, 0.44, 0.43, 0.435, 0.44)
REVENUE = (720.0, 780.0, 870.0, 735.0, 880.0, 920.0, 980.0, 900.0, 752.0, 684.0)
VISITS = (40.0, 41.0, 39.0, 42.0, 41.0, 40.0, 43.0, 42.0, 41.0, 43.0)
QUARTERS = tuple(f"{2024 + (i + 1) // 4} Q{(i + 1) % 4 + 1}" for i in range(10))


def _heading(t: Callable[[str, str], str], language: Language) -> str:
    head = v.ReportHead(
        t(
            "KPI 回顾 · 华东二组 · 2026 年三季度（7 月 1 日—9 月 30 日）",
            "KPI review · East China 2 · 2026 Q3 (1 Jul–30 Sep)",
        ),
        t(
            "单子卡在报价：赢单率降到 27%，收入比目标少 176 万元",
            "Deals stall at the quote: win rate down to 27%, revenue ¥1.76M short",
        ),
        t(
            "前两个阶段和其他组没有差别，拜访次数也够。变化出现在今年 3 月折扣改由总部审批之后，"
            "七个人都一样——先看流程，再谈个人。",
            "The first two stages look like everyone else’s, and visits are on plan. The change "
            "came after discounts moved to head office in March, for all seven reps: look at the "
            "process before the people.",
        ),
        t("数据截至 9 月 30 日 · 10 月 9 日生成", "Data up to 30 Sep · made on 9 Oct"),
        (
            v.Tag(t("118 个结案商机", "118 closed deals")),
            v.Tag(t("收入完成 80%", "80% of revenue target"), "bad"),
            v.Tag(t("市场份额未公布", "market share not out yet"), "warn"),
        ),
    )
    return v.report_head(head, language)


def _board(t: Callable[[str, str], str], language: Language) -> str:
    chance = v.Change("down", t("2 家", "2"), "bad", within_chance=True)
    team = (
        v.BoardRow(
            t("签约收入", "Revenue signed"),
            t("684 万元", "¥6.84M"),
            "3.1.revenue",
            target=t("860 万元", "¥8.60M"),
            attained="80%",
            before=v.Change("down", t("68 万元", "¥680k"), "bad"),
            year_ago=v.Change("down", t("236 万元", "¥2.36M"), "bad"),
            history=REVENUE,
            target_at=860,
            href="#3.1.revenue",
        ),
        v.BoardRow(
            t("新客户", "New customers"),
            t("11 家", "11"),
            "3.1.new_customers",
            target=t("14 家", "14"),
            attained="79%",
            before=chance,
            year_ago=v.Change("down", t("1 家", "1"), within_chance=True),
            history=(12, 13, 12, 11, None, None, 15, 13, 13, 11),
            target_at=14,
        ),
        v.BoardRow(
            t("市场份额", "Market share"),
            v.Absent("not_out", t("10 月 20 日出数", "due 20 Oct")),
            "3.1.market_share",
            target="15%",
            history=(0.08, 0.09, 0.1, 0.11, 0.11, 0.12, 0.12, 0.13, 0.13, None),
            target_at=0.15,
        ),
    )
    process = (
        v.BoardRow(
            t("报价赢单率", "Win rate on quotes"),
            "27%",
            "3.1.win_rate · 14/52",
            t("17–40%", "17–40%"),
            "40%",
            before=v.Change("down", t("3 点", "3 pts"), within_chance=True),
            year_ago=v.Change("down", t("15 点", "15 pts"), "bad"),
            history=WIN,
            target_at=0.4,
            focus="bad",
        ),
        v.BoardRow(
            t("报价阶段用时", "Time in quote stage"),
            t("34 天", "34 days"),
            t("2.2.time_limit · 中位数", "2.2.time_limit · median"),
            target=t("≤ 18 天", "≤ 18 days"),
            before=v.Change("up", t("6 天", "6 days"), "bad"),
            year_ago=v.Change("up", t("17 天", "17 days"), "bad"),
            history=(16, 17, 15, 16, 17, 16, 18, 21, 28, 34),
            target_at=18,
            focus="bad",
        ),
        v.BoardRow(
            t("客户满意度", "Customer satisfaction"),
            v.Absent("no_table", "surveys"),
            "3.1.satisfaction",
            target=t("4.4 分", "4.4"),
        ),
    )
    person = (
        v.BoardRow(
            t("客户拜访", "Customer visits"),
            t("43 次", "43"),
            t("最少 36 · 最多 52", "lowest 36 · highest 52"),
            target=t("40 次", "40"),
            attained="108%",
            before=v.Change("up", t("2 次", "2"), "good"),
            year_ago=v.Change("same"),
            history=VISITS,
            target_at=40,
        ),
        v.BoardRow(t("老客户续约率", "Renewal rate"), v.Hidden(3, 10), "3.1.renewal", target="85%"),
    )
    layers = (
        v.BoardLayer(t("团队结果", "Team results"), team),
        v.BoardLayer(t("关键过程", "Key process"), process),
        v.BoardLayer(t("个人（7 人的中位数）", "Individual (median of 7)"), person),
    )
    return v.section(
        t("结果、过程、个人：三层看", "Results, process, people"),
        v.board(layers, "2026 Q3", "quarter", language),
        sub=t(
            "虚线是目标，圆点是本季。样本少的指标带 95% 区间。",
            "Dotted line: target; dot: this quarter. Measures on few cases carry a 95% range.",
        ),
    )


def _trend(t: Callable[[str, str], str], language: Language) -> str:
    return v.trend(
        v.Caption(
            t(
                "报价赢单率连降三个季度，其他组没动",
                "Win rate has fallen three quarters in a row; other teams held",
            ),
            t(
                "季内结案的报价中签约的比例。近两季 29%（30/105），2025 年 41%（83/201）",
                "Share of quotes closed in the quarter that were signed. Last two quarters 29% "
                "(30/105), 2025 41% (83/201)",
            ),
            t(
                "华东二组报价赢单率从 2026 年一季度的 37% 降到三季度的 27%；其他五组在 44% 上下",
                "East China 2 fell from 37% in 2026 Q1 to 27% in Q3; the other five stay near 44%",
            ),
        ),
        QUARTERS,
        v.Series(t("华东二组", "East China 2"), "27%", WIN, LOW, HIGH),
        language,
        ticks=v.axis(HIGH, lambda value: percent(value, language)),
        others=(v.Series(t("其他五组", "Other five teams"), "44%", OTHERS),),
        target=v.Tick(0.4, t("目标 40%", "Target 40%")),
        events=(
            v.Event(6.83, t("2026-03 起折扣改由总部审批", "Mar 2026: discounts go to head office")),
        ),
    )


def _funnel(t: Callable[[str, str], str], language: Language) -> str:
    other = t("其他五组 {}", "other five {}")
    gap = t("其他五组 44%，差 17 点（区间 4–30）", "other five 44%: 17 pts lower (4–30)")
    return v.funnel(
        v.Caption(
            t("差距只在最后一步", "The gap is in the last step only"),
            t("季内结案的 118 个商机，各走到哪一步", "118 deals closed in the quarter, by stage"),
        ),
        (
            v.FunnelStage(t("初次接触", "First contact"), 118, "118", "63%", other.format("61%")),
            v.FunnelStage(t("需求分析", "Needs"), 74, "74", "70%", other.format("68%")),
            v.FunnelStage(t("报价与谈判", "Quote"), 52, "52", "27%", gap, "bad"),
            v.FunnelStage(t("签约", "Signing"), 14, "14"),
        ),
        language,
    )


def _bridge(t: Callable[[str, str], str], language: Language) -> str:
    wan = t("{} 万", "¥{}0k")
    parts = (
        (t("报价数量", "Quotes"), -9, t("52 个，少 1 个", "52, one fewer")),
        (t("赢单率", "Win rate"), -94, t("30% → 27%，丢的多是大单", "30% → 27%, big ones lost")),
        (t("平均单价", "Average deal"), 23, t("半导体两单", "two chip-maker deals")),
        (t("老客户复购", "Repeat orders"), 33, t("市政水务", "city water works")),
        (t("服务续约", "Renewals"), -21, t("P20-2511 批次客户", "P20-2511 batch")),
    )
    drawn = tuple(
        v.BridgePart(
            name,
            change,
            wan.format(f"{'+' if change > 0 else '−'}{abs(change)}"),
            cause,
            "good" if change > 0 else "bad",
        )
        for name, change, cause in parts
    )
    cut = v.bridge_cut(752, drawn)
    return v.bridge(
        v.Caption(
            t("少赢的单，抵掉了复购和单价的增长", "Fewer wins ate the gains in price and repeats"),
            t("签约收入比上季的变化，万元", "Change in revenue signed on last quarter"),
        ),
        v.BridgeTotal("2026 Q2", 752, t("752 万", "¥7.52M")),
        drawn,
        v.BridgeTotal("2026 Q3", 684, t("684 万", "¥6.84M")),
        language,
        v.Tick(cut, t(f"{cut:.0f} 万", f"¥{cut / 100:.1f}M")),
    )


TEAMS = (
    (Text("华南一组", "South 1"), 27, 56, 0.357, 0.610),
    (Text("华北一组", "North 1"), 26, 57, 0.334, 0.584),
    (Text("华北二组", "North 2"), 27, 61, 0.325, 0.567),
    (Text("华东一组", "East China 1"), 25, 60, 0.301, 0.542),
    (Text("华南二组", "South 2"), 21, 53, 0.276, 0.530),
)
REPS = (
    (Text("沈一鸣", "Shen Yiming"), 3, 8, 0.137, 0.694),
    (Text("许文静", "Xu Wenjing"), 3, 9, 0.121, 0.646),
    (Text("郑凯", "Zheng Kai"), 2, 7, 0.082, 0.641),
    (Text("罗思远", "Luo Siyuan"), 2, 8, 0.071, 0.591),
    (Text("冯楠", "Feng Nan"), 1, 5, 0.036, 0.624),
    (Text("高睿", "Gao Rui"), 0, 7, 0.0, 0.354),
    (Text("唐晓", "Tang Xiao"), 1, 4, 0.05, 0.7),
)


def _ranks(t: Callable[[str, str], str], language: Language) -> str:
    def bars(rows: tuple[tuple[Text, int, int, float, float], ...]) -> tuple[v.RankedBar, ...]:
        return tuple(
            v.RankedBar(
                name.in_(language),
                won / n,
                percent(won / n, language),
                f"{won}/{n}",
                low,
                high,
                n,
            )
            for name, won, n, low, high in rows
        )

    ticks = v.axis([0.7], lambda value: percent(value, language))
    own = v.RankedBar(
        t("华东二组", "East China 2"), 14 / 52, "27%", "14/52", 0.168, 0.403, 52, True, "bad"
    )
    teams = v.ranked_bars(
        v.Caption(
            t("六个组：一组偏低，五组分不出高下", "One team is low; the other five are level"),
            t("报价赢单率与 95% 区间；虚线为目标 40%", "Win rate, 95% range; dashed: target 40%"),
        ),
        (v.RankGroup(bars(TEAMS), tied=True), v.RankGroup((own,))),
        language,
        ticks=ticks,
        target=0.4,
        minimum_n=5,
    )
    people = v.ranked_bars(
        v.Caption(
            t("组内七人：差别都在误差之内", "Seven reps: all differences within chance"),
            t("每人只有 4–9 个结案报价，区间很宽", "Only 4–9 closed quotes each: wide ranges"),
        ),
        (v.RankGroup(bars(REPS), tied=True),),
        language,
        ticks=ticks,
        target=0.4,
        minimum_n=5,
    )
    return teams + people


def _more(t: Callable[[str, str], str], language: Language) -> str:
    bullets = v.bullet(
        v.Caption(
            t("收入差两成，拜访超额", "Revenue a fifth short, visits above plan"),
            t("完成目标的百分比；竖线为 100%", "Share of target reached; upright line: 100%"),
        ),
        (
            v.BulletBar(t("签约收入", "Revenue"), 80, "80%", t("684 万", "¥6.84M"), "bad"),
            v.BulletBar(t("新客户", "New customers"), 79, "79%", "11/14"),
            v.BulletBar(t("客户拜访", "Visits"), 108, "108%", "43/40", "good"),
            v.BulletBar(t("签下合同", "Contracts"), 0, "0%", "0/3"),
            v.BulletBar(t("市场份额", "Market share"), None),
        ),
        language,
    )
    stages = (t("接触", "Contact"), t("需求", "Needs"), t("报价", "Quote"), t("签约", "Sign"))
    days = ((6, 14, 34, 9), (5, 12, 17, 8), (7, 13, 16, None))
    heat = v.heat_map(
        v.Caption(
            t("报价阶段比别组长一倍", "Twice as long at the quote stage"),
            t("各阶段用时的中位数，天", "Median days in each stage"),
        ),
        stages,
        tuple(
            (
                name.in_(language),
                tuple(v.HeatCell(day, "–" if day is None else str(day)) for day in row),
            )
            for name, row in zip(
                (Text("华东二组", "East China 2"), TEAMS[0][0], TEAMS[1][0]), days, strict=True
            )
        ),
    )
    table = v.data_table(
        (
            v.Column(t("客户", "Customer")),
            v.Column(t("阶段", "Stage")),
            v.Column(t("天数", "Days"), numeric=True),
            v.Column(t("金额", "Amount"), numeric=True),
        ),
        (
            v.Row(
                (
                    v.Cell(t("长洲污水处理厂", "Changzhou sewage works"), small="O-1042"),
                    t("报价", "Quote"),
                    v.Cell("61", tone="bad"),
                    t("120 万元", "¥1.20M"),
                )
            ),
            v.Row(
                (
                    v.Cell(t("锦川半导体", "Jinchuan Semiconductor"), "#3.1.revenue"),
                    t("需求", "Needs"),
                    "24",
                    t("38 万元", "¥380k"),
                )
            ),
        ),
        caption=t("停得最久的单子", "Deals that have stood still longest"),
        stacked=True,
    )
    return v.two_columns((bullets, heat)) + v.section(t("先谈这些单", "Deals to talk about"), table)


def _words(t: Callable[[str, str], str]) -> str:
    asked = (
        v.Question(
            t(
                "16 个超时限的报价，哪些还有真正的决策人？",
                "Of 16 overdue quotes, which still have a decision maker?",
            ),
            t(
                "共 590 万元。按规则，5 个工作日内拿到下一步，否则退回需求分析。",
                "¥5.9M in all. The rule: a next step within 5 working days, or back to needs.",
            ),
            "2.2.stalled",
        ),
        v.Question(
            t(
                "一次折扣审批现在要几天？卡在谁那里？",
                "How long does a discount approval take now, and where does it wait?",
            ),
            t("3 月前在组内当天批。", "Before March it took a day, inside the team."),
            "2.2.discount",
            "#3.1.win_rate",
        ),
        v.Question(
            t("等审批的时候，我们和客户说了什么？", "What do we tell customers while we wait?"),
            t("七人里四人还没练过「报价后没有回音」。", "Four of seven haven’t practised it yet."),
            "4.2.follow_up",
        ),
    )
    defined = (
        v.Definition(
            t("报价赢单率", "Win rate on quotes"),
            t(
                "季内结案且到过报价阶段的商机中，签约的个数 ÷ 总数。少于 5 个不显示。",
                "Of deals closed in the quarter that reached a quote, the share signed. "
                "Hidden below 5.",
            ),
            "3.1.win_rate",
            more=(t("把难的单子提前退回会让它变好看。", "Sending hard deals back flatters it."),),
        ),
        v.Definition(
            t("95% 区间", "95% range"),
            t("比例用 Wilson 区间。", "Wilson’s interval for shares."),
        ),
        v.Definition(
            t("签约收入", "Revenue signed"),
            t("季内签订的订单金额，不含税，人民币。", "Orders signed in the quarter, net, CNY."),
            "3.1.revenue",
        ),
    )
    notes = (
        t("6 个商机没有结案日期，未计入。", "6 deals have no close date and aren’t counted."),
        t(
            "市场份额要等 10 月 20 日的行业数据，这里留空，不用上季代替。",
            "Market share waits for trade figures due 20 Oct; it stays empty until then.",
        ),
    )
    return v.section(
        t("谈话时问这三个问题", "Three questions for the talk"), v.questions(asked)
    ) + v.section(
        t("定义与数据说明", "Definitions and data notes"),
        v.definitions(defined) + v.data_notes(notes),
    )


def whole_review(language: Language, *, extra: bool = True) -> str:
    """Return the body of a review that uses every piece, or only those of a usual one."""

    def t(zh: str, en: str) -> str:
        return Text(zh, en).in_(language)

    return (
        _heading(t, language)
        + _board(t, language)
        + _trend(t, language)
        + v.two_columns((_funnel(t, language), _bridge(t, language)))
        + v.two_columns((_ranks(t, language),))
        + (_more(t, language) if extra else "")
        + _words(t)
    )


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Whole documents: zh and en with every piece, ``usual`` with those of a usual review."""
    return {
        "zh": v.report_page("KPI 回顾", "zh", whole_review("zh")),
        "en": v.report_page("KPI review", "en", whole_review("en")),
        "usual": v.report_page("KPI 回顾", "zh", whole_review("zh", extra=False)),
    }
