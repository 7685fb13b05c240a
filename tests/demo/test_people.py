"""Somebody to try the demo as in each role, with a password of this start alone."""

from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact, Membership, Municipality, User
from leitbild.accounts.queries import access_of
from leitbild.delivery.enums import Freshness
from leitbild.delivery.queries import standings
from leitbild.delivery.rules import may_report_on
from leitbild.demo.days import BASE
from leitbild.demo.people import demo_sign_ins
from leitbild.plan.models import Concept, Measure
from leitbild.plan.rules import may_edit_measure


def test_each_role_can_sign_in(demo_city: Municipality) -> None:
    for each in demo_sign_ins(demo_city):
        client = Client()
        client.post("/office/account/login/", {"login": each.email, "password": each.password})
        assert client.get("/office/konto/").status_code == 200

    assert {held.role for held in Membership.objects.all()} == set(Role)


def test_editor_has_measures_to_write(demo_city: Municipality) -> None:
    demo_sign_ins(demo_city)
    access = access_of(User.objects.get(email="editor@demo.example"), demo_city)

    assert access
    assert [each for each in Measure.objects.all() if may_edit_measure(access, each)]


def test_next_start_has_the_same_people_and_another_password(demo_city: Municipality) -> None:
    first, second = demo_sign_ins(demo_city), demo_sign_ins(demo_city)

    assert [each.email for each in first] == [each.email for each in second]
    assert first[0].password != second[0].password
    assert not User.objects.get(email=first[0].email).check_password(first[0].password)
    assert Membership.objects.count() == len(Role)


def test_editor_has_news_to_give(demo_city: Municipality) -> None:
    demo_sign_ins(demo_city)
    access = access_of(User.objects.get(email="editor@demo.example"), demo_city)
    assert access
    there = standings(Concept.objects.get(slug="2022"), demo_city, until=BASE)

    due = [
        each.code
        for each in Measure.objects.filter(concept__slug="2022")
        if may_report_on(access, each) and there.of_measure(each).freshness == Freshness.DUE
    ]

    assert due == ["1.6", "2.5"]


def test_people_who_sign_in_are_the_ones_who_are_asked(demo_city: Municipality) -> None:
    demo_sign_ins(demo_city)

    assert {
        (each.name, each.email)
        for each in Contact.objects.filter(email__in=User.objects.values("email"))
    } == {("Ida Ingelfeld", "officer@demo.example"), ("Emin Erlbach", "editor@demo.example")}
