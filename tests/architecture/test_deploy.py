"""What `deploy/` promises holds: its files can be read, fit each other and fit the program."""

import argparse
import os
import re
import shutil
import sqlite3
import subprocess
import time
import tomllib
from collections.abc import Iterator
from configparser import RawConfigParser
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from django.core.management import load_command_class

from leitbild.config.cli import COMMANDS
from leitbild.config.environment import Environment
from tests.architecture.house import DOCS, ROOT, name

DEPLOY: Final = ROOT / "deploy"
CONTAINERS: Final = DEPLOY / "Containerfile"
CADDY: Final = DEPLOY / "Caddyfile"
COMPOSE: Final = DEPLOY / "compose.yaml"
MANIFESTS: Final = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
BY_HAND: Final = DEPLOY / "systemd" / "by-hand"
UNITS: Final = sorted((DEPLOY / "systemd").glob("*.service"))
FILES: Final = sorted(each for each in DEPLOY.rglob("*") if each.is_file() and each.name != ".env")
PORT: Final = 8000
PROGRAM: Final = "/opt/leitbild/bin/leitbild"
SETTING: Final = re.compile(r"\b(?:LEITBILD_[A-Z_]+|DATABASE_URL)\b")
PINNED: Final = re.compile(r"[\w./-]+:\d+\.\d+[\w.-]*")
Document = dict[str, Any]


def documents(*files: Path) -> Iterator[Document]:
    """Everything these YAML files say."""
    for file in files:
        yield from yaml.safe_load_all(file.read_text("utf-8"))


def services() -> dict[str, Document]:
    """The containers of one machine."""
    return next(documents(COMPOSE))["services"]  # type: ignore[no-any-return] # YAML


def deployments() -> dict[str, Document]:
    """What pods of each deployment are like."""
    found = (each for each in documents(*MANIFESTS) if each["kind"] == "Deployment")
    return {each["metadata"]["name"]: each["spec"]["template"]["spec"] for each in found}


def containers() -> dict[str, Document]:
    """The containers of all pods; each has one."""
    return {which: pod["containers"][0] for which, pod in deployments().items()}


def unit(file: Path) -> RawConfigParser:
    """A systemd unit; where a name stands twice, its last value."""
    parser = RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # as its documentation says
    parser.read_string(file.read_text("utf-8"))
    return parser


def stages() -> dict[str, tuple[str, list[str]]]:
    """Each stage of the Containerfile: the image it begins with, and its instructions."""
    text = CONTAINERS.read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found: dict[str, tuple[str, list[str]]] = {}
    instructions: list[str] = []
    for line in lines:
        if begin := re.fullmatch(r"FROM (\S+) AS (\S+)", line):
            instructions = []
            found[begin[2]] = (begin[1], instructions)
        else:
            instructions.append(line)
    return found


def calls() -> dict[str, list[str]]:
    """Every call of the program: its arguments, by where it stands."""
    [default] = [line for line in stages()["app"][1] if line.startswith("CMD ")]
    return {
        "Containerfile": yaml.safe_load(default.removeprefix("CMD ")),
        **{f"compose {each}": services()[each]["command"] for each in ("app", "worker")},
        **{f"kubernetes {which}": each["args"] for which, each in containers().items()},
        **{file.stem: unit(file)["Service"]["ExecStart"].split()[1:] for file in UNITS},
    }


def options(arguments: list[str]) -> argparse.Namespace:
    """What the command makes of its arguments; it exits where it doesn't know one."""
    command: Any = load_command_class("leitbild.config", COMMANDS[arguments[0]][0])
    parsed: argparse.Namespace = command.create_parser("leitbild", arguments[0]).parse_args(
        arguments[1:]
    )
    return parsed


def settings_given() -> dict[str, str]:
    """Every setting that has a value of its own in some file."""
    config = [each["data"] for each in documents(*MANIFESTS) if each["kind"] == "ConfigMap"]
    secret = [each["stringData"] for each in documents(*MANIFESTS) if each["kind"] == "Secret"]
    units = [re.findall(r"(?m)^Environment=(\w+)=(.+)$", file.read_text("utf-8")) for file in UNITS]
    pairs = chain.from_iterable([*(each.items() for each in (*config, *secret)), *units])
    return {variable: value for variable, value in pairs if value}


def need(tool: str) -> None:
    """Skip the test where a tool is missing that not every machine has."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")


def run(*command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a tool that not every machine has."""
    need(command[0])
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_settings_are_read_and_documented() -> None:
    sources = (ROOT / "leitbild" / "config" / "environment.py", DOCS / "settings.md")
    known = [set(SETTING.findall(file.read_text("utf-8"))) for file in sources]

    unknown = [
        (name(file), setting)
        for file in FILES
        for setting in SETTING.findall(file.read_text("utf-8"))
        if any(setting not in each for each in known)
    ]

    assert unknown == []


