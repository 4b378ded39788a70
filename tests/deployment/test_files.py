"""What the deployment's files promise: no secret, nobody but this machine, and the same commands everywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from paths import PROJECT_ROOT
from server import services

DEPLOYMENT = PROJECT_ROOT / "orchestration" / "deployment"
UNITS = sorted((DEPLOYMENT / "systemd").glob("*.service"))
DOCKERFILE = PROJECT_ROOT / "Dockerfile"
PROGRAM = ("code", "daemon", "viewer", "operator")


def dockerfile_steps() -> list[tuple[str, str]]:
    """Instructions of the Dockerfile with their arguments, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", DOCKERFILE.read_text(encoding="utf-8"))
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line and not line.startswith("#")]


def unit_settings(unit: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in unit.read_text(encoding="utf-8").splitlines() if "=" in line)


def without_place(words: list[str]) -> list[str]:
    """A command without the address and the port, which differ between a container and a server."""
    return re.sub(r" --(host|port) \S+", "", " ".join(words)).split()


@pytest.mark.parametrize("service", services())
def test_ports_are_bound_to_this_machine(service):
    assert all(port.startswith("127.0.0.1:") for port in services()[service].get("ports", []))


@pytest.mark.parametrize("service", services())
def test_every_service_has_a_health_check_and_comes_back(service):
    assert services()[service]["healthcheck"]["test"][0] == "CMD"
    assert services()[service]["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", PROGRAM)
def test_the_program_runs_without_rights(service):
    found = services()[service]
    assert (found["cap_drop"], found["read_only"]) == (["ALL"], True)
    assert not found["user"].startswith("0")


def test_only_the_code_location_writes_the_warehouse_and_nobody_the_reports():
    volumes = {service: services()[service]["volumes"] for service in PROGRAM}
    assert all(mount.endswith("/warehouse:ro") for service in PROGRAM[1:] for mount in volumes[service])
    assert [mount.rpartition("}")[2] for mount in volumes["code"]] == [":/reports:ro", ":/warehouse"]


def test_there_is_no_password_in_the_files():
    files = [PROJECT_ROOT / "compose.yaml", DOCKERFILE, *(file for file in DEPLOYMENT.rglob("*.*") if file.is_file())]
    for file in files:
        told = re.sub(r"\$\{[^}]*\}|^#.*", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert not re.search(r"(?i)password\w*[=:][ ]*\S|://\w+:[^@\s]+@", told), file


def test_every_variable_of_compose_stands_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)", (PROJECT_ROOT / "compose.yaml").read_text(encoding="utf-8")))
    example = (DEPLOYMENT / "environment.example").read_text(encoding="utf-8")
    assert asked == {name for name in asked if f"\n{name}=" in example}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_starts_what_the_container_starts(unit):
    program, *words = unit_settings(unit)["ExecStart"].split()
    assert program == "/opt/events/.venv/bin/events"
    assert "--host" not in words
    assert without_place(["events", *words]) == without_place(services()[unit.stem.removeprefix("events-")]["command"])


def test_the_target_wants_every_unit():
    target = (DEPLOYMENT / "systemd" / "events.target").read_text(encoding="utf-8")
    assert all(unit.name in target for unit in UNITS)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_units(tmp_path):
    """The program's path is replaced, for systemd looks whether it can be executed."""
    for file in (DEPLOYMENT / "systemd").iterdir():
        text = file.read_text(encoding="utf-8").replace("/opt/events/.venv/bin/events", sys.executable)
        (tmp_path / file.name).write_text(text.replace("User=events", "User=root"), encoding="utf-8")
    units = [str(file) for file in sorted(tmp_path.iterdir())]
    result = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (result.returncode, [line for line in result.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


def test_the_servers_lock_holds_the_same_versions_as_the_lock():
    def versions(file: Path) -> set[str]:
        return set(re.findall(r"^[\w.-]+==\S+", file.read_text(encoding="utf-8"), re.MULTILINE))

    servers, all_of_them = versions(DEPLOYMENT / "requirements.lock"), versions(PROJECT_ROOT / "requirements.lock")
    assert servers < all_of_them
    assert not any(line.startswith(("pytest", "ruff", "playwright")) for line in servers)


@pytest.mark.slow
def test_the_steps_of_the_dockerfile_make_a_program_that_runs(tmp_path):
    """COPY and RUN replayed in a folder, but for system packages and users; libraries are those of this environment."""
    app = tmp_path / "app"
    app.mkdir()
    for instruction, argument in dockerfile_steps():
        if instruction == "COPY":
            *sources, target = argument.split()
            for source in sources:
                copy(PROJECT_ROOT / source, app / target / source if target == "./" else app / target)
        elif "--requirement" in argument:
            subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=app, check=True)
            libraries = app / ".venv" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
            (libraries / "environment.pth").write_text(sysconfig.get_path("purelib"))
        elif instruction == "RUN" and not re.search("apt-get|useradd", argument):
            subprocess.run(argument, shell=True, cwd=app, env=environment(app), check=True, capture_output=True)
    assert {path.name for path in (app / "dbt_project").iterdir()} >= {"dbt_project.yml", "models", "seeds"}
    command = "import orchestration.definitions, orchestration.settings; print(orchestration.settings.PROJECT_ROOT)"
    told = subprocess.run(
        [app / ".venv/bin/python", "-c", command], cwd=tmp_path, env=environment(app), capture_output=True, text=True
    )
    assert (told.stdout.strip(), told.returncode) == (str(app), 0), told.stderr
    assert "server" in subprocess.run([app / ".venv/bin/events", "--help"], capture_output=True, text=True).stdout


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "images"), dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def environment(app: Path) -> dict[str, str]:
    path = f"{app}/.venv/bin:{Path(sys.executable).parent}:/usr/bin:/bin"
    return {"PATH": path, "EVENTS_WAREHOUSE_DIR": str(app.parent / "warehouse")}
