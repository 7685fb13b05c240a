"""The public news of a plan: of its measures with a page, by the theme of their main goal."""

from leitbild.delivery.queries.news import public_news
from leitbild.plan.models import Concept, Measure, MeasureGoal
from tests.towns import measure, plan, report_on, settle


def test_news_is_public_of_measures_with_a_page_newest_first(db: None) -> None:
    town = settle(
        plan(
            measure("1.1", goals=["2a", "1a"]),
            measure("1.2"),
            measure("1.3"),
            themes=[{"number": each, "slug": f"t{each}", "name": "T"} for each in (1, 2)],
            goals=[{"code": f"{each}a", "theme": each, "title": "Z"} for each in (1, 2)],
        )
    )
    for code, day in (("1.1", "2025-01-01"), ("1.2", "2025-03-01"), ("1.1", "2025-02-01")):
        report_on(town, code, "under_way", day)
    report_on(town, "1.3", "under_way", "2025-05-01")
    MeasureGoal.objects.filter(measure__code="1.3").delete()
    Measure.objects.get(code="1.2").updates.create(date="2025-06-01", state="done", public=False)
    concept = Concept.objects.get()

    def said(**of: int) -> list[tuple[str, int]]:
        rows = public_news(concept, **of).select_related("measure")
        return [(row.measure.code, row.date.month) for row in rows]

    assert said() == [("1.2", 3), ("1.1", 2), ("1.1", 1)]
    assert said(theme=1) == [("1.2", 3)]
    assert said(theme=2) == [("1.1", 2), ("1.1", 1)]
    assert said(theme=3) == []
