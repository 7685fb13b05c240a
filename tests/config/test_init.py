"""The command line sets up a municipality, and lets its officer in."""

from collections.abc import Callable

import pytest
from django.conf import settings

from leitbild.accounts.models import Membership, Municipality
from tests.towns import measure, plan, settle

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.django_db
class TestInit:
    """leitbild init."""

    def test_sets_up_a_municipality(self, run: Run) -> None:
        result = run(
            *("init", "--name", "Höxter am See", "--language", "de", "--language", "ar"),
            *("--key", "05762020", "--host", "plan.example", "--email", "x@example.org"),
            *("--officer", "ada@example.org", "--officer-name", "Ada"),
        )

        assert result == (
            0,
            (
                "Höxter am See is set up (hoexter-am-see); “leitbild import FILE” takes over "
                "its concept.\n"
                "ada@example.org signs in at /office/ by a code. No mail server is set "
                f"(LEITBILD_MAIL_URL), so the mail with the code lies in {settings.MAILS}.\n"
            ),
            "",
        )
        town = Municipality.objects.get()
        assert (town.slug, town.languages, town.key) == ("hoexter-am-see", ["de", "ar"], "05762020")
        assert Membership.objects.get().user.name == "Ada"

    def test_existing_slug_is_a_sentence(self, run: Run) -> None:
        settle(plan(measure("1.1")))

        assert run("init", "--name", "Musterstadt") == (
            1,
            "",
            "There is a municipality “musterstadt” already.\n",
        )

    def test_asks_again_at_once_with_the_reason(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = ["", "Neustadt", "Neu Stadt", "", "12", "05762020", "xx-!", "de", "x", "", "", ""]
        answers, asked = iter(given), list[str]()

        def answer(shown: str) -> str:
            asked.append(shown)
            return next(answers)

        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", answer)

        code, out, err = run("init")

        assert (code, err) == (0, "")
        assert out.splitlines()[:-1] == [
            "A municipality needs a name.",
            "“Neu Stadt” can’t stand in an address; use small letters, digits and hyphens.",
            "The municipality key “12” doesn’t have 8 digits.",
            "“xx-!” is not a known language code.",
            "“x” is not an e-mail address.",
        ]
        assert [shown.partition(" ")[0] for shown in asked].count("Official") == 2
        town = Municipality.objects.get()
        assert (town.slug, town.key, town.languages) == ("neustadt", "05762020", ["de"])

    def test_refused_officer_leaves_no_municipality(self, run: Run) -> None:
        code, _out, err = run("init", "--name", "Neustadt", "--officer", "ada")

        assert (code, err) == (1, "“ada” is not an e-mail address.\n")
        assert not Municipality.objects.exists()

    def test_without_a_name_and_nobody_to_ask_it_is_a_usage_error(self, run: Run) -> None:
        assert run("init") == (2, "", "Give the municipality’s name with --name.\n")


@pytest.mark.django_db
class TestOfficer:
    """leitbild officer."""

    def test_lets_somebody_in(self, run: Run) -> None:
        settle(plan(measure("1.1")))

        first = run("officer", "Ada@example.org", "--name", "Ada")
        second = run("officer", "ada@example.org")

        assert first == second
        assert first[1].startswith(
            "ada@example.org is integration officer of Musterstadt.\nada@example.org signs in at"
        )
        assert Membership.objects.get().user.name == "Ada"

    def test_without_a_municipality_it_is_a_sentence(self, run: Run) -> None:
        sentence = "There is no municipality yet; “leitbild init” sets one up.\n"

        assert run("officer", "ada@example.org") == (1, "", sentence)

    def test_faulty_address_is_a_sentence(self, run: Run) -> None:
        settle(plan(measure("1.1")))

        assert run("officer", "ada") == (1, "", "“ada” is not an e-mail address.\n")
