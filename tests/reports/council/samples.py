"""Reports to print: a city's half year, one in Arabic, an empty one, a large one."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import cycle
from typing import Any, Final

from django.utils.translation import override

from leitbild.core.colour import palette_colour
from leitbild.delivery.conduct import Conduct
from leitbild.reports.council.content import (
    CouncilReport,
    Gap,
    News,
    Paper,
    ReportedMeasure,
    ReportedTheme,
    Stand,
    Step,
    Sum,
)
from leitbild.reports.council.figures import source_label, state_counts, sums, totals, yearly
from leitbild.reports.council.summary import summary

SINCE: Final = dt.date(2026, 1, 1)
UNTIL: Final = dt.date(2026, 6, 30)
BEFORE: Final = dt.date(2025, 12, 31)
LONG: Final = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde"
THEMES: Final = (
    (
        "Bildung und Arbeit",
        "Jedes Kind und jeder Erwachsene lernt hier, was er will, und arbeitet, was er kann.",
        (
            "Lotsinnen und Lotsen für den Übergang von der Schule in den Beruf",
            "Anerkennung ausländischer Abschlüsse aus einer Hand beraten",
            "Elterncafés an allen Grundschulen",
            "Hausaufgabenhilfe in den Stadtteilzentren",
            "Praktikumsbörse mit der Handwerkskammer",
            "Sprachsensibler Fachunterricht: Fortbildung für Lehrkräfte",
            "Gründungsberatung in vier Sprachen",
        ),
    ),
    (
        "Sprachförderung",
        "Deutsch zu lernen ist für alle möglich, vom ersten Tag an und neben Familie und Beruf.",
        (
            "Kurse mit Kinderbetreuung",
            "Sprachcafés in jedem Stadtteil",
            "Gemeinsame Einstufung aller Kursträger",
            "Abendkurse für Beschäftigte im Schichtdienst",
            "Alphabetisierung für Frauen",
            "Lernpatenschaften zwischen Alt und Jung",
        ),
    ),
    (
        "Wohnen und Stadtteile",
        "Niemand wohnt getrennt: Nachbarschaften sind gemischt, Wohnungen bezahlbar und gesund.",
        (
            "Wohnraumkarte für Geflüchtete",
            "Mietführerschein in einfacher Sprache",
            "Stadtteilfeste mit Neuzugewanderten planen",
            "Konfliktvermittlung in Großwohnanlagen",
            "Vereinbarung mit der Wohnungsbaugesellschaft gegen Benachteiligung bei der Vergabe",
            "Begegnungsräume öffnen: Schulhöfe am Wochenende",
        ),
    ),
    (
        "Gesundheit und Soziales",
        "Wer krank ist oder Rat braucht, wird verstanden und versteht, was ihm gesagt wird.",
        (
            "Dolmetschpool für Arztpraxen und Ämter",
            "Wegweiser Gesundheit in acht Sprachen",
            "Psychosoziale Erstberatung für Kinder mit Fluchterfahrung",
            "Hebammensprechstunde in der Gemeinschaftsunterkunft",
            "Pflege und Alter: Beratung für Zugewanderte der ersten Generation",
            "Interkulturelle Schulung des Jobcenters und der Sozialverwaltung",
        ),
    ),
    (
        "Teilhabe und Zusammenleben",
        "Wer hier lebt, gehört dazu, redet mit und entscheidet mit.",
        (
            "Beirat stärken: Antragsrecht in allen Ausschüssen",
            "Einbürgerungsfeier zweimal im Jahr",
            "Antidiskriminierungsstelle einrichten",
            "Vereine öffnen: Tandem mit Sportvereinen",
            "Formulare der Verwaltung in Leichter Sprache",
            "Ehrenamt anerkennen: Ausweis auch für Kurzzeitige",
            "Tag der offenen Gesellschaft",
        ),
    ),
)
LEADS: Final = (
    "Referat Jugend und Soziales",
    "Integrationsbeauftragte",
    "Volkshochschule",
    "Referat Schulen",
    "Referat Stadtentwicklung",
    "",
)
NEWS: Final = (
    "Die ersten drei Gruppen haben begonnen. 46 Menschen nehmen teil, mehr als geplant.",
    "Der Träger hat gewechselt; die neue Vereinbarung ist unterschrieben.",
    "Mit allen ist ein Ablauf verabredet. Er wird seit April an zwei Standorten erprobt.",
)  # fmt: skip


def _state(number: int) -> tuple[str, str]:
    """The state now and before of a measure: every state occurs, some have moved."""
    return (
        ("under_way", "planned"),
        ("under_way", "under_way"),
        ("done", "under_way"),
        ("permanent", "permanent"),
        ("delayed", "under_way"),
        ("planned", "planned"),
        ("no_news", "no_news"),
        ("under_way", "under_way"),
        ("stopped", "delayed"),
        ("done", "done"),
        ("under_way", "no_news"),
    )[number % 11]


def _news(number: int, state: str) -> list[News]:
    if state == "no_news" or number % 11 in {1, 5, 9}:
        return []
    day = UNTIL - dt.timedelta(days=number * 5 % 170)
    news = News(
        date=day,
        confirmed=False,
        state=state,
        label=Conduct().label(state),
        text=NEWS[number % 3],
        reason="Die Stelle ist seit Februar nicht besetzt."
        if state in {"delayed", "stopped"}
        else "",
        next_step="Auswertung im Herbst, dann Vorlage im Ausschuss." if number % 2 else "",
        obstacle="Es fehlen Räume am Nachmittag." if number % 4 == 0 else "",
        helps="Eine Zusage des Referats Gebäudewirtschaft bis August." if number % 4 == 0 else "",
        internal=number % 8 == 4,
        sample=number % 9 == 7,
    )
    earlier = News(
        date=max(SINCE, day - dt.timedelta(days=60)),
        confirmed=True,
        state=state,
        label=Conduct().label(state),
    )
    return [news, earlier] if number % 5 == 0 else [news]


def _steps(number: int) -> list[Step]:
    if number % 3:
        return []
    done = Step(
        title="Vereinbarung mit allen Trägern unterschrieben",
        due=dt.date(2026, 3, 31),
        done=dt.date(2026, 3, 12),
        status="done",
    )
    late = Step(title="Auswertung liegt vor", due=dt.date(2026, 5, 31), status="overdue")
    value = Step(
        title="Teilnehmende",
        due=dt.date(2026, 12, 31),
        status="open",
        value=46,
        target=120,
        unit="Menschen",
        sample=number % 2 == 0,
    )
    return [done, late, value]


def _sums(number: int) -> list[Sum]:
    if number % 4 == 3:
        return []
    budget = _sum(2026, "budget", 1_250_000 + number * 100_000, 540_050 if number % 2 else None)
    grant = _sum(2025, "grant", None if number % 4 == 2 else 800_000, 790_000)
    return [grant, budget] if number % 2 == 0 else [budget]


def _sum(year: int, source: str, planned: int | None, spent: int | None) -> Sum:
    return Sum(
        year=year,
        source=source,
        label=source_label(source),
        planned_cents=planned,
        spent_cents=spent,
        planned_known=int(planned is not None),
        spent_known=int(spent is not None),
    )


def _stand(state: str, date: dt.date | None) -> Stand:
    conduct = Conduct()
    return Stand(state=state, label=conduct.label(state), shape=conduct.shape(state), date=date)


def _measure(number: int, code: str, title: str) -> ReportedMeasure:
    now, before = _state(number)
    news = _news(number, now)
    day = news[0].date if news else None if now == "no_news" else dt.date(2025, 10, 2)
    money = _sums(number)
    lead = LEADS[number % len(LEADS)]
    silent = not news and now not in {"done", "stopped", "permanent"}
    paper = Paper(title="Sachstand im Ausschuss", number=f"0{number}/2026", date=SINCE)
    return ReportedMeasure(
        code=code,
        title=title,
        summary="Neuzugewanderte finden schneller den Weg; niemand wird zweimal gefragt.",
        goals=["1a"],
        lead=lead,
        partners=["Caritasverband", "Internationaler Bund"] if number % 2 else [],
        target_groups=["Familien"] if number % 3 else [],
        period="2023–2027" if number % 3 else "",
        now=_stand(now, day),
        before=_stand(before, None if before == "no_news" else dt.date(2025, 10, 2)),
        freshness="silent" if silent else "closed" if now in {"done", "stopped"} else "fresh",
        silent_days=(UNTIL - day).days if day else None,
        news=news,
        last=news[0] if news else None,
        milestones=_steps(number),
        money=money,
        totals=yearly(money),
        papers=[paper] if number % 7 == 2 else [],
        gaps=_gaps(has_lead=bool(lead), number=number, has_money=bool(money), silent=silent),
        sample=number % 13 == 6,
    )


def _gaps(*, has_lead: bool, number: int, has_money: bool, silent: bool) -> list[Gap]:
    lacking: dict[Gap, bool] = {
        "owner": not has_lead,
        "date": number % 3 == 0,
        "money": not has_money,
        "news": silent,
    }
    return [gap for gap, is_lacking in lacking.items() if is_lacking]


def _theme(number: int, name: str, vision: str, measures: list[ReportedMeasure]) -> ReportedTheme:
    return ReportedTheme(
        number=number,
        name=name,
        vision=vision,
        colour=palette_colour(number),
        counts=state_counts(measures, Conduct()),
        money=sums(measures),
        totals=totals(measures),
        measures=measures,
    )


def _report(
    themes: list[ReportedTheme], *, loose: Sequence[ReportedMeasure] = (), **words: Any
) -> CouncilReport:
    measures = [*(each for theme in themes for each in theme.measures), *loose]
    said: dict[str, Any] = {
        "language": "de",
        "direction": "ltr",
        "city": "Stadt Kaiserslautern",
        "office": "Integrationsbeauftragte",
        "concept": "Integrationskonzept",
        "resolved": "Stadtrat, 12. Dezember 2022",
        "measures_word": "Handlungsempfehlungen",
        "themes_word": "Themenfelder",
        **words,
    }
    return CouncilReport(
        edition=2022,
        horizon=2032,
        since=SINCE,
        until=UNTIL,
        before=BEFORE,
        made=dt.date(2026, 7, 3),
        audience="council",
        summary=summary(measures),
        counts=state_counts(measures, Conduct()),
        shows_money=True,
        money=sums(measures),
        totals=totals(measures),
        themes=themes,
        loose=list(loose),
        sample=any(each.sample for each in measures),
        **said,
    )


@cache
def city_report() -> CouncilReport:
    """Half a year of a city with five themes and 32 measures, frozen as its third report."""
    numbers = iter(range(1_000))
    with override("de"):
        themes = [
            _theme(
                number,
                name,
                vision,
                [
                    _measure(next(numbers), f"{number}.{place}", title)
                    for place, title in enumerate(titles, start=1)
                ],
            )
            for number, (name, vision, titles) in enumerate(THEMES, start=1)
        ]
        return _report(themes).model_copy(update={"number": 3, "digest": "0123abcd" * 8})


def empty_report() -> CouncilReport:
    """A concept in which nothing stands yet, not frozen."""
    with override("de"):
        return _report([])


@cache
def large_report(measures: int = 500, themes: int = 10) -> CouncilReport:
    """A Land's plan: long words and many measures, some without a theme."""
    titles: Iterator[str] = cycle(title for _, _, titles in THEMES for title in titles)
    each = measures // themes
    with override("de"):
        parts = []
        for number in range(1, themes + 1):
            own = [
                _measure(
                    number * each + place,
                    f"{number}.{place}",
                    f"{LONG} {next(titles)}" if place == 1 else next(titles),
                )
                for place in range(1, each)
            ]
            name = LONG if number == 1 else f"Handlungsfeld {number}"
            parts.append(_theme(number, name, THEMES[number % 5][1], own))
        loose = [_measure(number, f"X.{number}", next(titles)) for number in range(themes)]
        return _report(parts, loose=loose)