def test_settings_given_can_be_used(tmp_path: Path) -> None:
    given = settings_given() | {"LEITBILD_DATA": str(tmp_path)}

    environment = Environment.read(given)

    assert {"LEITBILD_HTTPS", "LEITBILD_POOL", "LEITBILD_STORAGE_URL"} <= given.keys()
    assert (environment.https, environment.mail is None, environment.store is None) == (
        True,
        False,
        False,
    )


def test_example_names_every_variable_that_compose_asks_for() -> None:
    asked = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text("utf-8")))
    example = (DEPLOY / ".env.example").read_text("utf-8")

    assert set(re.findall(r"(?m)^(\w+)=", example)) == asked


@pytest.mark.parametrize("place", sorted(calls()))
def test_calls_of_the_program_are_understood(place: str) -> None:
    arguments = calls()[place]

    # Where workers are counted, a worker of its own sends the mails.
    assert getattr(options(arguments), "port", PORT) == PORT
    assert ("--workers" in arguments) == ("--no-worker" in arguments)


def test_the_program_lies_where_units_look_for_it() -> None:
    assert [unit(file)["Service"]["ExecStart"].split()[0] for file in UNITS] == [PROGRAM] * 2


def test_commands_by_hand_run_as_the_service_does() -> None:
    text = BY_HAND.read_text("utf-8")
    [service] = [unit(file)["Service"] for file in UNITS if file.stem == "leitbild"]
    data = service["StateDirectory"]

    assert f"--uid={service['User']} --gid={service['Group']}" in text
    for each in ("StateDirectory", "StateDirectoryMode", "UMask", "EnvironmentFile"):
        assert f"--property={each}={service[each]}" in text
    assert f'{PROGRAM} --data /var/lib/{data} "$@"' in text


def test_backup_holds_what_is_written_and_uploaded_for_thirty_days(tmp_path: Path) -> None:
    data, kept = tmp_path / "da ta", tmp_path / "kept"
    (data / "uploads").mkdir(parents=True)
    (data / "uploads" / "plan.pdf").write_text("PDF")
    for age, days in (("young", 29), ("old", 40)):
        (kept / age).mkdir(parents=True)
        os.utime(kept / age, (time.time() - days * 86400,) * 2)
    need("sqlite3")

    with closing(sqlite3.connect(data / "leitbild.sqlite3")) as database:
        # Open, so that what was written still stands in the log beside the database.
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE plan (title)")
        database.commit()
        done = run(str(DEPLOY / "backup"), str(data), str(kept))

    assert (done.returncode, done.stderr) == (0, "")
    [today] = set(kept.iterdir()) - {kept / "young"}
    assert (kept / "young").exists()
    assert (today / "uploads" / "plan.pdf").read_text() == "PDF"
    assert today.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(today / "leitbild.sqlite3")) as copy:
        assert copy.execute("SELECT name FROM sqlite_master").fetchall() == [("plan",)]


def test_ports_agree() -> None:
    text = CADDY.read_text("utf-8")
    service = next(each for each in documents(*MANIFESTS) if each["kind"] == "Service")
    policies = [each for each in documents(*MANIFESTS) if each["kind"] == "NetworkPolicy"]

    assert set(re.findall(r"\{\$NODES:127\.0\.0\.1:(\d+)\}", text)) == {str(PORT)}
    assert services()["proxy"]["environment"]["NODES"] == f"app:{PORT}"
    assert f"EXPOSE {PORT}" in stages()["app"][1]
    [opened] = containers()["app"]["ports"]
    assert (opened["name"], opened["containerPort"]) == ("http", PORT)
    assert service["spec"]["ports"][0]["targetPort"] == "http"
    ingress = [
        port
        for each in policies
        for rule in each["spec"].get("ingress", ())
        for port in rule["ports"]
    ]
    assert [each["port"] for each in ingress] == [PORT]


def test_caddy_asks_itself_about_host_names() -> None:
    text = CADDY.read_text("utf-8")

    [address] = re.findall(r"ask (http://127\.0\.0\.1:\d+)/hostname\n", text)

    assert f"\n{address} {{\n" in text


def test_images_are_pinned() -> None:
    built = {image for image, _instructions in stages().values()}
    used = {each["image"] for each in services().values()}

    assert [image for image in built | used if not PINNED.fullmatch(image)] == []


def test_images_of_ours_carry_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    kustomization = next(documents(DEPLOY / "kubernetes" / "kustomization.yaml"))

    tags = {
        *re.findall(r"leitbild:([\d.]+)", CONTAINERS.read_text("utf-8")),
        *(
            image.split(":")[1]
            for image in (each["image"] for each in services().values())
            if image.startswith("leitbild")
        ),
        *(each["newTag"] for each in kustomization["images"]),
    }

    assert tags == {project["version"]}
    assert {each["image"] for each in containers().values()} == {
        each["name"] for each in kustomization["images"]
    }


