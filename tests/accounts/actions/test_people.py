"""Who works where is written with guards, and a town always keeps somebody who may invite."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from leitbild.accounts.actions import (
    appoint,
    change_membership,
    change_profile,
    create_municipality,
    create_officer,
    end_membership,
    let_back_in,
)
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Membership, Municipality, Organisation, User
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from tests.people import member, signed_in

pytestmark = pytest.mark.django_db

ONLY_ADMINISTRATORS = "Only an administrator can make or unmake administrators."


def a_town(slug: str = "neustadt") -> Municipality:
    return create_municipality(slug=slug, name=slug.capitalize(), languages=["de"], by=None)


def an_office(town: Municipality) -> Organisation:
    return Organisation.objects.create(municipality=town, slug="amt", name="Amt", kind="department")


def held_by(user: User) -> Membership:
    return Membership.objects.get(user=user)


def last_event() -> tuple[str, int | None, dict[str, object]]:
    event = AuditEvent.objects.latest("pk")
    return event.action, event.actor_id, event.changes


def test_create_officer_makes_a_person_without_a_password() -> None:
    town = a_town()

    membership = create_officer(municipality=town, email="Ada@Example.org", name="Ada", by=None)

    assert (membership.user.email, membership.user.name) == ("ada@example.org", "Ada")
    assert membership.role == "officer"
    assert not membership.user.has_usable_password()
    assert AuditEvent.objects.filter(action="officer.create").count() == 1


def test_person_known_already_keeps_the_name() -> None:
    User.objects.create(email="ada@example.org", name="Ada")

    create_officer(municipality=a_town(), email="ADA@example.org", name="Other", by=None)

    assert User.objects.get().name == "Ada"


@pytest.mark.parametrize(
    ("email", "reason"),
    [("", "A person needs an e-mail address."), ("ada", "“ada” is not an e-mail address.")],
)
def test_officer_without_an_address_is_refused(email: str, reason: str) -> None:
    town = a_town()

    with pytest.raises(Refused) as refused:
        create_officer(municipality=town, email=email, name="Ada", by=None)

    assert refused.value.reasons == [reason]
    assert not User.objects.exists()


def test_officer_is_made_once() -> None:
    town = a_town()
    create_officer(municipality=town, email="ada@example.org", name="Ada", by=None)

    with pytest.raises(Refused) as refused:
        create_officer(municipality=town, email="ada@example.org", name="Ada", by=None)

    assert refused.value.reasons == ["ada@example.org is integration officer of Neustadt already."]
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "with_organisation", "reason"),
    [
        (
            Role.EDITOR,
            False,
            "An editor writes the measures of an organisation. Please choose which one.",
        ),
        (
            Role.OBSERVER,
            True,
            "Only editors write for an organisation. Please leave the organisation empty.",
        ),
        (Role.ADMINISTRATOR, False, ONLY_ADMINISTRATORS),
    ],
)
def test_role_that_does_not_fit_is_refused(
    role: Role, with_organisation: bool, reason: str
) -> None:
    town = a_town()
    member(town, Role.ADMINISTRATOR)
    officer = member(town, Role.OFFICER)
    observer = held_by(member(town, Role.TRANSLATOR))

    with pytest.raises(Refused) as refused:
        change_membership(
            membership=observer,
            role=role,
            organisation=an_office(town) if with_organisation else None,
            by=officer,
        )

    assert refused.value.reasons == [reason]
    observer.refresh_from_db()
    assert observer.role == Role.TRANSLATOR


def test_organisation_of_another_town_is_refused() -> None:
    town, other = a_town(), a_town("altstadt")
    officer = member(town, Role.OFFICER)

    with pytest.raises(Refused) as refused:
        change_membership(
            membership=held_by(member(town, Role.OBSERVER)),
            role=Role.EDITOR,
            organisation=an_office(other),
            by=officer,
        )

    assert refused.value.reasons == ["This organisation belongs to another municipality."]


def test_membership_changes_and_the_log_knows() -> None:
    town = a_town()
    officer, observer = member(town, Role.OFFICER), member(town, Role.OBSERVER)
    office = an_office(town)

    change_membership(
        membership=held_by(observer), role=Role.EDITOR, organisation=office, by=officer
    )

    held = held_by(observer)
    assert (held.role, held.organisation) == (Role.EDITOR, office)
    action, actor, changes = last_event()
    assert (action, actor) == ("membership.change", officer.pk)
    assert changes == {
        "before": {
            "membership": held.pk,
            "user": observer.pk,
            "role": "observer",
            "organisation": None,
        },
        "after": {
            "membership": held.pk,
            "user": observer.pk,
            "role": "editor",
            "organisation": office.pk,
        },
    }


def test_change_of_nothing_is_not_logged() -> None:
    town = a_town()
    officer = member(town, Role.OFFICER)
    before = AuditEvent.objects.count()

    change_membership(membership=held_by(officer), role=Role.OFFICER, organisation=None, by=officer)

    assert AuditEvent.objects.count() == before


def test_role_is_held_once() -> None:
    town = a_town()
    officer = member(town, Role.OFFICER)
    observer = member(town, Role.OBSERVER)
    second = appoint(
        municipality=town, email=observer.email, name="", role=Role.TRANSLATOR, by=officer
    )

    with pytest.raises(Refused) as refused:
        change_membership(membership=second, role=Role.OBSERVER, organisation=None, by=officer)

    assert refused.value.reasons == ["observer@example.org is observer of Neustadt already."]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_last_person_who_may_invite_stays(role: Role) -> None:
    town = a_town()
    user = member(town, role)
    reason = (
        f"{user} is the last person here who may invite others. Please make somebody else "
        "administrator or integration officer first."
    )

    with pytest.raises(Refused) as left:
        end_membership(membership=held_by(user), by=user)
    with pytest.raises(Refused) as changed:
        change_membership(membership=held_by(user), role=Role.OBSERVER, organisation=None, by=user)

    assert left.value.reasons == changed.value.reasons == [reason]
    assert held_by(user).role == role


def test_somebody_who_has_left_keeps_nobody_in() -> None:
    town = a_town()
    officer, gone = member(town, Role.OFFICER), member(town, Role.ADMINISTRATOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    with pytest.raises(Refused):
        end_membership(membership=held_by(officer), by=officer)

    assert Membership.objects.filter(user=officer).exists()


def test_first_administrator_is_made_by_an_officer_and_unmade_by_none() -> None:
    town = a_town()
    officer, observer = member(town, Role.OFFICER), member(town, Role.OBSERVER)
    held = held_by(observer)

    change_membership(membership=held, role=Role.ADMINISTRATOR, organisation=None, by=officer)
    with pytest.raises(Refused) as refused:
        end_membership(membership=held, by=officer)

    assert refused.value.reasons == [ONLY_ADMINISTRATORS]
    assert held_by(observer).role == Role.ADMINISTRATOR


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TRANSLATOR, Role.OBSERVER])
def test_others_manage_nobody(role: Role) -> None:
    town = a_town()
    member(town, Role.OFFICER)
    user, victim = member(town, role), member(town, Role.OBSERVER, email="b@example.org")

    with pytest.raises(Refused):
        end_membership(membership=held_by(victim), by=user)

    assert held_by(victim).role == Role.OBSERVER


def test_who_leaves_stays_known_but_is_out_at_once() -> None:
    town = a_town()
    officer, observer = member(town, Role.OFFICER), member(town, Role.OBSERVER)
    observer.set_password("vier Wörter ohne Sinn")
    observer.save()
    Authenticator.objects.create(user=observer, type=Authenticator.Type.TOTP, data={})
    browser = signed_in(observer)
    assert browser.get("/office/konto/").status_code == 200

    end_membership(membership=held_by(observer), by=officer)

    observer.refresh_from_db()
    assert not observer.is_active
    assert not observer.has_usable_password()
    assert not Authenticator.objects.exists()
    assert browser.get("/office/konto/").status_code == 302
    assert last_event()[:2] == ("membership.end", officer.pk)
    # Not even if they come back does the old session live again.
    appoint(municipality=town, email=observer.email, name="", role=Role.OBSERVER, by=officer)
    assert browser.get("/office/konto/").status_code == 302


def test_who_keeps_another_role_stays_in() -> None:
    town, other = a_town(), a_town("altstadt")
    officer, observer = member(town, Role.OFFICER), member(town, Role.OBSERVER)
    create_officer(municipality=other, email=observer.email, name="", by=None)

    end_membership(membership=Membership.objects.get(user=observer, municipality=town), by=officer)

    observer.refresh_from_db()
    assert observer.is_active


def test_officer_who_lost_everything_is_let_back_in() -> None:
    town = a_town()
    officer = member(town, Role.OFFICER)
    officer.set_password("vier Wörter ohne Sinn")
    officer.is_active = False
    officer.save()
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})

    let_back_in(municipality=town, email="OFFICER@example.org", name="", by=None)

    officer.refresh_from_db()
    assert officer.is_active
    assert not officer.has_usable_password()
    assert not Authenticator.objects.exists()
    assert EmailAddress.objects.get(user=officer).verified
    assert last_event()[0] == "officer.let_back_in"


def test_new_officer_is_let_in() -> None:
    held = let_back_in(municipality=a_town(), email="ada@example.org", name="Ada", by=None)

    assert (held.role, held.user.name) == (Role.OFFICER, "Ada")


def test_profile_changes_and_the_log_holds_no_name() -> None:
    town = a_town()
    user = member(town, Role.OFFICER)

    change_profile(user=user, name=" Ada ", language="ar", municipality=town, by=user)

    user.refresh_from_db()
    assert (user.name, user.language) == ("Ada", "ar")
    assert last_event() == (
        "profile.change",
        user.pk,
        {"user": user.pk, "fields": ["language", "name"]},
    )


def test_role_somebody_else_has_ended_is_refused() -> None:
    town = a_town()
    officer, observer = member(town, Role.OFFICER), member(town, Role.OBSERVER)
    held, same = held_by(observer), held_by(observer)
    end_membership(membership=held, by=officer)

    with pytest.raises(Refused) as refused:
        change_membership(membership=same, role=Role.TRANSLATOR, organisation=None, by=officer)

    assert refused.value.reasons == ["Somebody else has ended this role already."]
