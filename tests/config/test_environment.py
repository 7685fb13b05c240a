"""Faulty variables are named with the way to mend them."""

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from leitbild.config.environment import (
    KEY_FILE,
    Environment,
    FaultyEnvironment,
    FileStore,
    MailServer,
    Provider,
)
from leitbild.config.mail import mail_settings
from leitbild.config.nodes import file_storage, postgresql

SERVER = "postgres://stadt:geheim@localhost/leitbild"


def test_data_directory_is_made_with_a_key_for_its_owner(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"

    first = Environment.read({"LEITBILD_DATA": str(data)})
    second = Environment.read({"LEITBILD_DATA": str(data)})

    assert first == second
    assert len(first.secret_key) >= 50
    assert stat.S_IMODE((data / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [file.name for file in data.iterdir()] == [KEY_FILE]


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        started = pool.map(Environment.read, [{"LEITBILD_DATA": str(tmp_path / "data")}] * 64)

    [key] = {environment.secret_key for environment in started}
    assert len(key) >= 50


def test_given_key_makes_the_directory_but_no_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    given = {"LEITBILD_DATA": str(data), "LEITBILD_SECRET_KEY": "k" * 50}

    assert Environment.read(given).secret_key == "k" * 50
    assert list(data.iterdir()) == []


def test_short_key_is_named(tmp_path: Path) -> None:
    given = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_SECRET_KEY": "short"}

    with pytest.raises(FaultyEnvironment, match="has 5 characters; at least 50"):
        Environment.read(given)


def test_empty_directory_name_means_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert Environment.read({"LEITBILD_DATA": ""}).data == tmp_path / "data"


@pytest.mark.parametrize("url", ["sqlite:////tmp/db.sqlite3", "mysql://host/name", "host/name"])
def test_database_other_than_postgresql_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(FaultyEnvironment, match="must name a PostgreSQL server"):
        Environment.read({"LEITBILD_DATA": str(tmp_path), "DATABASE_URL": url})


@pytest.mark.parametrize(
    ("value", "is_on"), [("1", True), ("true", True), ("0", False), ("", False), (" TRUE ", True)]
)
def test_switches(tmp_path: Path, value: str, is_on: bool) -> None:
    environment = Environment.read({"LEITBILD_DATA": str(tmp_path), "LEITBILD_HTTPS": value})

    assert environment.https is is_on
    assert environment.debug is False


def test_faulty_switch_is_named(tmp_path: Path) -> None:
    with pytest.raises(FaultyEnvironment, match="LEITBILD_DEBUG is “maybe”; set it to 1 or 0"):
        Environment.read({"LEITBILD_DATA": str(tmp_path), "LEITBILD_DEBUG": "maybe"})


def test_file_in_place_of_the_directory_is_named(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("")

    with pytest.raises(FaultyEnvironment, match="--data or LEITBILD_DATA"):
        Environment.read({"LEITBILD_DATA": str(file)})


def read(folder: Path, **values: str) -> Environment:
    named = {f"LEITBILD_{name}": value for name, value in values.items()}
    return Environment.read({"LEITBILD_DATA": str(folder), **named})


@pytest.mark.parametrize(
    ("url", "port", "tls_from_start"),
    [
        ("smtp://plan%40stadt.example:p%2Fw@mail.example", 587, False),
        ("smtps://plan%40stadt.example:p%2Fw@mail.example", 465, True),
        ("smtp://plan%40stadt.example:p%2Fw@mail.example:25", 25, False),
    ],
)
def test_mail_server_is_read(tmp_path: Path, url: str, port: int, tls_from_start: bool) -> None:
    environment = read(tmp_path, MAIL_URL=url, MAIL_FROM="plan@stadt.example")

    assert environment.mail == MailServer(
        host="mail.example",
        port=port,
        user="plan@stadt.example",
        password="p/w",
        tls_from_start=tls_from_start,
        sender="plan@stadt.example",
    )
    made = mail_settings(environment)
    assert (made["EMAIL_USE_SSL"], made["EMAIL_USE_TLS"]) == (tls_from_start, not tls_from_start)


def test_mails_are_kept_without_a_server(tmp_path: Path) -> None:
    made = mail_settings(read(tmp_path))

    assert made["EMAIL_BACKEND"] == "leitbild.core.mail.KeptAsFiles"
    assert made["MAILS"] == tmp_path / "mails"


@pytest.mark.parametrize(("given", "size"), [("", 64), ("0", 0), (" 256 ", 256)])
def test_memory_for_pages_is_given_in_megabytes(tmp_path: Path, given: str, size: int) -> None:
    variables = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_PAGE_CACHE": given}

    assert Environment.read(variables).page_cache == size * 1_000_000


@pytest.mark.parametrize("given", ["64MB", "-1", "much", "²", "6.4"])
def test_faulty_memory_for_pages_is_named(tmp_path: Path, given: str) -> None:
    variables = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_PAGE_CACHE": given}

    with pytest.raises(FaultyEnvironment, match=f"LEITBILD_PAGE_CACHE is “{given}”; set it to the"):
        Environment.read(variables)


def test_store_of_files_is_taken_apart(tmp_path: Path) -> None:
    url = "s3://stadt:ge%2Fheim@files.example:9000/leitbild?region=eu-central-1"

    store = Environment.read({"LEITBILD_DATA": str(tmp_path), "LEITBILD_STORAGE_URL": url}).store

    assert store == FileStore(
        endpoint="https://files.example:9000",
        bucket="leitbild",
        key="stadt",
        secret="ge/heim",
        region="eu-central-1",
    )


@pytest.mark.parametrize(
    ("place", "endpoint"),
    [
        ("s3+http://key:geheim@10.0.0.5/bucket", "http://10.0.0.5"),
        ("s3+http://key:geheim@[fd00::5]:9000/bucket", "http://[fd00::5]:9000"),
        ("s3://key:geheim@[fd00::5]/bucket?region=", "https://[fd00::5]"),
    ],
)
def test_store_of_files_may_be_named_by_its_number(
    tmp_path: Path, place: str, endpoint: str
) -> None:
    store = Environment.read({"LEITBILD_DATA": str(tmp_path), "LEITBILD_STORAGE_URL": place}).store

    assert store
    assert (store.endpoint, store.region) == (endpoint, "us-east-1")


@pytest.mark.parametrize(
    "url",
    [
        "https://key:geheim@files.example/bucket",
        "s3://files.example/bucket",
        "s3://key:geheim@files.example/",
        "s3://key:geheim@files.example/a/b",
        "s3://key:geheim@files.example:port/bucket",
        "s3://key:geheim@files.example/bucket?regoin=eu-central-1",
        "geheim",
    ],
)
def test_faulty_store_of_files_is_named_without_its_secret(tmp_path: Path, url: str) -> None:
    variables = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_STORAGE_URL": url}

    with pytest.raises(FaultyEnvironment, match="LEITBILD_STORAGE_URL can't be read") as faulty:
        Environment.read(variables)
    assert "geheim" not in str(faulty.value)


@pytest.mark.parametrize("given", ["many", "-1", "65"])
def test_faulty_pool_is_named(tmp_path: Path, given: str) -> None:
    variables = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_POOL": given, "DATABASE_URL": SERVER}

    with pytest.raises(FaultyEnvironment, match=f"LEITBILD_POOL is “{given}”"):
        Environment.read(variables)


def test_pool_without_postgresql_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyEnvironment, match="set DATABASE_URL too"):
        Environment.read({"LEITBILD_DATA": str(tmp_path), "LEITBILD_POOL": "4"})


def test_connections_are_pooled_or_kept_open(tmp_path: Path) -> None:
    given = {"LEITBILD_DATA": str(tmp_path), "DATABASE_URL": SERVER}

    alone = postgresql(Environment.read(given))
    pooled = postgresql(Environment.read({**given, "LEITBILD_POOL": "4"}))

    assert (alone["CONN_MAX_AGE"], "pool" in alone.get("OPTIONS", {})) == (60, False)
    # Django refuses a pool of connections that are kept open as well.
    assert (pooled["CONN_MAX_AGE"], pooled["OPTIONS"]["pool"]["max_size"]) == (0, 4)


def test_silent_server_is_given_up_after_seconds_unless_its_address_says_otherwise(
    tmp_path: Path,
) -> None:
    given = {"LEITBILD_DATA": str(tmp_path), "DATABASE_URL": SERVER}
    longer = given | {"DATABASE_URL": f"{SERVER}?tcp_user_timeout=60000"}

    assert postgresql(Environment.read(given))["OPTIONS"]["tcp_user_timeout"] == 10_000
    assert postgresql(Environment.read(longer))["OPTIONS"]["tcp_user_timeout"] == 60_000


def test_address_of_a_server_and_its_standby_reaches_the_driver(tmp_path: Path) -> None:
    url = "postgres://stadt:geheim@/leitbild?host=eins,zwei&target_session_attrs=read-write"

    database = postgresql(Environment.read({"LEITBILD_DATA": str(tmp_path), "DATABASE_URL": url}))

    assert database["OPTIONS"]["host"] == "eins,zwei"
    assert database["OPTIONS"]["target_session_attrs"] == "read-write"
    assert not database["HOST"]


def test_packages_that_are_missing_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = "s3://key:geheim@host/bucket"
    given = {"LEITBILD_DATA": str(tmp_path), "DATABASE_URL": SERVER, "LEITBILD_STORAGE_URL": store}
    environment = Environment.read(given)
    for module in ("psycopg", "boto3"):
        monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(FaultyEnvironment, match=r"DATABASE_URL needs .* leitbild\[postgres\]"):
        postgresql(environment)
    with pytest.raises(FaultyEnvironment, match=r"STORAGE_URL needs .* leitbild\[s3\]"):
        file_storage(environment)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"MAIL_URL": "smtp://mail.example"}, "belong together"),
        ({"MAIL_FROM": "plan@stadt.example"}, "belong together"),
        ({"MAIL_URL": "smtp://mail.example", "MAIL_FROM": "plan"}, "MAIL_FROM is “plan”"),
        ({"MAIL_URL": "mail:geheim@x", "MAIL_FROM": "a@b.example"}, "MAIL_URL can't be read"),
        ({"MAIL_URL": "smtp://h:geheim", "MAIL_FROM": "a@b.example"}, "MAIL_URL can't be read"),
        ({"MAIL_URL": "smtp://", "MAIL_FROM": "a@b.example"}, "MAIL_URL can't be read"),
    ],
)
def test_faulty_mail_server_is_named_without_its_password(
    tmp_path: Path, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(FaultyEnvironment, match=sentence) as faulty:
        read(tmp_path, **values)

    assert "geheim" not in str(faulty.value)


def test_provider_is_read(tmp_path: Path) -> None:
    given = {
        "OIDC_ISSUER": "https://login.stadt.example/realms/stadt/",
        "OIDC_CLIENT_ID": "leitbild",
        "OIDC_CLIENT_SECRET": "geheim",
    }

    named = read(tmp_path, **given, OIDC_NAME="Stadtkonto").provider
    unnamed = read(tmp_path, **given).provider

    assert named == Provider(
        issuer="https://login.stadt.example/realms/stadt",
        client_id="leitbild",
        client_secret="geheim",
        name="Stadtkonto",
    )
    assert unnamed
    assert unnamed.name == "login.stadt.example"
    assert read(tmp_path).provider is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"OIDC_NAME": "Stadtkonto"}, "OIDC_ISSUER and LEITBILD_OIDC_CLIENT_ID and LEITBILD_OIDC"),
        (
            {"OIDC_ISSUER": "https://x.example", "OIDC_CLIENT_ID": "x"},
            "LEITBILD_OIDC_CLIENT_SECRET must be set too",
        ),
        (
            {"OIDC_ISSUER": "x.example", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "x"},
            "OIDC_ISSUER is “x.example”; set it to an address",
        ),
    ],
)
def test_half_a_provider_is_named(tmp_path: Path, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(FaultyEnvironment, match=sentence):
        read(tmp_path, **values)
