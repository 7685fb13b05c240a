"""A city's template is tried before it is taken: each fault in plain words, nothing unsafe."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from docx import Document
from jinja2 import nodes
from jinja2.exceptions import SecurityError

from leitbild.reports.council.docx import council_docx
from leitbild.reports.council.template_check import template_faults
from leitbild.reports.council.template_names import name_faults
from leitbild.reports.council.word_filling import LONGEST, OverlongReport, sandbox
from leitbild.reports.council.word_template import standard_template
from tests.reports.council.samples import empty_report
from tests.reports.council.templates import packed, template

ELSE = (
    "A template may only print parts of the report, repeat with {% for … %} and choose with "
    "{% if … %}; “"
)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_standard_template_has_no_faults(language: str) -> None:
    assert template_faults(standard_template(language)) == []


def test_template_may_print_repeat_and_choose() -> None:
    own = template(
        "{% if office %}{{ office|upper }}{% elif not city %}{{ city }}{% else %}–{% endif %}",
        "{% for count in counts if count.now > 0 and count.label %}{{ loop.index }}"
        "{% if not loop.last %}, {% endif %}{% else %}–{% endfor %}",
        "{{ themes|length }} {{ 'a' if shows_money else 'b' }} {{ office|default('–') }}{# note #}",
        rows=[["{%tr for each in measures %}"], ["{{ each.now.label }}"], ["{%tr endfor %}"]],
    )

    assert template_faults(own) == []


def test_every_fault_is_named_with_its_paragraph() -> None:
    own = template(
        "Unser Bericht",
        "{{ citty }}",
        "{%p for theme in themes %}",
        "{{ theme.vison }} {{ theme }} {{ themes.name }}",
        "{%p for measure in measures %}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{% for sign in city %}x{% endfor %}",
    )

    faults = [each.split(": ", 1) for each in template_faults(own)]

    second = "Paragraph “{{ theme.vison }} {{ theme }} {{ themes.name }}”"
    several = "“theme” has several parts; name one of them, such as "
    repeated = "“themes” is a list: repeat it with {% for … in themes %}, then name the part of "
    assert faults == [
        ["Paragraph “{{ citty }}”", "A report knows no “citty”. Did you mean “city”?"],
        [second, "A report knows no “theme.vison”. Did you mean “theme.vision”?"],
        [second, f"{several}theme.number, theme.name, theme.vision."],
        [second, f"{repeated}an item."],
        [
            "Paragraph “{% for measure in measures %}”",
            "Within “theme”, only something of it can be repeated.",
        ],
        [
            "Paragraph “{% for sign in city %}x{% endfor %}”",
            "“city” is no list, so nothing can be repeated for it.",
        ],
    ]


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        ("{{ city", "“{{” and “}}” don’t go in pairs."),
        ("{{r city }}", "“{{r” isn’t for texts; write “{{ ”."),
        (
            "{% if city %}x",
            "A repetition or condition isn’t closed: add {% endfor %} or {% endif %}.",
        ),
        ("{% endfor %}", "There is no tag “endfor” here, or it closes what isn’t open."),
        ("{{ city city }}", "A tag isn’t written rightly."),
    ],
)
def test_tag_that_cannot_be_read_is_named(tag: str, what: str) -> None:
    assert template_faults(template(tag)) == [f"Paragraph “{tag}”: {what}"]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("{{ city.upper() }}", "city.upper()"),
        ("{{ city[0] }}", "city[…]"),
        ("{{ city|center(9) }}", "center"),
        ("{{ 'x' * 9 }}", "*"),
        ("{{ city ~ city }}", "~"),
        ("{% set x = 1 %}", "set"),
        ("{% include 'x' %}", "include"),
        ("{% macro x() %}{% endmacro %}", "macro"),
        ("{% for a, b in themes %}{% endfor %}", "for"),
        ("{% if city is callable %}x{% endif %}", "callable"),
    ],
)
def test_whatever_else_a_template_could_do_is_refused(tag: str, name: str) -> None:
    faults = [each.what for each in name_faults(_parsed(tag))]

    assert faults == [f"{ELSE}{name}” is something else."]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ city.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ loop }}",
        "{{ self }}",
        "{{ range }}",
    ],
)
def test_nothing_but_the_report_is_reached(tag: str) -> None:
    assert len(name_faults(_parsed(tag))) == 1


def _parsed(source: str) -> nodes.Template:
    return sandbox().parse(source)


def test_tags_that_tear_a_table_apart_are_refused() -> None:
    torn = template("{%p for each in measures %}", rows=[["{{ each.code }}"], ["{%tr endfor %}"]])

    (fault,) = template_faults(torn)

    assert fault.startswith("Filled with a report, the document couldn’t be opened any more.")


def test_endless_text_is_stopped_and_nothing_is_called() -> None:
    endless = sandbox().from_string("{% for each in themes %}{{ city }}{% endfor %}")

    with pytest.raises(OverlongReport):
        endless.render(themes=range(100), city="x" * (LONGEST // 50))
    with pytest.raises(SecurityError):
        sandbox().from_string("{{ city() }}").render(city=str)


RELATIONS = "word/_rels/document.xml.rels"
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="https://example.org/x" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("parts", "markup", "what"),
    [
        ({"word/vbaProject.bin": b"x"}, "", "The file holds macros."),
        ({"word/embeddings/book.xlsx": b"x"}, "", "Another file is embedded in the template."),
        ({RELATIONS: LINK.format(kind="image").encode()}, "", "A picture or another part is only"),
        ({}, '<w:p><w:fldSimple w:instr="INCLUDETEXT x"/></w:p>', "The field “INCLUDETEXT”"),
        ({"word/x.xml": b"<!DOCTYPE x><x/>"}, "", "The file contains definitions"),
        ({"word/x.xml": b"x" * 5_000_001}, "", "The template holds far more text"),
        ({"[Content_Types].xml": b"ms-word.document.macroEnabled"}, "", "The file is no Word"),
        ({"word/document.xml": b"<w:document"}, "", "The file is no Word document (.docx), or it"),
    ],
)
def test_file_that_could_harm_whoever_opens_it_is_refused(
    parts: Mapping[str, bytes], markup: str, what: str
) -> None:
    faults = template_faults(template("{{ city }}", parts=parts, markup=markup))

    assert len(faults) == 1
    assert faults[0].startswith(what)


def test_file_that_is_no_word_file_is_refused() -> None:
    assert template_faults(b"%PDF-1.7")[0].startswith("The file is damaged")
    assert template_faults(packed({"a": b"b"})) == [
        "The file is no Word document: save it as .docx, without macros."
    ]


def test_report_forgets_which_file_its_template_was_made_from() -> None:
    document = Document(io.BytesIO(template("{{ city }}")))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    holder = next(
        each for each in document.part.package.iter_parts() if "settings+xml" in each.content_type
    )
    holder.relate_to("file:///C:/Vorlagen/brief.dotx", kind, is_external=True)
    buffer = io.BytesIO()
    document.save(buffer)

    assert template_faults(buffer.getvalue()) == []
    with zipfile.ZipFile(io.BytesIO(council_docx(empty_report(), buffer.getvalue()))) as archive:
        assert b"brief.dotx" not in b"".join(map(archive.read, archive.namelist()))
