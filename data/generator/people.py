"""The people of the company: teams, reps, managers, director, marketing, customer service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

TEAMS = {
    "E1": ("华东一组", "East-1", "华东", "East"),
    "E2": ("华东二组", "East-2", "华东", "East"),
    "S1": ("华南一组", "South-1", "华南", "South"),
    "S2": ("华南二组", "South-2", "华南", "South"),
    "N1": ("华北一组", "North-1", "华北", "North"),
    "N2": ("华北二组", "North-2", "华北", "North"),
}

_REPS = """
E1 顾思齐 Gu_Siqi 2019-07-01
E1 钱柏安 Qian_Boan 2020-03-16
E1 陆晚晴 Lu_Wanqing 2021-06-01
E1 蒋承宇 Jiang_Chengyu 2022-02-14
E1 姚雪 Yao_Xue 2022-09-05
E1 贺子谦 He_Ziqian 2021-04-12 2026-02-27
E1 方亦可 Fang_Yike 2026-06-15
E2 周敏 Zhou_Min 2020-05-18
E2 沈一鸣 Shen_Yiming 2019-11-04
E2 许文静 Xu_Wenjing 2021-03-01
E2 郑凯 Zheng_Kai 2021-08-16
E2 罗思远 Luo_Siyuan 2022-05-09
E2 唐晓 Tang_Xiao 2022-10-10
E2 高睿 Gao_Rui 2023-03-06
E2 林晓雨 Lin_Xiaoyu 2026-09-24
S1 何立群 He_Liqun 2021-10-11
S1 梁嘉慧 Liang_Jiahui 2020-01-06
S1 冼志豪 Xian_Zhihao 2020-09-14
S1 邓婉仪 Deng_Wanyi 2022-03-21
S1 麦启明 Mai_Qiming 2022-11-07
S1 欧阳倩 Ouyang_Qian 2023-02-20
S1 黎俊贤 Li_Junxian 2024-09-02
S2 陈海岚 Chen_Hailan 2018-08-20
S2 吴绍辉 Wu_Shaohui 2020-04-13
S2 林佩珊 Lin_Peishan 2021-12-06
S2 庄文博 Zhuang_Wenbo 2022-06-13 2025-11-28
S2 苏婧 Su_Jing 2023-04-03
S2 邱一帆 Qiu_Yifan 2026-04-01
N1 韩松 Han_Song 2019-03-11
N1 孟凡宁 Meng_Fanning 2020-10-19
N1 薛冬 Xue_Dong 2021-05-10 2025-06-30
N1 石砚 Shi_Yan 2022-01-17
N1 白若溪 Bai_Ruoxi 2022-08-08
N1 耿宇航 Geng_Yuhang 2025-09-01
N2 赵启航 Zhao_Qihang 2019-09-16
N2 宋雨桐 Song_Yutong 2020-12-07
N2 曲文涛 Qu_Wentao 2021-07-05
N2 于慧敏 Yu_Huimin 2022-04-18
N2 丁一楠 Ding_Yinan 2025-02-17
N2 叶知遥 Ye_Zhiyao 2026-04-01
"""
_OTHERS = """
manager E1 俞正阳 Yu_Zhengyang 2016-05-03
manager E2 周建国 Zhou_Jianguo 2015-09-07
manager S1 罗嘉怡 Luo_Jiayi 2017-03-13
manager S2 黄绍棠 Huang_Shaotang 2016-11-21
manager N1 冯毅 Feng_Yi 2017-08-14
manager N2 姜海燕 Jiang_Haiyan 2018-02-26
director - 谢云舟 Xie_Yunzhou 2014-04-08
marketing - 秦悦 Qin_Yue 2020-07-13
marketing - 尹嘉树 Yin_Jiashu 2021-11-15
marketing - 宋苗 Song_Miao 2023-05-22
marketing - 江临 Jiang_Lin 2024-07-01
service - 潘秀兰 Pan_Xiulan 2017-06-05
service - 汪志远 Wang_Zhiyuan 2019-10-14
service - 施小满 Shi_Xiaoman 2021-02-22
service - 严冬青 Yan_Dongqing 2022-07-18
service - 温如玉 Wen_Ruyu 2023-09-11
service - 卢晨光 Lu_Chenguang 2025-03-03
"""
_PREFIX = {"rep": "R", "manager": "M", "director": "D", "marketing": "K", "service": "S"}
SUCCESSOR = {"R06": "R07", "R26": "R28", "R31": "R34"}  # who took over a leaver's accounts


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works or worked for the company."""

    person_id: str
    name: str
    name_en: str
    role: str
    team_id: str
    joined_on: date
    left_on: date | None = None

    @property
    def region(self) -> str:
        """The region of the person's team, in Chinese."""
        return TEAMS[self.team_id][2]

    def works_on(self, day: date) -> bool:
        """Whether the person is with the company on that day."""
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)

    def months_since_joining(self, day: date) -> int:
        """Full calendar months since the month of joining (0 in that month)."""
        return (day.year - self.joined_on.year) * 12 + day.month - self.joined_on.month


@cache
def staff() -> tuple[Person, ...]:
    """Everyone, reps first."""
    lines = ["rep " + line for line in _REPS.split("\n") if line]
    lines += [line for line in _OTHERS.split("\n") if line]
    counts: dict[str, int] = {}
    return tuple(_person(line.split(), counts) for line in lines)


def _person(words: list[str], counts: dict[str, int]) -> Person:
    role, team, name, pinyin, *days = words
    counts[role] = counts.get(role, 0) + 1
    width = 2 if role == "rep" else 1
    dates = [date.fromisoformat(day) for day in days]
    return Person(
        f"{_PREFIX[role]}{counts[role]:0{width}}",
        name,
        pinyin.replace("_", " "),
        role,
        team.strip("-"),
        dates[0],
        dates[1] if len(dates) > 1 else None,
    )


def of_role(role: str) -> tuple[Person, ...]:
    """Everyone who has that role."""
    return tuple(person for person in staff() if person.role == role)


@cache
def reps(team_id: str = "") -> tuple[Person, ...]:
    """The reps of a team, or all."""
    return tuple(rep for rep in of_role("rep") if team_id in ("", rep.team_id))


def named(name_en: str) -> Person:
    """The person of that name."""
    return next(person for person in staff() if person.name_en == name_en)


def people_rows() -> list[dict[str, object]]:
    """The rows of ``people``."""
    return [
        {
            "person_id": one.person_id, "name": one.name, "name_en": one.name_en,
            "role": one.role, "team_id": one.team_id, "joined_on": one.joined_on,
            "left_on": one.left_on,
        }
        for one in staff()
    ]  # fmt: skip


def team_rows() -> list[dict[str, object]]:
    """The rows of ``teams``."""
    managers = {person.team_id: person.person_id for person in of_role("manager")}
    return [
        {
            "team_id": team, "name": name, "name_en": name_en, "region": region,
            "region_en": region_en, "manager_id": managers[team],
        }
        for team, (name, name_en, region, region_en) in TEAMS.items()
    ]  # fmt: skip
