"""Set up Superset in an environment of its own, import the dashboard over this machine's warehouse and serve it."""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import subprocess
import sys
from pathlib import Path

from orchestration.settings import settings

SOURCE = Path(__file__).resolve().parent
# Built once for all warehouses: it is large, and holds nothing of any of them.
ENVIRONMENT = SOURCE.parent / "superset-home" / "venv"
LOCK = SOURCE / "requirements.lock"
PYTHON_VERSIONS = ">=3.11,<3.13"


def main() -> None:
    """Prepare what is missing, then become the server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8088)
    parser.add_argument("--new-password", action="store_true", help="give the administrator a new password")
    parser.add_argument("--import", action="store_true", dest="is_forced", help="import though nothing has changed")
    parser.add_argument("--install-only", action="store_true")
    arguments = parser.parse_args()
    install()
    if arguments.install_only:
        return
    if not settings().published_database.exists():
        sys.exit(f"There is no {settings().published_database} yet: `make run` publishes it.")
    home = settings().warehouse_dir / "superset-home"
    prepare(home, is_forced=arguments.is_forced or arguments.new_password, new_password=arguments.new_password)
    sys.stdout.write(f"Superset: http://127.0.0.1:{arguments.port}/superset/dashboard/municipal-events/\n")
    sys.stdout.flush()
    # One process: its connections to DuckDB share what they read, and SQLite has one writer.
    command = [ENVIRONMENT / "bin" / "gunicorn", "--bind", f"127.0.0.1:{arguments.port}", "--workers", "1"]
    command += ["--worker-class", "gthread", "--threads", "8", "--timeout", "120", "--log-level", "warning"]
    os.execve(command[0], [*map(str, command), "superset.app:create_app()"], environment_variables(home))


def install() -> None:
    """Install the locked Superset unless it is there."""
    stamp = ENVIRONMENT / "installed"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    uv = Path(sys.executable).parent / "uv"
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    python = ENVIRONMENT / "bin" / "python"
    create = [uv, "venv", "--quiet", "--allow-existing", "--python", PYTHON_VERSIONS, ENVIRONMENT]
    subprocess.run(create, env=environment, check=True)
    sync = [uv, "pip", "sync", "--quiet", "--python", python, "--compile-bytecode", "--require-hashes", LOCK]
    subprocess.run(sync, env=environment, check=True)
    stamp.write_text(digest, encoding="ascii")


def prepare(home: Path, *, is_forced: bool, new_password: bool) -> None:
    """Bring Superset's metadata up to date and import the dashboard, if anything it comes from has changed.

    What was changed in the browser stays until then. A password that is made is told once and kept nowhere.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret_key = home / "secret_key"
    if not secret_key.exists():
        write_secret(secret_key, secrets.token_urlsafe(48))
    stamp = home / "imported"
    digest = import_digest()
    if not is_forced and stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    stamp.unlink(missing_ok=True)
    password = home / "password"
    log = home / "prepare.log"
    command = [ENVIRONMENT / "bin" / "python", SOURCE / "provision.py", settings().published_database, password]
    with log.open("w", encoding="utf-8") as file:
        outcome = subprocess.run(
            [*command, *(["--new-password"] if new_password else [])],
            env=environment_variables(home), stdout=file, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if outcome.returncode:
        sys.exit(f"Superset could not be prepared; {log} tells why.")
    if password.exists():
        sys.stdout.write(f"Login: admin, password: {password.read_text(encoding='ascii')} (told once)\n")
        password.unlink()
    stamp.write_text(digest, encoding="ascii")


def import_digest() -> str:
    """Of all that the import depends on: the export, the code, the versions and the warehouse's path."""
    digest = hashlib.sha256(os.fsencode(settings().published_database))
    for path in sorted(path for path in SOURCE.rglob("*") if path.suffix in {".yaml", ".py", ".lock"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def environment_variables(home: Path) -> dict[str, str]:
    """Those of this process, and where Superset finds its settings and its home."""
    return os.environ | {
        "SUPERSET_CONFIG_PATH": str(SOURCE / "superset_config.py"),
        "SUPERSET_HOME": str(home),
    }


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)


if __name__ == "__main__":
    main()
