"""The weekly letter: at most five sentences, of which the first is the verdict.

After it what was used, and then what is worth most: by its electricity in a year and by
how sure it is. What was said is not said again within four weeks, unless it got worse.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from ..analysis.hourly import ELECTRICITY
from . import limits
from .days import last_days
from .electricity import cost_of_days, cost_of_part, paid_for
from .heater import by_cause, episodes_in
from .result import Insight, learning, spanning, unknown
from .subject import Subject
from .verdict import Verdict

ID: Final = "letter"
_WEEK: Final = 7
_YEAR: Final = 365
_MONTH: Final = 30
# It heats in half of a year.
_COLD_MONTHS: Final = 6

# They rest on the last weeks alone: each autumn they wait for days, as in the first one.
_OF_LATE: Final = ("cycling", "curve")

# Every sentence there is, with the numbers and words in it: `checks` are ids of checks,
# `insight` is that of an insight, `cause` one of the auxiliary heater. Translations have
# a text for each.
SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "verdict_ok": ("made", "of"),
    "verdict_ok_as_far": ("made", "of"),
    "verdict_watch": ("checks",),
    "verdict_act": ("checks",),
    "verdict_learning": (),
    "verdict_unknown": (),
    "used": ("kwh",),
    "used_cost": ("kwh", "cost"),
    "more_colder": ("more", "colder"),
    "more_milder": ("more", "colder"),
    "less_colder": ("more", "colder"),
    "less_milder": ("more", "colder"),
    "heater": ("kwh", "cause"),
    "heater_cost": ("kwh", "cause", "cost"),
    "cop_low": ("percent",),
    "cop_low_cost": ("percent", "cost"),
    "capacity_low": ("percent",),
    "flow_low": ("percent",),
    "short_runs": ("minutes",),
    "not_hot": ("days",),
    "peak": ("kw",),
    "learning": ("insight", "missing"),
    "learning_one": ("insight",),
    "nothing": (),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: a code of `SENTENCES` with its params."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return what a viewer is sent, and what is stored."""
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Said:
    """When something was said last, and how much it was then."""

    day: date
    amount: float


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the week before `day`, and what has been said with it, by code."""

    day: date
    sentences: tuple[Sentence, ...]
    said: Mapping[str, Said]

    def as_dict(self) -> dict[str, Any]:
        """Return what is stored."""
        return {
            "day": self.day.isoformat(),
            "sentences": [one.as_dict() for one in self.sentences],
            "said": {
                code: {"day": one.day.isoformat(), "amount": one.amount}
                for code, one in self.said.items()
            },
        }


def letter_from(stored: Any) -> Letter | None:
    """Return a letter that was stored, None where there is none that can be read."""
    try:
        return Letter(
            date.fromisoformat(stored["day"]),
            tuple(
                Sentence(str(one["code"]), dict(one["params"]))
                for one in stored["sentences"]
            ),
            {
                code: Said(date.fromisoformat(one["day"]), float(one["amount"]))
                for code, one in stored["said"].items()
            },
        )
    except AttributeError, KeyError, TypeError, ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _News:
    """What may be said: how much of it there is, and what it is worth a year.

    `worth`: in kWh of electricity, as sure as it is, so that it is the same in every
    currency; of what takes none, what its place among the others asks for.
    """

    sentence: Sentence
    amount: float
    worth: float


def letter(
    subject: Subject,
    verdict: Verdict,
    insights: Mapping[str, Insight],
    said: Mapping[str, Said],
) -> Letter | None:
    """Return the letter of the week before today; None of one that is hardly known.

    `said`: what letters before have said, by code.
    """
    days = last_days(subject.days, subject.today, _WEEK)
    if _coverage(days) < limits.LETTER_COVERAGE:
        return None
    first = [_verdict(verdict), *_used(days)]
    found = sorted(_news(subject, days, insights), key=lambda one: -one.worth)
    new = [one for one in found if _is_new(one, said, subject.today)]
    told = new[: limits.LETTER_SENTENCES - len(first)]
    rest = [one.sentence for one in told] or [Sentence("nothing")]
    sentences = [*first, *_compared(subject, days), *rest]
    if len(sentences) > limits.LETTER_SENTENCES:
        sentences = [*first, *rest]
    now = {one.sentence.code: Said(subject.today, one.amount) for one in told}
    recent = {
        code: one for code, one in said.items() if subject.today - one.day < _again()
    }
    return Letter(subject.today, tuple(sentences), recent | now)


def as_insight(last: Letter | None, subject: Subject) -> Insight:
    """Return the last letter as an insight; how many days the first one waits for."""
    if last is None:
        days = last_days(subject.days, subject.today, _WEEK)
        if 0 < len(days) < _WEEK:
            return learning(ID, len(days), _WEEK)
        return unknown(ID, "not_yet" if len(days) else "coverage")
    sentences = [one.as_dict() for one in last.sentences]
    found = Insight(
        id=ID,
        state="ok",
        code="letter",
        n=len(sentences),
        params={"sentences": sentences},
    )
    start = last.day - timedelta(days=_WEEK)
    return spanning(found, start, last.day - timedelta(days=1))


def _again() -> timedelta:
    return timedelta(days=limits.LETTER_AGAIN_DAYS)


def _is_new(news: _News, said: Mapping[str, Said], today: date) -> bool:
    """Return whether it was not said lately, or has become worse since."""
    before = said.get(news.sentence.code)
    if before is None or not timedelta() <= today - before.day < _again():
        return True
    return news.amount >= limits.LETTER_WORSE * before.amount


def _coverage(days: pd.DataFrame) -> float:
    """Return the share of the week that is known."""
    known_s = (days["coverage"] * days["seconds"]).sum()
    return float(known_s) / (_WEEK * 86_400)


def _verdict(verdict: Verdict) -> Sentence:
    """Return the first sentence."""
    code = f"verdict_{verdict.code}"
    if verdict.state in ("act", "watch"):
        return Sentence(code, {"checks": list(verdict.named)})
    if verdict.state == "ok":
        return Sentence(code, {"made": verdict.made, "of": len(verdict.checks)})
    return Sentence(code)


def _used(days: pd.DataFrame) -> Iterator[Sentence]:
    """Yield what the week took, with what that cost where it is known.

    Both as *History* says them of the same days.
    """
    kwh = float(days[list(ELECTRICITY)].sum().sum())
    if kwh <= 0:
        return
    cost = cost_of_days(days)
    if cost is None:
        yield Sentence("used", {"kwh": kwh})
    else:
        yield Sentence("used_cost", {"kwh": kwh, "cost": cost})


def _compared(subject: Subject, days: pd.DataFrame) -> Iterator[Sentence]:
    """Yield how much more it took than the week before, and how much colder it was."""
    start = subject.today - timedelta(days=_WEEK)
    before = last_days(subject.days, start, _WEEK)
    if _coverage(before) < limits.LETTER_COVERAGE:
        return
    both = ["electricity_kwh", "degree_days"]
    # Of a day that is half read a week would have less than it took.
    known = [part[part["whole"].astype(bool)][both].dropna() for part in (before, days)]
    if min(len(part) for part in known) < limits.LETTER_LEAST_DAYS:
        return
    means = [[float(part[name].mean()) for part in known] for name in both]
    used, cold = means
    if min(used) <= 0 or min(cold) < limits.LETTER_LEAST_COLD:
        return
    more, colder = (100 * (now / then - 1) for then, now in means)
    least = limits.LETTER_LEAST_CHANGE
    if abs(more) < least or abs(colder) < least:
        return
    code = f"{'more' if more > 0 else 'less'}_{'colder' if colder > 0 else 'milder'}"
    yield Sentence(code, {"more": abs(more), "colder": abs(colder)})


def _news(
    subject: Subject, days: pd.DataFrame, insights: Mapping[str, Insight]
) -> Iterator[_News]:
    """Yield what may be said of the week."""
    yield from _of_heater(subject, days)
    yield from _of_cop(subject, insights["cop"])
    for insight, code, name in (
        ("ground", "flow_low", "percent"),
        ("cycling", "short_runs", "minutes"),
    ):
        found = insights[insight]
        if found.state in ("act", "watch") and found.value is not None:
            sentence = Sentence(code, {name: abs(found.value)})
            # Runs are worse the shorter they are.
            amount = abs(found.value) if code == "flow_low" else 1 / found.value
            yield _News(sentence, amount, limits.LETTER_FAULT_KWH)
    since = insights["hot_water"].params.get("days_since_60")
    if isinstance(since, int) and since > limits.SAFE_DAYS[0]:
        sentence = Sentence("not_hot", {"days": since})
        yield _News(sentence, float(since), limits.LETTER_FAULT_KWH)
    yield from _of_peak(subject)
    yield from _of_learning(subject, days, insights)


def _of_heater(subject: Subject, days: pd.DataFrame) -> Iterator[_News]:
    """Yield what the auxiliary heater took, and mostly why."""
    kwh = float(days["auxiliary_kwh"].fillna(0.0).sum())
    heat = float(days["heat_kwh"].sum())
    causes = by_cause(episodes_in(subject, days), kwh)
    if not causes or kwh <= 0:
        return
    cost = cost_of_part(days, "auxiliary")
    # It does so in the cold half of a year.
    yearly = _YEAR / 2 / _WEEK * kwh
    # Where no heat is known, there is nothing that it could be a share of.
    worth = yearly if cost is not None or heat <= 0 else 0.0
    is_small = heat <= 0 or kwh < limits.LETTER_LEAST_SHARE * heat
    if worth < limits.LETTER_LEAST_KWH and is_small:
        return
    told = {"kwh": kwh, "cause": max(causes, key=lambda cause: causes[cause])}
    if cost is None:
        yield _News(Sentence("heater", told), kwh, limits.LETTER_FAULT_KWH)
    else:
        yield _News(Sentence("heater_cost", {**told, "cost": cost}), kwh, worth)


def _of_cop(subject: Subject, cop: Insight) -> Iterator[_News]:
    """Yield how much less it gives than it should, beyond doubt."""
    if cop.state not in ("act", "watch") or cop.value is None:
        return
    percent = -cop.value
    doubt = limits.SIGMAS * (cop.scatter or 0.0)
    if percent <= doubt:
        return
    certainty = percent / (percent + doubt)
    # What its card says: of heating alone, and of a month, as winter is no whole year.
    cost = cop.params.get("cost")
    days = last_days(subject.days, subject.today, _MONTH)
    price = paid_for(days, 1.0) or 0.0
    if cop.code == "cop_low" and isinstance(cost, float) and price > 0:
        sentence = Sentence("cop_low_cost", {"percent": percent, "cost": cost})
        yield _News(sentence, percent, _COLD_MONTHS * cost / price * certainty)
    else:
        sentence = Sentence(cop.code, {"percent": percent})
        yield _News(sentence, percent, limits.LETTER_FAULT_KWH * certainty)


def _of_peak(subject: Subject) -> Iterator[_News]:
    """Yield the highest hour of the month so far; on the first days of one there is none."""
    begun = pd.Timestamp(subject.today.replace(day=1))
    month = subject.days[subject.days.index >= begun]["electricity_most"].dropna()
    if len(month) >= _WEEK:
        kw = float(month.max())
        yield _News(Sentence("peak", {"kw": kw}), kw, 1.0)


def _of_learning(
    subject: Subject, week: pd.DataFrame, insights: Mapping[str, Insight]
) -> Iterator[_News]:
    """Yield what will be known next, and in how many days; not what is told so far.

    All of them are days of heating: of a week that had none nothing comes nearer.
    """
    if not _heats(week).any():
        return
    known = int(_heats(subject.days).sum())
    days = [
        (missing, name)
        for name, one in insights.items()
        if one.state == "learning"
        and one.code == "days"
        and isinstance(missing := one.params.get("missing"), int)
        and not (name in _OF_LATE and known >= missing + (one.n or 0))
    ]
    if days:
        missing, name = min(days)
        told = {"insight": name, "missing": missing}
        one = Sentence("learning_one", {"insight": name})
        # It is never worse than the last time, and worth no money.
        yield _News(one if missing == 1 else Sentence("learning", told), 1.0, 0.0)


def _heats(days: pd.DataFrame) -> pd.Series:
    """Return which days heated for long enough that something is learned of them."""
    return days["steady_heating_s"] >= 3600 * limits.COP_STEADY_H
