"""Addresses of the portal. The paths are the same in every language, so that they stay."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from leitbild.portal.views import (
    arrival,
    attachments,
    concept,
    editions,
    feeds,
    following,
    home,
    legal,
    measure,
    measures,
    missing,
    news,
    publications,
    search,
    themes,
)


class Code(StringConverter):
    """A measure's code; what can't be one never reaches the database."""

    regex = r"[\w.\-]+"


register_converter(Code, "code")

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path(
        "themen/",
        RedirectView.as_view(pattern_name="portal:home", http_method_names=["get", "head"]),
        name="themes",
    ),
    path("themen/<slug:slug>/", themes.theme, name="theme"),
    path("themen/<slug:slug>/neues.atom", feeds.theme, name="theme-feed"),
    path("massnahmen/", measures.measures, name="measures"),
    path("massnahmen/tabelle.csv", measures.table_csv, name="measures-csv"),
    path("massnahmen/tabelle.xlsx", measures.table_xlsx, name="measures-xlsx"),
    path("massnahmen/<code:code>/", measure.measure, name="measure"),
    path("massnahmen/<code:code>/neues.atom", feeds.measure, name="measure-feed"),
    path("neues/", news.news, name="news"),
    path("neues.atom", feeds.plan, name="news-feed"),
    path("was-fehlt/", missing.missing, name="missing"),
    path("was-fehlt/tabelle.csv", missing.missing_csv, name="missing-csv"),
    path("folgen/", following.follow, name="follow"),
    path("folgen/gesendet/", following.sent, name="follow-sent"),
    path("folgen/bestaetigen/<str:token>/", following.confirm, name="follow-confirm"),
    path("folgen/meine/<str:token>/", following.following, name="following"),
    path("anhang/<int:pk>/", attachments.attachment, name="attachment"),
    path("ankommen/", arrival.arrival, name="arrival"),
    path("konzept/", concept.concept, name="concept"),
    path("konzept/<slug:slug>/", concept.concept, name="edition"),
    path("konzept/<slug:slug>/vergleich/", editions.comparison, name="edition-comparison"),
    path("konzept/<slug:slug>/fassungen/", publications.publications, name="publications"),
    path(
        "konzept/<slug:slug>/fassungen/<int:number>/",
        publications.publication,
        name="publication",
    ),
    path(
        "konzept/<slug:slug>/fassungen/<int:number>/konzept.pdf",
        publications.publication_pdf,
        name="publication-pdf",
    ),
    path(
        "konzept/<slug:slug>/fassungen/<int:number>/aenderungen/",
        publications.changes,
        name="changes",
    ),
    path(
        "konzept/<slug:slug>/fassungen/<int:number>/vergleich/<int:other>/",
        publications.comparison,
        name="comparison",
    ),
    path("suche/", search.search, name="search"),
    path("barrierefreiheit/", legal.accessibility, name="accessibility"),
    path("datenschutz/", legal.privacy, name="privacy"),
    path("impressum/", legal.imprint, name="imprint"),
]
