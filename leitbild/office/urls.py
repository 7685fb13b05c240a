"""Addresses of the office, one block a task."""

from django.urls import path

from leitbild.office import (  # noqa: F401 # teach addresses the words for kinds
    kinds,
    text_kinds,
)
from leitbild.office.views import (
    account,
    arranging,
    bulk,
    check,
    concepts,
    conduct,
    conflict,
    contacts,
    continuing,
    drafts,
    editing,
    history,
    imports,
    invitations,
    log,
    mails,
    outline,
    people,
    publications,
    shell,
    today,
    translations,
)
from leitbild.office.views import bin as bin_pages

app_name = "office"

urlpatterns = [
    path("palette.css", shell.palette, name="palette"),
    # today and the plan check
    path("", today.today, name="today"),
    path("konzepte/<slug:slug>/check/", check.check, name="check"),
    # people and their accounts
    path("menschen/", people.people, name="people"),
    path("menschen/<int:pk>/", people.membership, name="membership"),
    path("menschen/<int:pk>/verabschieden/", people.leaving, name="leaving"),
    path("einladungen/<int:pk>/zurueckziehen/", people.withdrawal, name="withdrawal"),
    path("einladung/<str:token>/", invitations.invitation, name="invitation"),
    path("konto/", account.account, name="account"),
    path("mails/", mails.mails, name="mails"),
    # import and export
    path("import/", imports.upload, name="import"),
    path("import/vorlage.<str:suffix>", imports.template, name="import-template"),
    path("import/<slug:token>/", imports.preview, name="import-preview"),
    path("konzepte/<slug:slug>/export.<str:suffix>", imports.export, name="export"),
    # concepts and what they consist of
    path("konzepte/", concepts.concepts, name="concepts"),
    path("neues-konzept/", concepts.new, name="new-concept"),
    path("konzepte/<slug:slug>/", outline.outline, name="concept"),
    path("konzepte/<slug:slug>/anordnen/", arranging.arrange, name="arrange"),
    path("konzepte/<slug:slug>/nummern/", arranging.renumber, name="renumber"),
    path("konzepte/<slug:slug>/auswahl/", bulk.bulk, name="bulk"),
    path("konzepte/<slug:slug>/papierkorb/", bin_pages.bin_page, name="bin"),
    path("konzepte/<slug:slug>/zurueckholen/", bin_pages.restore, name="restore"),
    path("konzepte/<slug:slug>/<kind:kind>/<int:pk>/loeschen/", bin_pages.delete, name="delete"),
    # writing a part, its past, drafts
    path("konzepte/<slug:slug>/<kind:kind>/neu/", editing.new, name="new"),
    path("konzepte/<slug:slug>/<kind:kind>/vorschau/", editing.preview, name="preview"),
    path("konzepte/<slug:slug>/<kind:kind>/<int:pk>/", editing.edit, name="edit"),
    path("konzepte/<slug:slug>/<kind:kind>/<int:pk>/verlauf/", history.history, name="history"),
    path(
        "konzepte/<slug:slug>/<kind:kind>/<int:pk>/verlauf/<int:number>/",
        history.revision,
        name="revision",
    ),
    path("entwuerfe/", drafts.drafts, name="drafts"),
    path("entwuerfe/<int:pk>/", drafts.draft, name="draft"),
    path("entwuerfe/<int:pk>/fassungen/", conflict.conflict, name="conflict"),
    # audit log
    path("protokoll/", log.log, name="log"),
    path("protokoll/tabelle.csv", log.table_csv, name="log-csv"),
    path("protokoll/tabelle.xlsx", log.table_xlsx, name="log-xlsx"),
    # to the council and back
    path("konzepte/<slug:slug>/fassungen/", publications.publications, name="publications"),
    path("konzepte/<slug:slug>/fassungen/vorlegen/", publications.submit, name="submit"),
    path(
        "konzepte/<slug:slug>/fassungen/<int:number>/",
        publications.publication,
        name="publication",
    ),
    path(
        "konzepte/<slug:slug>/fassungen/<int:number>/konzept.pdf",
        publications.publication_pdf,
        name="publication-pdf",
    ),
    path(
        "konzepte/<slug:slug>/fassungen/<int:number>/vergleich/",
        publications.comparison,
        name="publication-comparison",
    ),
    path(
        "konzepte/<slug:slug>/fassungen/<int:number>/beschluss/",
        publications.resolve,
        name="resolve",
    ),
    path(
        "konzepte/<slug:slug>/fassungen/<int:number>/zurueckziehen/",
        publications.withdraw,
        name="withdraw",
    ),
    # a new edition
    path("konzepte/<slug:slug>/fortschreiben/", continuing.start, name="continue"),
    path("konzepte/<slug:slug>/fortschreiben/herkunft/", continuing.origins, name="origins"),
    path(
        "konzepte/<slug:slug>/fortschreiben/unveraendert/",
        continuing.unchanged,
        name="continue-unchanged",
    ),
    path("konzepte/<slug:slug>/fortschreiben/<int:pk>/", continuing.fate, name="fate"),
    path("konzepte/<slug:slug>/fortschreiben/<int:pk>/offen/", continuing.undo, name="fate-undo"),
    path("konzepte/<slug:slug>/fortschreiben/neu/<int:pk>/", continuing.explain, name="explain"),
    # how the plan is conducted, and whom it asks
    path("ansprechpersonen/", contacts.contacts, name="contacts"),
    path("ansprechpersonen/<int:pk>/", contacts.contact, name="contact"),
    path("einstellungen/", conduct.conduct, name="conduct"),
    # translation desk
    path("uebersetzungen/", translations.translations, name="translations"),
    path(
        "uebersetzungen/<slug:language>/<textkind:kind>/<int:pk>/",
        translations.translate,
        name="translate",
    ),
]
