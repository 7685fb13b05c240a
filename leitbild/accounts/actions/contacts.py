"""Writing whom an organisation names to be asked for news."""

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.actions.addresses import email_obstacles
from leitbild.accounts.models import Contact, Organisation, User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused


@transaction.atomic
def add_contact(
    *,
    organisation: Organisation,
    name: str,
    email: str,
    by: User | None,
    language: str = "",
    is_head: bool = False,
) -> Contact:
    """Name somebody of an organisation; raises Refused with every reason at once."""
    held = _locked(organisation)
    contact = Contact(organisation=held, position=held.contacts.count())
    _write(contact, name=name, email=email, language=language, is_head=is_head)
    _record("contact.create", contact, by=by)
    return contact


@transaction.atomic
def change_contact(
    *,
    contact: Contact,
    name: str,
    email: str,
    by: User | None,
    language: str = "",
    is_head: bool = False,
) -> Contact:
    """Change how somebody is called and reached; raises Refused with every reason at once."""
    _locked(contact.organisation)
    _write(contact, name=name, email=email, language=language, is_head=is_head)
    _record("contact.change", contact, by=by)
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: User | None) -> None:
    """Ask somebody no more; what they reported stays, under their name."""
    _record("contact.remove", contact, by=by)
    contact.delete()


def _locked(organisation: Organisation) -> Organisation:
    """The organisation, held so that nobody else names a head of it at this moment."""
    found = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if found is None:
        raise Refused([_("This organisation doesn’t exist any more.")])
    return found


def _write(contact: Contact, *, name: str, email: str, language: str, is_head: bool) -> None:
    name, email = name.strip(), email.strip().lower()
    others = contact.organisation.contacts.exclude(pk=contact.pk)
    reasons = email_obstacles(email) if email else [_("A contact needs an e-mail address.")]
    if not name:
        reasons.append(_("A contact needs a name; the mail begins with it."))
    if email and others.filter(email__iexact=email).exists():
        reasons.append(
            _("{email} is a contact of {organisation} already.").format(
                email=email, organisation=contact.organisation
            )
        )
    head = others.filter(is_head=True).first() if is_head else None
    if head:
        reasons.append(
            _("{name} is the head of {organisation} already; only one can be.").format(
                name=head.name, organisation=contact.organisation
            )
        )
    if reasons:
        raise Refused(reasons)
    contact.name, contact.email = name, email
    contact.language, contact.is_head = language, is_head
    contact.save()


def _record(action: str, contact: Contact, *, by: User | None) -> None:
    # Without the address: the log is kept for good, a person's address isn't ours to keep so.
    record_event(
        action=action,
        by=by,
        public=False,
        municipality_id=contact.organisation.municipality_id,
        record=contact.organisation,
        changes={"name": contact.name},
    )
