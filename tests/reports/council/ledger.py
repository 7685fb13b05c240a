"""What a report has to say, worked out again from the raw rows: no query, no class of ours.

Plain loops over `values_list`, slow and obvious on purpose. It must share nothing with the code
it checks but the meaning.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from leitbild.delivery.models import Milestone, MilestoneValue, Money, ProgressUpdate, Rhythm
from leitbild.plan.models import Measure

ORDER: Final = ["planned", "under_way", "done", "permanent", "delayed", "stopped", "no_news"]
SOURCES: Final = ["budget", "third_party", "grant"]
Row = dict[str, Any]


def rows(model: Any, *names: str) -> list[Row]:
    found = [dict(zip(names, each, strict=True)) for each in model.objects.values_list(*names)]
    return sorted(found, key=lambda row: row["pk"])


class Ledger:
    """All that the report of a period must say, for an audience."""

    def __init__(self, since: dt.date, until: dt.date, *, internal: bool, money: bool) -> None:
        self.since, self.until, self.shows_money = since, until, money
        texts = ("text", "reason", "next_step", "obstacle", "helps")
        updates = rows(
            ProgressUpdate, "pk", "measure_id", "date", "kind", "state", "public", *texts
        )
        self.updates = [each for each in updates if internal or each["public"]]
        if not internal:
            for each in self.updates:
                each["helps"] = ""
        self.measures = rows(
            Measure, "pk", "code", "lead_id", "start", "end", "position", "goal_links__goal__theme"
        )
        self.milestones = rows(Milestone, "pk", "measure_id", "title", "due", "done")
        self.values = rows(MilestoneValue, "pk", "milestone_id", "date", "value")
        self.money = rows(
            Money, "pk", "measure_id", "year", "source", "planned_cents", "spent_cents"
        )
        self.rhythms = rows(Rhythm, "pk", "measure_id", "months")

    def themes(self) -> list[list[Row]]:
        """The measures by theme in the order of the concept; those without a goal come last."""
        names = sorted({row["goal_links__goal__theme"] or 10**9 for row in self.measures})
        return [
            sorted(
                (row for row in self.measures if (row["goal_links__goal__theme"] or 10**9) == name),
                key=lambda row: row["position"],
            )
            for name in names
        ]

    def newest(self, measure: Row, day: dt.date, *, reported: bool = False) -> Row | None:
        best: Row | None = None
        for each in self.updates:
            if each["measure_id"] != measure["pk"] or each["date"] > day:
                continue
            if reported and each["kind"] != "reported":
                continue
            if best is None or (each["date"], each["pk"]) > (best["date"], best["pk"]):
                best = each
        return best

    def state(self, measure: Row, day: dt.date) -> str:
        found = self.newest(measure, day)
        return found["state"] if found else "no_news"

    def now(self, measure: Row) -> str:
        return self.state(measure, self.until)

    def before(self, measure: Row) -> str:
        return self.state(measure, self.since - dt.timedelta(days=1))

    def counts(self, measures: Iterable[Row]) -> list[tuple[str, int, int]]:
        measures = list(measures)
        found = []
        for name in ORDER:
            now = len([each for each in measures if self.now(each) == name])
            before = len([each for each in measures if self.before(each) == name])
            if now + before:
                found.append((name, now, before))
        return found

    def news(self, measure: Row) -> list[tuple[Any, ...]]:
        found = [
            each
            for each in self.updates
            if each["measure_id"] == measure["pk"] and self.since <= each["date"] <= self.until
        ]
        found.sort(key=lambda each: (each["date"], each["pk"]))
        return [
            (
                *(each["date"], each["state"], each["kind"] == "confirmed", each["text"]),
                *(each["obstacle"], each["helps"], not each["public"]),
            )
            for each in reversed(found)
        ]

    def silent_days(self, measure: Row) -> int | None:
        found = self.newest(measure, self.until)
        return self.until.toordinal() - found["date"].toordinal() if found else None

    def freshness(self, measure: Row) -> str:
        found = self.newest(measure, self.until)
        if found is None:
            starts = measure["start"]
            return "fresh" if starts and starts > self.until else "silent"
        if found["state"] in {"done", "stopped"}:
            return "closed"
        own = [each["months"] for each in self.rhythms if each["measure_id"] == measure["pk"]]
        common = [each["months"] for each in self.rhythms if each["measure_id"] is None]
        months = [*own, *common, 6][0]
        due = months_later(found["date"], months)
        if self.until <= due:
            return "fresh"
        patience = (due - found["date"]).days * 3 // 2
        return "due" if (self.until - found["date"]).days <= patience else "silent"

    def gaps(self, measure: Row) -> list[str]:
        has_money = any(each["measure_id"] == measure["pk"] for each in self.money)
        tests = [
            ("owner", measure["lead_id"] is None),
            ("date", measure["start"] is None and measure["end"] is None),
            ("money", self.shows_money and not has_money),
            ("news", self.freshness(measure) == "silent"),
        ]
        return [name for name, lacks in tests if lacks]

    def steps(self, measure: Row) -> list[tuple[Any, ...]]:
        """Each milestone with its status, its done day and its number at the end of the period."""
        found = []
        for each in sorted(self.milestones, key=lambda row: (row["due"], row["pk"])):
            if each["measure_id"] != measure["pk"]:
                continue
            done = each["done"]
            if done is not None and done > self.until:
                done = None
            status = "open" if each["due"] >= self.until else "overdue"
            read = [
                (value["date"], value["pk"], value["value"])
                for value in self.values
                if value["milestone_id"] == each["pk"] and value["date"] <= self.until
            ]
            number = max(read)[2] if read else None
            found.append((each["title"], each["due"], done, "done" if done else status, number))
        return found

    def sums(self, measures: Iterable[Row]) -> list[tuple[Any, ...]]:
        """Year, source, planned and spent with how many measures said so; sources, then all."""
        own = {each["pk"] for each in measures}
        found = []
        for year in range(self.since.year, self.until.year + 1):
            paid = [each for each in self.money if each["measure_id"] in own]
            paid = [each for each in paid if each["year"] == year] if self.shows_money else []
            for source in [*SOURCES, ""]:
                chosen = [each for each in paid if source in ("", each["source"])]
                if chosen:
                    planned = said(chosen, "planned_cents")
                    spent = said(chosen, "spent_cents")
                    found.append((year, source, *planned, *spent))
        return found

    def moved(self) -> dict[str, tuple[list[str], str]]:
        halted = set(self.still())
        found = {}
        for each in (each for measures in self.themes() for each in measures):
            if self.now(each) != self.before(each) and each["code"] not in halted:
                said = [news[3] for news in self.news(each) if news[1] == self.now(each)]
                text = [f"{each}." for each in said if each][:1]
                found[each["code"]] = (["moved"], "".join(text))
        return found

    def still(self) -> dict[str, tuple[list[str], str]]:
        found = {}
        for each in (each for measures in self.themes() for each in measures):
            why, text = [], []
            if (state := self.now(each)) in {"delayed", "stopped"}:
                why.append(state)
                last = self.newest(each, self.until, reported=True)
                if last and last["state"] == state:
                    text.append(f"{last['reason']}.")
            if self.freshness(each) == "silent":
                why.append("silent")
                days = self.silent_days(each)
                unit = "day" if days == 1 else "days"
                text.append(f"No news for {days} {unit}." if days is not None else NEVER)
            if why:
                found[each["code"]] = (why, " ".join(text))
        return found

    def decisions(self) -> dict[str, tuple[list[str], str]]:
        found = {}
        for each in (each for measures in self.themes() for each in measures):
            why, text = [], []
            state = self.now(each)
            last = self.newest(each, self.until, reported=True)
            if state == "stopped":
                why.append("stopped")
                text.append("It was stopped: is it to be resumed, changed or dropped?")
            if last and last["obstacle"] and state != "done":
                why.append("obstacle")
                text.append(f"{last['obstacle']}.")
                if last["helps"]:
                    text.append(f"What helps: {last['helps']}")
            late = [step for step in self.steps(each) if step[3] == "overdue"]
            if late and state not in {"done", "stopped"}:
                why.append("overdue")
                for title, due, *_rest in late:
                    text.append(f"Milestone overdue since {in_words(due)}: {title}.")
            if each["lead_id"] is None and state not in {"done", "stopped"}:
                why.append("owner")
                text.append("Nobody leads it yet.")
            if why:
                found[each["code"]] = (why, " ".join(text))
        return found


NEVER: Final = "No news yet."


def said(paid: list[Row], name: str) -> tuple[int | None, int]:
    """The sum of what was said, and how many measures said something."""
    given = [(each["measure_id"], each[name]) for each in paid if each[name] is not None]
    if not given:
        return None, 0
    return sum(cents for _measure, cents in given), len({measure for measure, _cents in given})


def months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return dt.date(day.year + years, month + 1, min(day.day, last))


def in_words(day: dt.date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
