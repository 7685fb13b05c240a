"""The standard Word template of the report, written by code so that no binary is kept.

A city takes it as the start of its own: the words in it are plain text, what changes from report
to report stands in tags as docs/report-template.md lists them.
"""

import io
from functools import lru_cache
from typing import Final

from django.utils import translation

from leitbild.plan.exchange.archives import repacked
from leitbild.reports.council.word_look import POINT, POINTS, SMALL, VISION, Rows, Sheet
from leitbild.reports.council.words import labels, reading

CHAPTER: Final = "Heading 1"
PART: Final = "Heading 2"


@lru_cache(maxsize=8)
def standard_template(language: str) -> bytes:
    """The template whose words are in this language, ready to be opened with Word."""
    with translation.override(language):
        writer = _Writer(language)
        writer.whole()
    properties = writer.sheet.document.core_properties
    properties.title, properties.language, properties.author = "{{ title }}", language, "{{ city }}"
    properties.comments = ""
    buffer = io.BytesIO()
    writer.sheet.document.save(buffer)
    return repacked(buffer.getvalue())


class _Writer:
    """Writes the template from top to bottom."""

    def __init__(self, language: str) -> None:
        self.sheet = Sheet(language)
        self.say = labels()
        self.arrow = "←" if self.sheet.rtl else "→"

    def whole(self) -> None:
        self.sheet.margins("{{ city }}", "{{ running }}")
        self.first_page()
        self.states()
        with self.sheet.repeat("theme in themes"):
            self.theme()
        with self.sheet.only_if("measures_total"):
            self.comparison()
            with self.sheet.only_if("shows_money"):
                self.money_of_all()
            self.gaps()
        self.annex()

    def first_page(self) -> None:
        sheet, say = self.sheet, self.say
        sheet.add("{{ heading }}", "Title")
        sheet.add("{{ concept }}, {{ edition }}, {{ period }}", "Subtitle")
        sheet.add("{{ audience }}. {{ status }}.", SMALL)
        for name in ("resolved", "sample_note"):
            with sheet.only_if(name):
                sheet.add(f"{{{{ {name} }}}}", SMALL)
        with sheet.only_if("not measures_total"):
            sheet.add(say["no_measures"])
        with sheet.only_if("counts"):
            sheet.add(
                "{% for count in counts %}{{ count.sign }} {{ count.label }} {{ count.now }} "
                "({{ count.before }}){% if not loop.last %}  ·  {% endif %}{% endfor %}",
                POINT,
                bold=f"{say['now']} ({say['before']}): ",
            )
        self.points("moved", say["no_moves"])
        self.points("still", say["no_standstill"])
        self.points("decisions", say["no_decisions"])

    def points(self, name: str, none_yet: str) -> None:
        sheet, found = self.sheet, f"summary.{name}"
        sheet.add(f"{self.say[name]} ({{{{ {found}.total }}}})", POINTS)
        with sheet.repeat(f"point in {found}.first"):
            way = (
                f"{{% if point.has_moved %}}{{{{ point.before }}}} {self.arrow} {{% endif %}}"
                "{{ point.now }}. {{ point.text }}"
            )
            sheet.add(way, POINT, bold="{{ point.code }} {{ point.title }}: ")
        with sheet.only_if(f"{found}.more"):
            sheet.add(f"{{{{ {found}.more }}}}", SMALL)
        with sheet.only_if(f"not {found}.total"):
            sheet.add(none_yet, SMALL)

    def states(self) -> None:
        sheet = self.sheet
        with sheet.only_if("counts"):
            sheet.add(self.say["counts"], CHAPTER, apart=True)
            self.counts("counts")
            sheet.add("{{ heard_of }}.", SMALL)
            for sentence in reading("{{ until }}", "{{ before }}"):
                sheet.add(sentence, SMALL)

    def counts(self, source: str) -> None:
        say = self.say
        head = (say["state"], say["now"], say["before"])
        rows = self.sheet.table(say["counts"], head, (10, 3, 3), end=(1, 2))
        with rows.repeat(f"count in {source}"):
            rows.add("{{ count.sign }} {{ count.label }}", "{{ count.now }}", "{{ count.before }}")

    def theme(self) -> None:
        sheet = self.sheet
        title = "{{ theme.number }} {{ theme.name }}" + self.sample("theme")
        sheet.add(title, CHAPTER, apart=True)
        with sheet.only_if("theme.vision"):
            sheet.add("{{ theme.vision }}", VISION)
        with sheet.only_if("not theme.measures"):
            sheet.add(self.say["no_measures"])
        with sheet.only_if("theme.counts"):
            self.counts("theme.counts")
        with sheet.only_if("theme.money"):
            sheet.add("", SMALL)
            self.money("theme.money", with_number=True)
        with sheet.repeat("measure in theme.measures"):
            self.measure()

    def measure(self) -> None:
        sheet, say = self.sheet, self.say
        sheet.add("{{ measure.code }} {{ measure.title }}" + self.sample("measure"), PART)
        sheet.add(
            "{{ measure.now.sign }} {{ measure.now.label }}"
            f"  ·  {say['before']}: {{{{ measure.before.sign }}}} {{{{ measure.before.label }}}}"
            "{% if measure.silence %}  ·  {{ measure.silence }}{% elif measure.now.date %}  ·  "
            f"{say['last_news']}: {{{{ measure.now.date }}}}{{% endif %}}",
            bold=f"{say['now']}: ",
        )
        with sheet.only_if("measure.summary"):
            sheet.add("{{ measure.summary }}")
        self.facts()
        with sheet.repeat("news in measure.news"):
            self.news()
        with sheet.repeat("news in measure.last"):
            sheet.add(say["last"], SMALL)
            self.news()
        with sheet.only_if("measure.milestones"):
            self.milestones()
        with sheet.only_if("measure.money"):
            sheet.add("", SMALL)
            self.money("measure.money", with_number=False)

    def facts(self) -> None:
        sheet, say = self.sheet, self.say
        for name, label in (
            ("lead", say["lead"]),
            ("partners", say["partners"]),
            ("target_groups", say["for_whom"]),
            ("period", say["when"]),
            ("gaps", say["missing"]),
        ):
            with sheet.only_if(f"measure.{name}"):
                sheet.add(f"{label}: {{{{ measure.{name} }}}}", SMALL)
        with sheet.repeat("paper in measure.papers"):
            sheet.add(
                f"{say['papers']}: {{% if paper.number %}}{{{{ paper.number }}}}, {{% endif %}}"
                "{{ paper.title }}{% if paper.date %}, {{ paper.date }}{% endif %}",
                SMALL,
            )

    def news(self) -> None:
        say = self.say
        self.sheet.add(
            f"{{% if news.confirmed %}}{{{{ news.label }}}}, {say['confirmed']}"
            "{% elif news.text %}{{ news.text }}{% else %}{{ news.label }}{% endif %}"
            f"{{% if news.internal %}} ({say['internal']}){{% endif %}}" + self.sample("news"),
            bold="{{ news.date }}: ",
        )
        for name in ("reason", "next_step", "obstacle", "helps"):
            with self.sheet.only_if(f"news.{name}"):
                self.sheet.add(f"{say[name]}: {{{{ news.{name} }}}}")

    def milestones(self) -> None:
        say = self.say
        head = (say["milestone"], say["due"], say["status"], say["value"])
        self.sheet.add("", SMALL)
        rows = self.sheet.table(say["milestones"], head, (6.6, 3.4, 2.4, 3.6))
        with rows.repeat("milestone in measure.milestones"):
            rows.add(
                "{{ milestone.title }}" + self.sample("milestone"),
                "{{ milestone.due }}",
                "{{ milestone.status }}",
                _or_dash("milestone.value"),
            )

    def money(self, source: str, *, with_number: bool) -> None:
        """Money by year and source; `with_number` says how many measures gave each figure."""
        say = self.say
        head = (say["year"], say["source"], say["planned"], say["spent"])
        rows = self.sheet.table(say["money"], head, (1.8, 6.2, 4, 4), end=(2, 3))
        planned, spent = (
            f"{{{{ sum.{name} }}}}" + (f"\n{{{{ sum.{name}_from }}}}" if with_number else "")
            for name in ("planned", "spent")
        )
        with rows.repeat(f"sum in {source}"):
            rows.add("{{ sum.year }}", "{{ sum.source }}" + self.sample("sum"), planned, spent)

    def comparison(self) -> None:
        sheet, say = self.sheet, self.say
        sheet.add(say["comparison"], CHAPTER, apart=True)
        corner = f"{{{{ before }}}} ↓\n{{{{ until }}}} {self.arrow}"
        states = ("{%tc for state in comparison.states %}", "{%tc endfor %}")
        head = (corner, states[0], "{{ state.label }}\n{{ state.sign }}", states[1], say["total"])
        rows = sheet.table(say["comparison"], head, (4, 0.1, 9.8, 0.1, 2), end=(2, 4))
        cells = ("{%tc for cell in passage.cells %}", "{{ cell.number }}", "{%tc endfor %}")
        with rows.repeat("passage in comparison.passages"):
            rows.add("{{ passage.sign }} {{ passage.label }}", *cells, "{{ passage.total }}")
        sums = (states[0], "{{ state.now }}", states[1])
        rows.add(say["total"], *sums, "{{ comparison.total }}")

    def money_of_all(self) -> None:
        self.sheet.add(self.say["money"], CHAPTER)
        with self.sheet.only_if("money"):
            self.money("money", with_number=True)
        with self.sheet.only_if("not money"):
            self.sheet.add(self.say["no_money"])

    def gaps(self) -> None:
        sheet, say = self.sheet, self.say
        sheet.add(say["gaps"], CHAPTER)
        with sheet.only_if("gaps"):
            head = (say["missing"], say["number"], say["measures"])
            rows = sheet.table(say["gaps"], head, (4, 2, 10), end=(1,))
            with rows.repeat("gap in gaps"):
                rows.add("{{ gap.label }}", "{{ gap.number }}", "{{ gap.codes }}")
        with sheet.only_if("not gaps and shows_money"):
            sheet.add(say["no_gaps"])
        with sheet.only_if("not gaps and not shows_money"):
            sheet.add(say["no_gaps_short"])

    def annex(self) -> None:
        sheet, say = self.sheet, self.say
        sheet.landscape()
        sheet.add(say["annex"], CHAPTER)
        names = ("code", "measure", "lead", "when", "now", "before", "last_news", "missing")
        head = [say[name] for name in names]
        widths = [1.2, 5.0, 3.3, 2.1, 2.6, 2.6, 2.5, 2.3]
        with sheet.only_if("shows_money"):
            head.insert(-1, f"{say['planned']} / {say['spent']}")
            self.annex_rows(sheet.table(say["annex"], head, [*widths[:-1], 4.1, 2.3]), money=True)
        with sheet.only_if("not shows_money"):
            head.pop(-2)
            self.annex_rows(sheet.table(say["annex"], head, [*widths[:-1], 6.4]), money=False)
        with sheet.only_if("digest"):
            sheet.add(f"{say['digest']} {{{{ digest }}}}", SMALL)

    def annex_rows(self, rows: Rows, *, money: bool) -> None:
        """All measures, one a row, below the names of their themes."""
        cells = [
            "{{ measure.code }}",
            "{{ measure.title }}" + self.sample("measure"),
            _or_dash("measure.lead"),
            _or_dash("measure.period"),
            "{{ measure.now.sign }} {{ measure.now.label }}",
            "{{ measure.before.sign }} {{ measure.before.label }}",
            _or_dash("measure.now.date"),
            "{{ measure.gaps }}",
        ]
        if money:
            sums = "{{ sum.year }}: {{ sum.planned }} / {{ sum.spent }}"
            each = f"{{%p for sum in measure.yearly %}}\n{sums}\n{{%p endfor %}}"
            none_yet = "{%p if not measure.yearly %}\n–\n{%p endif %}"
            cells.insert(-1, f"{each}\n{none_yet}")
        with rows.repeat("theme in themes"):
            with rows.only_if("theme.measures"):
                rows.across("{{ theme.number }} {{ theme.name }}")
            with rows.repeat("measure in theme.measures"):
                rows.add(*cells)

    def sample(self, name: str) -> str:
        """The mark of a sample of ours."""
        return f"{{% if {name}.sample %}} ({self.say['sample']}){{% endif %}}"


def _or_dash(name: str) -> str:
    return f"{{% if {name} %}}{{{{ {name} }}}}{{% else %}}–{{% endif %}}"
