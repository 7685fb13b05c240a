"""What the actions of the audit log are called: one sentence each, with what it was done to."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.core.actions import BY_LINK, COMMAND_LINE

ACTIONS: Final[Mapping[str, Promise]] = {
    # the plan's text
    "concept.create": gettext_lazy("Edition {what} begun"),
    "concept.edit": gettext_lazy("Edition {what} changed"),
    "concept.discard": gettext_lazy("Draft edition {what} discarded"),
    "concept.import": gettext_lazy("{what} imported from a file"),
    "concept.renumber": gettext_lazy("{what} renumbered"),
    "concept.continue": gettext_lazy("Continuation {what} begun"),
    "theme.create": gettext_lazy("Theme {what} added"),
    "theme.edit": gettext_lazy("Theme {what} changed"),
    "theme.move": gettext_lazy("Theme {what} moved"),
    "theme.delete": gettext_lazy("Theme {what} put into the bin"),
    "theme.restore": gettext_lazy("Theme {what} brought back from the bin"),
    "goal.create": gettext_lazy("Goal {what} added"),
    "goal.edit": gettext_lazy("Goal {what} changed"),
    "goal.move": gettext_lazy("Goal {what} moved"),
    "goal.delete": gettext_lazy("Goal {what} put into the bin"),
    "goal.restore": gettext_lazy("Goal {what} brought back from the bin"),
    "measure.create": gettext_lazy("Measure {what} added"),
    "measure.edit": gettext_lazy("Measure {what} changed"),
    "measure.move": gettext_lazy("Measure {what} moved"),
    "measure.delete": gettext_lazy("Measure {what} put into the bin"),
    "measure.restore": gettext_lazy("Measure {what} brought back from the bin"),
    "measures.edit": gettext_lazy("Several measures of {what} changed"),
    "bin.empty": gettext_lazy("Parts deleted thirty days ago removed from the bin for good"),
    # drafts
    "draft.save": gettext_lazy("Draft of {what} saved"),
    "draft.discard": gettext_lazy("Draft of {what} discarded"),
    "draft.hand_in": gettext_lazy("Draft of {what} handed in"),
    "draft.take_back": gettext_lazy("Draft of {what} taken back"),
    "draft.return": gettext_lazy("Draft of {what} given back to its author"),
    "draft.settle": gettext_lazy("Two versions of {what} brought together in a draft"),
    "draft.restore": gettext_lazy("Draft made of an earlier version of {what}"),
    # what became of measures
    "measure.fate": gettext_lazy("Decided what becomes of measure {what}"),
    "measure.fate.undo": gettext_lazy("Decision on measure {what} undone"),
    "measure.fate.unchanged": gettext_lazy("Unchanged measures of {what} taken over"),
    "concept.origins": gettext_lazy("Origins of the measures of {what} recorded"),
    # the council
    "concept.submit": gettext_lazy("{what} submitted to the council"),
    "concept.adopt": gettext_lazy("Adoption of {what} recorded"),
    "concept.withdraw": gettext_lazy("Proposal of {what} withdrawn"),
    # beside the text
    "translation.edit": gettext_lazy("Translation of {what} changed"),
    "progress.record": gettext_lazy("Progress of {what} reported"),
    # delivery
    "progress.confirm": gettext_lazy("Confirmed that nothing changed at {what}"),
    "milestone.create": gettext_lazy("Milestone {what} added"),
    "milestone.change": gettext_lazy("Milestone {what} changed"),
    "milestone.value": gettext_lazy("Value of milestone {what} reported"),
    "milestone.remove": gettext_lazy("Milestone {what} removed"),
    "money.change": gettext_lazy("Money of {what} changed"),
    "paper.create": gettext_lazy("Council paper {what} linked"),
    "paper.remove": gettext_lazy("Council paper {what} unlinked"),
    "attachment.create": gettext_lazy("File attached to {what}"),
    "attachment.change": gettext_lazy("Attached file of {what} changed"),
    "attachment.remove": gettext_lazy("Attached file of {what} removed"),
    "rhythm.change": gettext_lazy("Reporting rhythm of {what} changed"),
    "responsibility.change": gettext_lazy("Person responsible for {what} changed"),
    "contact.create": gettext_lazy("Contact of {what} added"),
    "contact.change": gettext_lazy("Contact of {what} changed"),
    "contact.remove": gettext_lazy("Contact of {what} removed"),
    "conduct.change": gettext_lazy("Settings of delivery of {what} changed"),
    "round.create": gettext_lazy("Round of {what} prepared"),
    "round.change": gettext_lazy("Round of {what} changed"),
    "round.discard": gettext_lazy("Round of {what} discarded"),
    "round.send": gettext_lazy("Round of {what} sent"),
    "round.remind": gettext_lazy("Reminders of the round of {what} sent"),
    "round.renew": gettext_lazy("New link of the round of {what} sent"),
    "round.hand_on": gettext_lazy("Question about {what} handed on to somebody else"),
    "round.close": gettext_lazy("Round of {what} closed"),
    "answer.give": gettext_lazy("Question about {what} answered by link"),
    "answer.accept": gettext_lazy("Answer about {what} taken over"),
    "answer.decline": gettext_lazy("Answer about {what} not taken over"),
    "answer.settle": gettext_lazy("Answer about {what} settled"),
    "report.freeze": gettext_lazy("Report on {what} frozen"),
    "report_template.change": gettext_lazy("Word template of {what} changed"),
    "follower.confirm": gettext_lazy("Somebody follows the news of {what} by mail"),
    "follower.end": gettext_lazy("Somebody follows the news of {what} no more"),
    "mail.again": gettext_lazy("Mails sent again that had not left"),
    "mail.drop": gettext_lazy("Mails given up that had not left"),
    # municipality and people
    "municipality.create": gettext_lazy("{what} set up"),
    "membership.create": gettext_lazy("Role given to {what}"),
    "membership.change": gettext_lazy("Role of {what} changed"),
    "membership.end": gettext_lazy("{what} left the office"),
    "officer.create": gettext_lazy("{what} made integration officer"),
    "officer.let_back_in": gettext_lazy("{what} let back in as integration officer"),
    "invitation.create": gettext_lazy("Invitation sent"),
    "invitation.withdraw": gettext_lazy("Invitation withdrawn"),
    "invitation.accept": gettext_lazy("Invitation accepted by {what}"),
    "profile.change": gettext_lazy("Account of {what} changed"),
    "demo.load": gettext_lazy("Demonstration loaded"),
    "seed.load": gettext_lazy("Sample municipality {what} made"),
}
"""Every action there is has its sentence; a test compares them with the code."""


def sentence(action: str, what: str) -> str:
    """What was done, in the active language; an action of another version stands for itself."""
    words = ACTIONS.get(action)
    if words is None:
        return f"{action} {what}".strip()
    return " ".join(str(words).format(what=what).split())


def action_name(action: str) -> str:
    """The action without what it was done to, for lists of choices."""
    return sentence(action, "…")


def actor_name(name: str) -> str:
    """Who did it, by account or by link; where no person acted, the command line."""
    if name.endswith(BY_LINK):
        return _("{name} (by link)").format(name=name.removesuffix(BY_LINK))
    return _("command line") if name == COMMAND_LINE else name
