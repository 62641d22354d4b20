"""What the company sells: products, versions with their list prices, and what goes into a quote."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator.chance import around, pick

if TYPE_CHECKING:
    from random import Random

D20_V2 = date(2025, 9, 1)
PROBES = ("P-10", "P-20", "D-20", "T-30", "E-15")
# id: name, name in English, family, list price today, launched on
PRODUCTS = {
    "P-10": ("P-10 pH 探头", "P-10 pH probe", "probe", 2400, date(2021, 3, 1)),
    "P-20": ("P-20 pH 探头", "P-20 pH probe", "probe", 4800, date(2023, 5, 1)),
    "D-20": ("D-20 溶解氧探头", "D-20 dissolved-oxygen probe", "probe", 9800, date(2022, 4, 1)),
    "T-30": ("T-30 浊度探头", "T-30 turbidity probe", "probe", 11500, date(2022, 10, 1)),
    "E-15": ("E-15 电导率探头", "E-15 conductivity probe", "probe", 3900, date(2022, 10, 1)),
    "C-100": ("C-100 控制器", "C-100 controller", "controller", 6800, date(2021, 3, 1)),
    "C-300": ("C-300 控制器", "C-300 controller", "controller", 16500, date(2024, 3, 1)),
    "LakeView": ("澄湖云", "LakeView cloud", "cloud", 1800, date(2024, 3, 1)),
    "Plus": ("Plus 服务", "Plus service plan", "service", 1200, date(2024, 3, 1)),
    "Basic": ("Basic 服务", "Basic service plan", "service", 400, date(2024, 3, 1)),
}
MAIN: dict[str, dict[str, float]] = {
    "municipal_water": {"T-30": 50, "P-20": 25, "D-20": 10, "E-15": 15},
    "waste_water": {"D-20": 48, "P-20": 30, "T-30": 17, "P-10": 5},
    "food_beverage": {"P-20": 45, "D-20": 15, "E-15": 25, "T-30": 15},
    "semiconductor": {"E-15": 70, "T-30": 20, "P-20": 10},
    "aquaculture": {"D-20": 75, "P-20": 20, "P-10": 5},
    "power_chemicals": {"P-20": 50, "E-15": 35, "P-10": 5, "D-20": 10},
}
_QUANTITY = {"small": 8, "medium": 19, "large": 42}
_SERVICE = {"Plus": 45, "Basic": 35, "": 20}


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one product at one price."""

    product: str
    quantity: int
    price: int = 0

    @property
    def amount(self) -> int:
        """What the line comes to, in CNY without VAT."""
        return self.quantity * self.price


def list_price(product: str, day: date) -> int:
    """The list price on that day, in CNY without VAT."""
    return 7600 if product == "D-20" and day < D20_V2 else PRODUCTS[product][3]


def version(product: str, day: date) -> str:
    """The version that is sold on that day."""
    return "2" if product == "D-20" and day >= D20_V2 else "1"


def batch(product: str, day: date) -> str:
    """The batch a probe ordered on that day comes from: the month 25 days before."""
    if product not in PROBES:
        return ""
    return f"{product.replace('-', '')}-{day - timedelta(days=25):%y%m}"


def basket(rng: Random, main: str, industry: str, size: str, scale: float = 1) -> list[Line]:
    """What a customer of that trade and size needs: probes, controllers, cloud, service."""
    probes = max(1, round(around(rng, _QUANTITY[size] * scale, 0.3)))
    second = pick(rng, MAIN[industry])
    mains = max(1, round(probes * rng.uniform(0.55, 0.85)))
    wanted = {main: mains}
    if probes > mains:
        wanted[second] = wanted.get(second, 0) + probes - mains
    small = rng.random() < (0.75 if size == "small" else 0.2)
    controllers = math.ceil(probes / (2 if small else 8))
    wanted["C-100" if small else "C-300"] = controllers
    if rng.random() < 0.7:
        wanted["LakeView"] = controllers
    if plan := pick(rng, _SERVICE):
        wanted[plan] = probes
    return [Line(product, quantity) for product, quantity in wanted.items()]


def spares(rng: Random, weights: dict[str, float], size: str) -> list[Line]:
    """What a customer orders again: some probes, now and then a controller."""
    probes = max(1, round(around(rng, _QUANTITY[size] * 0.36, 0.4)))
    lines = [Line(pick(rng, weights), probes)]
    if rng.random() < 0.3:
        lines.append(Line("C-100" if size == "small" else "C-300", math.ceil(probes / 8)))
    return lines


def priced(lines: list[Line], day: date, discount: float = 0) -> list[Line]:
    """The lines at that day's list price less the discount (0 to 1), in whole CNY."""
    return [
        Line(line.product, line.quantity, round(list_price(line.product, day) * (1 - discount)))
        for line in lines
    ]


def total(lines: list[Line]) -> int:
    """The sum of the lines, in CNY without VAT."""
    return sum(line.amount for line in lines)


def product_rows() -> list[dict[str, object]]:
    """The rows of ``products``."""
    return [
        {
            "product_id": product, "name": name, "name_en": name_en, "family": family,
            "list_price": price, "launched_on": launched,
        }
        for product, (name, name_en, family, price, launched) in PRODUCTS.items()
    ]  # fmt: skip