def test_image_installs_what_is_locked() -> None:
    _image, instructions = stages()["build"]
    installs = re.findall(r"pip (?:install|wheel) ([^&]+)", "\n".join(instructions))

    assert [
        each for each in installs if "--require-hashes" not in each and "--no-deps" not in each
    ] == []
    assert (ROOT / "requirements" / "server.lock").is_file()


def test_nobody_runs_as_root() -> None:
    last_users = [
        [line.removeprefix("USER ") for line in stages()[stage][1] if line.startswith("USER ")][-1]
        for stage in ("app", "proxy")
    ]
    in_pods = [pod["securityContext"] for pod in deployments().values()]

    assert last_users == ["10001:10001", "10002:10002"]
    assert services()["database"]["user"] == "999:999"
    assert [(each["runAsNonRoot"], each["runAsUser"]) for each in in_pods] == [(True, 10001)] * 2
    assert [unit(file)["Service"]["User"] for file in UNITS] == ["leitbild"] * 2


def test_containers_have_no_more_rights_than_they_need() -> None:
    for each in services().values():
        assert (each["read_only"], each["cap_drop"]) == (True, ["ALL"])
        assert each["security_opt"] == ["no-new-privileges:true"]
    for each in containers().values():
        assert each["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [each for each, service in services().items() if "ports" in service] == ["proxy"]
    assert services()["database"]["networks"] == ["back"]
    assert next(documents(COMPOSE))["networks"]["back"] == {"internal": True}


def test_volumes_are_named() -> None:
    used = {
        mount.split(":")[0] for each in services().values() for mount in each.get("volumes", ())
    }

    assert used == next(documents(COMPOSE))["volumes"].keys()


def test_probes_ask_whether_the_application_is_well() -> None:
    app = containers()["app"]
    probes = [app[f"{each}Probe"]["httpGet"] for each in ("startup", "readiness", "liveness")]

    assert probes == [{"path": "/healthz", "port": "http"}] * 3
    assert f"http://127.0.0.1:{PORT}/healthz" in str(services()["app"]["healthcheck"]["test"])


def test_kustomization_names_every_manifest() -> None:
    kustomization = next(documents(DEPLOY / "kubernetes" / "kustomization.yaml"))
    others = {file.name for file in MANIFESTS} - {"kustomization.yaml", "secret.example.yaml"}

    assert set(kustomization["resources"]) == others


def test_what_selects_pods_finds_them() -> None:
    labels = {
        each["metadata"]["name"]: each["spec"]["template"]["metadata"]["labels"]
        for each in documents(*MANIFESTS)
        if each["kind"] == "Deployment"
    }
    selecting = {
        "Service": lambda spec: spec["selector"],
        "PodDisruptionBudget": lambda spec: spec["selector"]["matchLabels"],
        "NetworkPolicy": lambda spec: spec["podSelector"]["matchLabels"],
        "Deployment": lambda spec: spec["selector"]["matchLabels"],
    }

    found = {
        (each["kind"], each["metadata"]["name"]): [
            pod
            for pod, its in labels.items()
            if selecting[each["kind"]](each["spec"]).items() <= its.items()
        ]
        for each in documents(*MANIFESTS)
        if each["kind"] in selecting
    }

    assert found == {
        ("Deployment", "app"): ["app"],
        ("Deployment", "worker"): ["worker"],
        ("Service", "app"): ["app"],
        ("PodDisruptionBudget", "app"): ["app"],
        ("NetworkPolicy", "leitbild"): ["app", "worker"],
        ("NetworkPolicy", "app"): ["app"],
    }


def test_caddy_takes_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("NODES", "10.0.0.11:8000 10.0.0.12:8000")

    checked = run("caddy", "validate", "--adapter", "caddyfile", "--config", str(CADDY))
    formatted = run("caddy", "fmt", str(CADDY))

    assert checked.returncode == 0, checked.stderr
    assert formatted.stdout == CADDY.read_text("utf-8")


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    # It looks whether the program is there; on this machine another one stands for it.
    program = shutil.which("true") or ""
    for file in UNITS:
        text = file.read_text("utf-8").replace(PROGRAM, program)
        (tmp_path / file.name).write_text(text, "utf-8")

    checked = run(
        "systemd-analyze", "verify", "--man=no", *(file.name for file in UNITS), folder=tmp_path
    )

    assert (checked.returncode, checked.stderr) == (0, "")


def test_kustomization_can_be_built() -> None:
    built = run("kubectl", "kustomize", str(DEPLOY / "kubernetes"))

    assert built.returncode == 0, built.stderr
    kinds = sorted(each["kind"] for each in yaml.safe_load_all(built.stdout))
    assert kinds == sorted(
        each["kind"]
        for each in documents(*MANIFESTS)
        if each["kind"] not in {"Kustomization", "Secret"}
    )
