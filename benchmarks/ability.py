"""Ability and what items ask, from few answers: salestrain beside girth and mirt; adaptive tests.

    python benchmarks/ability.py                 # 200 classes of each size, 300 people tested
    python benchmarks/ability.py --seeds 20 --people 60

Needs ``pip install girth mirt catsim`` for the rivals (it says which are missing). mirt is PyPI's,
by Cameron Lyons, not R's package of that name. girth is slow: it sees fewer of the classes.

1. Classes of 20, 50 and 200 answer 25 items whose true a (lognormal, 0.3) and b (normal) are known.
   How far is b off, how large does a get, how often do 95 % intervals hold the truth? With
   authors' guesses: the true facility plus an error with a standard deviation of 0.12.
2. A bank of 400 items; people take all of it, a fixed test, and adaptive ones.
   How many items for the fixed test's standard error; which side of the cut; which items are seen?
   Once with the true a and b, once with those calibrated on 50 people who saw 60 items each.
"""

from __future__ import annotations

import argparse
import importlib
import time
import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.ability import (
    Ability,
    Bank,
    Choice,
    Prior,
    Rule,
    abilities,
    ability,
    calibrate,
    decide,
    expected_share,
    next_item,
    prior,
    stop,
    theta_at,
)
from salestrain.training.ability.adaptive import OF_BEST
from salestrain.training.ability.calibration import MASSES, THETAS
from salestrain.training.ability.model import chances, information

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    import numpy.typing as npt

    from salestrain.training.ability.model import Numbers

    Figures = tuple[Numbers, Numbers]
    Way = Callable[[Numbers], Figures]

ITEMS, SIZES, GUESS_SD, A_SD = 25, (20, 50, 200), 0.12, 0.3
BANK, FIXED, PASS_SHARE, MOST = 400, 40, 0.6, 40


