"""The customers: plants by region and trade, and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator.chance import Evenly, pick, stream
from data.generator.days import END, START, WARM_UP
from data.generator.naming import person_name, plant_name
from data.generator.people import SUCCESSOR, Person, named, reps
from data.generator.stories import ALL, BUSY, BUSY_REP, FADING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from random import Random

_CITIES = {
    "E1": ("上海", "杭州", "宁波", "嘉兴"), "E2": ("苏州", "无锡", "常州", "南京", "盐城"),
    "S1": ("广州", "佛山", "东莞", "中山"), "S2": ("深圳", "厦门", "福州", "南宁"),
    "N1": ("北京", "天津", "唐山", "石家庄"), "N2": ("济南", "青岛", "郑州", "大连"),
}  # fmt: skip
_TRADES = {
    "华东": {"municipal_water": 22, "waste_water": 26, "food_beverage": 14, "semiconductor": 18,
             "aquaculture": 8, "power_chemicals": 12},
    "华南": {"municipal_water": 20, "waste_water": 18, "food_beverage": 20, "semiconductor": 14,
             "aquaculture": 20, "power_chemicals": 8},
    "华北": {"municipal_water": 24, "waste_water": 30, "food_beverage": 12, "semiconductor": 6,
             "aquaculture": 6, "power_chemicals": 22},
}  # fmt: skip
# name, name in English, trade, size, city, owner, key account
_NAMED = (
    ("鹤汀污水厂", "Heting Wastewater", "waste_water", "medium", "无锡", "Zhou Min", False),
    ("麦垛食品", "Maiduo Foods", "food_beverage", "medium", "苏州", "Zhou Min", False),
    ("蓝汊水产", "Lancha Aquaculture", "aquaculture", "medium", "盐城", "Zhou Min", False),
    ("白鹭自来水", "Bailu Waterworks", "municipal_water", "large", "常州", "Zhou Min", True),
    ("芯屿半导体", "Xinyu Semiconductor", "semiconductor", "large", "无锡", "Shen Yiming", True),
    ("榆川热电", "Yuchuan Power", "power_chemicals", "large", "唐山", "Han Song", True),
    ("青禾岭乳业", FADING, "food_beverage", "large", "南宁", "Chen Hailan", True),
)
_POSTS = {
    "municipal_water": (("水质主管", "uses"), ("设备科长", "influences"), ("副总经理", "signs")),
    "waste_water": (("工艺主管", "uses"), ("采购科长", "influences"), ("副厂长", "signs")),
    "food_beverage": (("品控主管", "uses"), ("采购经理", "influences"), ("厂长", "decides")),
    "semiconductor": (("厂务工程师", "uses"), ("采购", "can_veto"), ("厂务经理", "decides")),
    "aquaculture": (("技术员", "uses"), ("场长", "decides")),
    "power_chemicals": (("化水班长", "uses"), ("物资部主任", "can_veto"), ("总工", "signs")),
}
_SENIOR = ("decides", "signs", "can_veto")
_NAMED_CONTACTS = {
    "Heting Wastewater": (
        ("吴海", "Wu Hai", "工艺主管", "uses"), ("陆建平", "Lu Jianping", "副厂长", "signs"),
        ("陈立强", "Chen Liqiang", "采购科长", "influences"),
    ),
    "Maiduo Foods": (("刘宁", "Liu Ning", "品控主管", "uses"),
                     ("何建斌", "He Jianbin", "采购经理", "influences")),
    "Lancha Aquaculture": (("高磊", "Gao Lei", "技术员", "uses"),
                           ("谢根荣", "Xie Genrong", "场长", "decides")),
    "Xinyu Semiconductor": (("王浩", "Wang Hao", "厂务工程师", "uses"),
                            ("程慧", "Cheng Hui", "采购", "can_veto")),
}  # fmt: skip


@dataclass(slots=True)
class Account:
    """A customer or a prospect, with what it already runs of ours."""

    account_id: str
    name: str
    name_en: str
    owner: Person
    industry: str
    size: str
    city: str
    key_account: bool
    created_on: date
    customer: bool  # bought before the books begin
    contacts: list[dict[str, object]] = field(default_factory=list)


def owned(person: Person) -> int:
    """How many accounts a rep looks after."""
    few = {"R15": 5, "R07": 9, "R28": 10, "R40": 10}
    return (
        0 if person.left_on else few.get(person.person_id, 19 if person.person_id == BUSY else 11)
    )


def make_accounts(stories: AbstractSet[str] = ALL) -> list[Account]:
    """All accounts with their contacts; the named ones first."""
    rng = stream("accounts")
    found: list[Account] = []
    for number, (name, name_en, trade, size, city, owner, key) in enumerate(_NAMED, 1):
        found.append(
            Account(f"A{number:03}", name, name_en, named(owner), trade, size, city, key,
                    date(2021, 3 + number, 12), True)
        )  # fmt: skip
    taken = {account.name for account in found}
    for rep in reps():
        sizes = Evenly("sizes", rep.person_id)
        for _ in range(owned(rep) - sum(account.owner == rep for account in found)):
            found.append(_account(len(found) + 1, rep, taken))
            found[-1].size = _size(sizes.draw())
            found[-1].key_account = found[-1].size == "large" and rng.random() < 0.45
    if BUSY_REP in stories:
        for account in found:
            if account.owner.person_id == BUSY:
                account.size, account.key_account = "small", False
    return found


def _account(number: int, rep: Person, taken: set[str]) -> Account:
    rng, naming = stream("account", number), stream("account name", number)
    trade = pick(rng, _TRADES[rep.region])
    name, name_en = plant_name(naming, trade)
    while name in taken:
        name, name_en = plant_name(naming, trade)
    taken.add(name)
    customer = rng.random() < 0.55
    first, last = (date(2019, 1, 1), WARM_UP) if customer else (date(2023, 6, 1), END)
    span = (last - first).days - (0 if customer else 150)
    return Account(
        f"A{number:03}", name, name_en, rep, trade, "medium", rng.choice(_CITIES[rep.team_id]),
        False, first + timedelta(days=rng.randrange(span)), customer,
    )  # fmt: skip


def _size(draw: float) -> str:
    if draw < 0.18:
        return "large"
    return "medium" if draw < 0.63 else "small"


def book_of(rep: Person, accounts: list[Account]) -> list[Account]:
    """The accounts a rep works or worked: his own, or those his successor has now."""
    owner = SUCCESSOR.get(rep.person_id, rep.person_id)
    return [account for account in accounts if account.owner.person_id == owner]


def account_rows(accounts: list[Account]) -> list[dict[str, object]]:
    """The rows of ``accounts``."""
    return [
        {
            "account_id": one.account_id, "name": one.name, "name_en": one.name_en,
            "owner_id": one.owner.person_id, "industry": one.industry, "size": one.size,
            "city": one.city, "key_account": one.key_account, "created_on": one.created_on,
        }
        for one in accounts
    ]  # fmt: skip


def contact_rows(accounts: list[Account]) -> list[dict[str, object]]:
    """The rows of ``contacts``; phone numbers are masked, as an export for training would be."""
    rng = stream("contacts")
    rows: list[dict[str, object]] = []
    for account in accounts:
        for name, name_en, post, decides in _contacts(rng, account):
            year = rng.randint(1967, 1984) if decides in _SENIOR else rng.randint(1976, 1999)
            born = date(year, 1, 1) + timedelta(days=rng.randrange(365))
            rows.append({
                "contact_id": f"C{len(rows) + 1:04}", "account_id": account.account_id,
                "name": name, "name_en": name_en, "post": post, "decides": decides,
                "birthday": born if rng.random() < 0.4 else None,
                "phone": f"1{rng.randint(30, 99)}****{rng.randint(0, 9999):04}",
            })  # fmt: skip
            account.contacts.append(rows[-1])
    return rows


def _contacts(rng: Random, account: Account) -> list[tuple[str, ...]]:
    if account.name_en in _NAMED_CONTACTS:
        return list(_NAMED_CONTACTS[account.name_en])
    posts = _POSTS[account.industry]
    many = len(posts) if account.size == "large" else rng.randint(1, len(posts))
    return [(*person_name(rng), post, decides) for post, decides in posts[:many]]


def first_customers(accounts: list[Account]) -> list[Account]:
    """Those who bought before the books begin."""
    return [account for account in accounts if account.customer and account.created_on < START]
