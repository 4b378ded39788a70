"""Run by Superset's own Python: brings its metadata up to date and imports the dashboard over what was there before."""

from __future__ import annotations

import argparse
import os
import secrets
from pathlib import Path
from urllib.parse import quote

from flask import g
from flask_migrate import upgrade
from superset.app import create_app

EXPORT = Path(__file__).with_name("export")
PLACEHOLDER = "PUBLISHED_DATABASE"


def assets(published_database: Path) -> dict[str, str]:
    """The export's files by path inside the bundle, the connection pointing at this machine's warehouse.

    Superset overwrites charts and datasets that it has already only for the type ``assets``.
    """
    contents = {
        path.relative_to(EXPORT).as_posix(): path.read_text(encoding="utf-8") for path in EXPORT.rglob("*.yaml")
    }
    contents["metadata.yaml"] = contents["metadata.yaml"].replace("type: Dashboard", "type: assets")
    database = "databases/warehouse.yaml"
    contents[database] = contents[database].replace(PLACEHOLDER, quote(published_database.as_posix()))
    return contents


def write_password(path: Path) -> str:
    """A new password, written where only the caller reads it."""
    password = secrets.token_urlsafe(12)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(password)
    return password


def main() -> None:
    """Migrate, synchronise roles, create the administrator unless there is one, import."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("published_database", type=Path)
    parser.add_argument("password_file", type=Path)
    parser.add_argument("--new-password", action="store_true")
    arguments = parser.parse_args()
    app = create_app()
    with app.app_context():
        from superset import appbuilder, security_manager
        from superset.commands.importers.v1.assets import ImportAssetsCommand

        upgrade(directory=str(Path(app.root_path) / "migrations"))
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        administrator = security_manager.find_user(username="admin")
        if not administrator:
            password = write_password(arguments.password_file)
            role = security_manager.find_role("Admin")
            administrator = security_manager.add_user("admin", "Admin", "Admin", "admin@localhost", role, password)
        elif arguments.new_password:
            security_manager.reset_password(administrator.id, write_password(arguments.password_file))
        g.user = administrator
        ImportAssetsCommand(assets(arguments.published_database)).run()


if __name__ == "__main__":
    main()