def found(name: str) -> ModuleType | None:
    """Return a rival, None if it isn't installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"missing: {name} (pip install {name})")
        return None


def true_bank(rng: np.random.Generator, items: int) -> Bank:
    """Return items as they truly are."""
    return Bank(np.exp(A_SD * rng.normal(size=items)), rng.normal(size=items))


def answered(rng: np.random.Generator, thetas: Numbers, bank: Bank) -> Numbers:
    """Return rights and wrongs, people × items."""
    right = chances(thetas, bank)
    return (rng.random(right.shape) < right).astype(float)


def guesses(rng: np.random.Generator, bank: Bank) -> list[float | None]:
    """Return what authors would guess of the share answering right."""
    facility = MASSES @ chances(THETAS, bank)
    return list((facility + GUESS_SD * rng.normal(size=facility.size)).clip(0.02, 0.98))


def rivals(
    girth: ModuleType | None, mirt: ModuleType | None, few: int
) -> dict[str, tuple[Way, int]]:
    """Return the other ways to calibrate, and how many classes each sees."""
    ways: dict[str, tuple[Way, int]] = {}
    if mirt:
        ways["mirt, MML"] = (lambda got: _mirt(mirt, got), 10**6)
    if girth:
        ways["girth, MML"] = (lambda got: _girth(girth.twopl_mml, got), few)
        ways["girth, EAP of a"] = (lambda got: _girth(girth.twopl_mml_eap, got), max(1, few // 4))
    return ways


def _mirt(mirt: ModuleType, got: Numbers) -> Figures:
    table = mirt.fit_mirt(got.astype(int), model="2PL", compute_standard_errors=False).coef()
    return table["discrimination"].to_numpy(), table["difficulty"].to_numpy()


def _girth(fit: Callable[..., dict[str, Numbers]], got: Numbers) -> Figures:
    result = fit(got.astype(int).T)
    return result["Discrimination"], result["Difficulty"]


class Fit(NamedTuple):
    """One class calibrated in one way: errors of b, largest a, seconds, intervals that hold b."""

    off: Numbers
    largest: float
    seconds: float
    held: float | None = None


def fit_class(seed: int, size: int, ways: dict[str, tuple[Way, int]]) -> dict[str, Fit]:
    """Return how each way does on one class."""
    rng = np.random.default_rng([seed, size])
    bank = true_bank(rng, ITEMS)
    got = answered(rng, rng.normal(size=size), bank)
    known: dict[str, list[float | None]] = {
        "ours, with guesses": guesses(rng, bank),
        "ours, without": [None] * ITEMS,
    }
    fits = {"the truth": Fit(np.zeros(ITEMS), bank.a.max(), 0.0)}
    for name, facilities in known.items():
        begun = time.perf_counter()
        ours = calibrate(got, prior(facilities))
        held = (np.abs(ours.b - bank.b) < 1.96 * ours.se_b).mean()
        fits[name] = Fit(ours.b - bank.b, ours.a.max(), time.perf_counter() - begun, float(held))
    for name, (way, most) in ways.items():
        if seed < most:
            begun = time.perf_counter()
            a, b = way(got)
            fits[name] = Fit(b - bank.b, np.abs(a).max(), time.perf_counter() - begun)
    return fits


def calibrations(seeds: int, ways: dict[str, tuple[Way, int]]) -> None:
    """Print the first table."""
    print(f"\n{'people':>6}  {'way':18} {'classes':>7} {'RMSE b':>7} {'median |off|':>12} "
          f"{'largest a':>9} {'(median)':>8} {'in 95 %':>8} {'s':>7}")  # fmt: skip
    for size in SIZES:
        fits = defaultdict(list)
        for seed in range(seeds):
            for name, fit in fit_class(seed, size, ways).items():
                fits[name].append(fit)
        for name, each in fits.items():
            off = np.concatenate([fit.off for fit in each])
            largest = [fit.largest for fit in each]
            print(f"{size:6}  {name:18} {len(each):7} {np.sqrt((off**2).mean()):7.2f} "
                  f"{np.median(np.abs(off)):12.2f} {max(largest):9.2f} {np.median(largest):8.2f} "
                  f"{share([fit.held for fit in each]):>8} "
                  f"{np.mean([fit.seconds for fit in each]):7.3f}")  # fmt: skip


def share(parts: Sequence[float | None]) -> str:
    """Return the mean of shares as text."""
    known = [each for each in parts if each is not None]
    return f"{np.mean(known):.1%}" if known else "–"


class Sat(NamedTuple):
    """A test one person sat: which items, and the ability in the end."""

    asked: list[int]
    known: Ability


def sit(got: Numbers, bank: Bank, rule: Rule, seed: object, of_best: int = OF_BEST) -> Sat:
    """Return an adaptive test of a person whose answers to the whole bank are known."""
    asked: list[int] = []
    known = Ability(0.0, 1.0)
    while not stop(known, len(asked), rule):
        item = next_item(known.theta, bank, asked, seed, Choice(of_best=of_best))
        if item is None:
            break
        asked.append(item)
        known = ability(got[asked], bank.part(asked))
    return Sat(asked, known)


def take(got: Numbers, bank: Bank, items: npt.NDArray[np.integer]) -> list[Sat]:
    """Return the same items taken by everyone."""
    part = bank.part(list(items))
    thetas, ses = abilities(got[:, items], part)
    return [Sat(list(items), Ability(*map(float, each))) for each in zip(thetas, ses, strict=True)]


def items_needed(got: Numbers, bank: Bank, rng: np.random.Generator) -> None:
    """Print how many items an adaptive test asks for the standard error of a fixed one."""
    population = MASSES @ information(THETAS, bank)
    fixed = {
        "drawn at random": rng.choice(BANK, FIXED, replace=False),
        "best for the population": np.argsort(-population)[:FIXED],
    }
    print(f"\nItems for the standard error (as believed) of a fixed test of {FIXED}")
    for name, items in fixed.items():
        theirs = take(got, bank, items)
        rules = [Rule(se=each.known.se, least=1, most=BANK) for each in theirs]
        ours = [
            sit(row, bank, rule, seed)
            for seed, (row, rule) in enumerate(zip(got, rules, strict=True))
        ]
        counts = np.array([len(each.asked) for each in ours])
        print(f"  {name:24} se {np.mean([each.known.se for each in theirs]):.3f}   "
              f"adaptive: mean {counts.mean():.1f}, median {np.median(counts):.0f}, "
              f"90 % in {np.quantile(counts, 0.9):.0f}, {counts.mean() / FIXED:.2f} of it"
              )  # fmt: skip


def sides(tests: dict[str, list[Sat]], cut: float, truth: Numbers, whole: list[Sat]) -> None:
    """Print how often each test puts people on the right side of the cut."""
    full = np.array([each.known.theta >= cut for each in whole])
    clear = np.array([decide(each.known, cut).passed is not None for each in whole])
    print(f"  {'':30} {'items':>6} {'decided':>8} {'true side':>10} | {'everyone:':>9} "
          f"{'true side':>9} {'bank says':>9} {'bank sure':>9}")  # fmt: skip
    for name, sat in (*tests.items(), (f"the whole bank, {BANK}", whole)):
        side = np.array([each.known.theta >= cut for each in sat])
        open_ = np.array([decide(each.known, cut).passed is None for each in sat])
        print(f"  {name:30} {np.mean([len(each.asked) for each in sat]):6.1f} "
              f"{1 - open_.mean():8.1%} {(side == truth)[~open_].mean():10.1%} | {'':9} "
              f"{(side == truth).mean():9.1%} {(side == full).mean():9.1%} "
              f"{(side == full)[clear].mean():9.1%}")  # fmt: skip


def decisions(
    got: Numbers, thetas: Numbers, true: Bank, bank: Bank, rng: np.random.Generator
) -> None:
    """Print the decisions at a pass mark: by a fixed test, by adaptive ones, by the whole bank."""
    cut = theta_at(PASS_SHARE, bank)
    truth = np.array([expected_share(theta, true) >= PASS_SHARE for theta in thetas])
    whole = take(got, bank, np.arange(BANK))
    print(f"\nDecisions at {PASS_SHARE:.0%} of the bank right, wrong at most 1 in 20")
    rules = {
        f"adaptive to se 0.3, most {MOST}": Rule(0.3, 5, MOST),
        f"adaptive until decided, most {MOST}": Rule(0.0, 10, MOST, cut),
        "adaptive until decided, most 80": Rule(0.0, 10, 80, cut),
    }
    exam = "an exam's: wrong at most 1 in 40"
    rules[exam] = Rule(0.0, 10, MOST, cut, 0.025)
    tests = {f"fixed, {FIXED} at random": take(got, bank, rng.choice(BANK, FIXED, replace=False))}
    for name, rule in rules.items():
        of_best = 20 if name == exam else OF_BEST
        tests[name] = [sit(row, bank, rule, seed, of_best) for seed, row in enumerate(got)]
    sides(tests, cut, truth, whole)


def exposures(got: Numbers, bank: Bank) -> None:
    """Print which items are seen how often, by how many of the best one is drawn from."""
    print("\nWho sees what (adaptive to se 0.3)")
    print(f"  {'of best':>7} {'items':>6} {'most seen':>9} {'never':>6} {'two people share':>16}")
    for of_best in (1, 5, 10, 20):
        sat = [sit(row, bank, Rule(0.3, 5, MOST), seed, of_best) for seed, row in enumerate(got)]
        counts = np.bincount(np.concatenate([each.asked for each in sat]), minlength=BANK)
        rates, mean = counts / len(sat), counts.sum() / len(sat)
        overlap = (counts * (counts - 1)).sum() / (len(sat) * (len(sat) - 1)) / mean
        print(f"  {of_best:7} {mean:6.1f} {rates.max():9.1%} {(counts == 0).mean():6.1%} "
              f"{overlap:16.1%}")  # fmt: skip


def agreements(mirt: ModuleType | None, catsim: ModuleType | None) -> None:
    """Print how far ours is from the rivals where all should say the same."""
    rng = np.random.default_rng(2)
    bank, thetas = true_bank(rng, ITEMS), rng.normal(size=1000)
    got = answered(rng, thetas, bank)
    if mirt:
        ours = calibrate(got, Prior(np.zeros(ITEMS), np.full(ITEMS, 1e3), 1.0, 1e3))
        apart = np.abs(np.subtract(_mirt(mirt, got), (ours.a, ours.b))).max()
        print(f"1000 people, no prior: a and b within {apart:.4f} of mirt's")
    if catsim:
        print(_beside_catsim(got[:100], bank))


def _beside_catsim(got: Numbers, bank: Bank) -> str:
    catsim = importlib.import_module("catsim")
    estimator = importlib.import_module("catsim.estimation").NumericalSearchEstimator()
    selector = importlib.import_module("catsim.selection").MaxInfoSelector()
    items = np.stack([bank.a, bank.b, np.zeros(ITEMS), np.ones(ITEMS)], axis=1)
    theirs = catsim.ItemBank(items)
    asked, apart, differ = [*range(15)], 0.0, 0
    for row in got:
        if 0 < row[asked].sum() < len(asked):
            likeliest = estimator.estimate(
                item_bank=theirs,
                administered_items=asked,
                response_vector=list(row[asked] > 0),
                est_theta=0.0,
            )
            part = Bank(bank.a[asked], bank.b[asked])
            ours = ability(row[asked], part, Ability(0.0, 1e3)).theta
            apart = max(apart, abs(ours - likeliest))
            picked = selector.select(item_bank=theirs, administered_items=asked, est_theta=ours)
            differ += picked != next_item(ours, bank, asked, 0, Choice(of_best=1))
    return (
        f"100 people, 15 items: theta within {apart:.1e} of catsim's; {differ} other items picked"
    )


def speed() -> None:
    """Print how long a class's and a person's figures take."""
    rng = np.random.default_rng(3)
    true = true_bank(rng, BANK)
    got = answered(rng, rng.normal(size=200), true)
    begun = time.perf_counter()
    bank = calibrate(got, prior([None] * BANK))
    calibrated = time.perf_counter()
    known = ability(got[0], bank)
    next_item(known.theta, bank, [], 0)
    ended = time.perf_counter()
    print(f"200 people × {BANK} items calibrated in {calibrated - begun:.2f} s; "
          f"ability and next item in {1000 * (ended - calibrated):.1f} ms")  # fmt: skip


def roughly(rng: np.random.Generator, true: Bank) -> Bank:
    """Return the bank as 50 people leave it who saw 60 items each, with authors' guesses."""
    got = answered(rng, rng.normal(size=50), true)
    for row in got:
        row[rng.choice(BANK, BANK - 60, replace=False)] = np.nan
    return calibrate(got, prior(guesses(rng, true)))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=200, help="classes of each size")
    parser.add_argument("--girth-seeds", type=int, default=40)
    parser.add_argument("--people", type=int, default=300, help="who take the adaptive tests")
    parser.add_argument("--bank", type=int, default=1, help="seed of the bank and its people")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")  # the rivals'
    girth, mirt, catsim = map(found, ("girth", "mirt", "catsim"))
    agreements(mirt, catsim)
    speed()
    ways = rivals(girth, mirt, chosen.girth_seeds)
    calibrations(chosen.seeds, ways)
    rng = np.random.default_rng(chosen.bank)
    true = true_bank(rng, BANK)
    thetas = rng.normal(size=chosen.people)
    got = answered(rng, thetas, true)
    for name, bank in (("true a and b", true), ("calibrated on 50 people", roughly(rng, true))):
        print(f"\n== A bank of {BANK}, {name}")
        items_needed(got, bank, rng)
        decisions(got, thetas, true, bank, rng)
        exposures(got, bank)


if __name__ == "__main__":
    main()
