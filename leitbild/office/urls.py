"""Addresses of the office, one block a task."""

from django.urls import path

from leitbild.office import (
    kinds,  # noqa: F401 # teaches addresses its words
    shell,
)
from leitbild.office.adopting.views import continuing, imports, publications
from leitbild.office.asking.views import answers, contacts, handing_on, reply, rounds
from leitbild.office.concept.views import arranging, bulk, check, concepts, outline
from leitbild.office.delivery.views import board, conduct, my_measures, sheet
from leitbild.office.people.views import account, invitations, log, mails, people, stuck_mails
from leitbild.office.reporting.views import report_templates, reports
from leitbild.office.today import views as today
from leitbild.office.translating import text_kinds  # noqa: F401 # teaches addresses its words
from leitbild.office.translating.views import missing, translations
from leitbild.office.writing.views import bin as bin_pages
from leitbild.office.writing.views import conflict, drafts, editing, history

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
    path("mails/liegengeblieben/", stuck_mails.stuck_mails, name="stuck-mails"),
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
    # the board
    path("umsetzung/<slug:slug>/", board.board, name="board"),
    path("umsetzung/<slug:slug>/tabelle/<slug:name>.<str:suffix>", board.table, name="board-table"),
    path("kalender/<str:token>.ics", board.calendar, name="calendar"),
    path("umsetzung/<slug:slug>/was-fehlt/", missing.missing, name="missing"),
    path("umsetzung/<slug:slug>/was-fehlt/tabelle.csv", missing.missing_csv, name="missing-csv"),
    # one measure's delivery; its files come first, because an edition could be called like them
    path("meine-massnahmen/", my_measures.my_measures, name="my-measures"),
    path("umsetzung/anhang/<int:pk>/", sheet.attachment, name="attachment"),
    path("umsetzung/<slug:slug>/<int:pk>/", sheet.sheet, name="sheet"),
    path("umsetzung/<slug:slug>/<int:pk>/stand/", sheet.report, name="sheet-report"),
    path("umsetzung/<slug:slug>/<int:pk>/unveraendert/", sheet.unchanged, name="sheet-unchanged"),
    path("umsetzung/<slug:slug>/<int:pk>/meilensteine/", sheet.milestones, name="sheet-milestones"),
    path("umsetzung/<slug:slug>/<int:pk>/geld/", sheet.money, name="sheet-money"),
    path("umsetzung/<slug:slug>/<int:pk>/papiere/", sheet.papers, name="sheet-papers"),
    path("umsetzung/<slug:slug>/<int:pk>/dateien/", sheet.files, name="sheet-files"),
    path("umsetzung/<slug:slug>/<int:pk>/zustaendig/", sheet.responsible, name="sheet-responsible"),
    path("umsetzung/<slug:slug>/<int:pk>/rhythmus/", sheet.rhythm, name="sheet-rhythm"),
    # the report to the council
    path("berichtsvorlage/", report_templates.report_template, name="report-template"),
    path(
        "berichtsvorlage/<slug:which>.docx",
        report_templates.report_template_file,
        name="report-template-file",
    ),
    path("umsetzung/<slug:slug>/berichte/", reports.reports, name="reports"),
    path(
        "umsetzung/<slug:slug>/berichte/bericht.<str:suffix>",
        reports.preview_file,
        name="report-preview",
    ),
    path("umsetzung/<slug:slug>/berichte/einfrieren/", reports.freeze, name="report-freeze"),
    path("umsetzung/<slug:slug>/berichte/<int:number>/", reports.report, name="report"),
    path(
        "umsetzung/<slug:slug>/berichte/<int:number>/bericht.<str:suffix>",
        reports.frozen_file,
        name="report-file",
    ),
    # asking for news
    path("umsetzung/<slug:slug>/runden/", rounds.rounds, name="rounds"),
    path("umsetzung/<slug:slug>/runden/neu/", rounds.new, name="round-new"),
    path("umsetzung/<slug:slug>/runden/<int:pk>/", rounds.round_page, name="round"),
    path("umsetzung/<slug:slug>/runden/<int:pk>/aendern/", rounds.change, name="round-change"),
    path(
        "umsetzung/<slug:slug>/runden/<int:pk>/tabelle.<str:suffix>",
        rounds.table,
        name="round-table",
    ),
    path(
        "umsetzung/<slug:slug>/runden/fragen/<int:pk>/weitergeben/",
        handing_on.handing_on,
        name="hand-on",
    ),
    # how the plan is conducted, and whom it asks
    path("ansprechpersonen/", contacts.contacts, name="contacts"),
    path("ansprechpersonen/<int:pk>/", contacts.contact, name="contact"),
    path("einstellungen/", conduct.conduct, name="conduct"),
    path("einstellungen/<slug:slug>/rhythmus/", conduct.rhythm, name="concept-rhythm"),
    # what was answered, and behind a personal link
    path("antworten/", answers.answers, name="answers"),
    path("antworten/<int:pk>/", answers.answer, name="answer"),
    path("rueckmeldung/<str:token>/", reply.reply, name="reply"),
    path("rueckmeldung/<str:token>/<int:pk>/", reply.question, name="reply-question"),
    # translation desk
    path("uebersetzungen/", translations.translations, name="translations"),
    path(
        "uebersetzungen/<slug:language>/<textkind:kind>/<int:pk>/",
        translations.translate,
        name="translate",
    ),
]