_ARABIC_THEMES: Final = (
    (
        "التعليم والعمل",
        "كل طفل وكل بالغ يتعلم هنا ما يريد أن يصبح عليه.",
        (
            "مقاهي الوالدين في المدارس",
            "الاعتراف بالشهادات الأجنبية",
            "Praktikumsbörse mit der Handwerkskammer",
        ),
    ),
    (
        "اللغة",
        "تعلم الألمانية ممكن للجميع منذ اليوم الأول.",
        ("دورات مع رعاية الأطفال", "مقاهي اللغة", "دورات مسائية"),
    ),
    ("السكن والأحياء", "لا أحد يسكن معزولا.", ("خريطة السكن", "أعياد الأحياء")),
)


def arabic_report() -> CouncilReport:
    """A report from right to left, with one title that isn't translated."""
    numbers = iter(range(1_000))
    with override("ar"):
        themes = [
            _theme(
                number,
                name,
                vision,
                [
                    _arabic(_measure(next(numbers), f"{number}.{place}", title))
                    for place, title in enumerate(titles, start=1)
                ],
            )
            for number, (name, vision, titles) in enumerate(_ARABIC_THEMES, start=1)
        ]
        return _report(
            themes,
            language="ar",
            direction="rtl",
            city="مدينة كايزرسلاوترن",
            concept="خطة الاندماج",
            measures_word="توصيات العمل",
            themes_word="المجالات",
        )


def _arabic(measure: ReportedMeasure) -> ReportedMeasure:
    text = "بدأت المجموعات الثلاث الأولى، ويشارك 46 شخصا."
    news = [
        each.model_copy(update={"text": text if each.text else "", "next_step": "", "obstacle": ""})
        for each in measure.news
    ]
    return measure.model_copy(update={"news": news, "summary": "يجد القادمون الجدد طريقهم أسرع."})
