"""What several nodes share: the database server and the store of uploaded files."""

from importlib.util import find_spec
from typing import Any, Final

import dj_database_url

from leitbild.config.environment import Environment, FaultyEnvironment

KEPT_OPEN: Final = 60
"""Seconds a thread keeps its connection where there is no pool."""
PATIENCE: Final = 5
"""Seconds somebody waits for a connection of the pool before an error says that there is none."""
TRIED_FOR: Final = 2
"""Seconds the pool goes on trying by itself. Its pauses become longer each time; whoever asks next
makes it try anew, so that a server which is back is found at once."""
SILENT: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Seconds, the last one milliseconds, until a server that has lost its power or its network is
given up; a network by itself waits for a quarter of an hour. An address that says so goes before.
"""


def postgresql(environment: Environment) -> dict[str, Any]:
    """Django's settings for the PostgreSQL server of DATABASE_URL."""
    _need("psycopg", "DATABASE_URL", "postgres")
    pool = environment.pool
    database: dict[str, Any] = dict(
        dj_database_url.parse(
            environment.database_url,
            conn_max_age=0 if pool else KEPT_OPEN,
            conn_health_checks=True,
        )
    )
    # A pooler between us and the server may give each transaction another connection.
    database["DISABLE_SERVER_SIDE_CURSORS"] = True
    database["OPTIONS"] = SILENT | database.get("OPTIONS", {})
    if pool:
        database["OPTIONS"]["pool"] = {
            "min_size": 1,
            "max_size": pool,
            "timeout": PATIENCE,
            "reconnect_timeout": TRIED_FOR,
        }
    return database


def file_storage(environment: Environment) -> dict[str, Any]:
    """Django's settings for where uploaded files lie."""
    store = environment.store
    if store is None:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    _need("boto3", "LEITBILD_STORAGE_URL", "s3")
    return {
        "BACKEND": "leitbild.config.storage.PrivateStore",
        "OPTIONS": {
            "endpoint_url": store.endpoint,
            "bucket_name": store.bucket,
            "access_key": store.key,
            "secret_key": store.secret,
            "region_name": store.region,
        },
    }


def _need(module: str, variable: str, extra: str) -> None:
    """Refuse a setting whose packages a small installation does without."""
    if find_spec(module) is None:
        raise FaultyEnvironment(
            f"{variable} needs packages that aren't installed here: install "
            f"requirements/server.lock, or the package with its extra, leitbild[{extra}]."
        )
