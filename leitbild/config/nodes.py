"""What several nodes share: the database server and the store of uploaded files."""

from typing import Any, Final

import dj_database_url

from leitbild.config.environment import Environment

KEPT_OPEN: Final = 60
"""Seconds a thread keeps its connection where there is no pool."""
PATIENCE: Final = 10
"""Seconds somebody waits for a connection of the pool before an error says that there is none."""


def postgresql(environment: Environment) -> dict[str, Any]:
    """Django's settings for the PostgreSQL server of DATABASE_URL."""
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
    if pool:
        options = {"min_size": 1, "max_size": pool, "timeout": PATIENCE}
        database.setdefault("OPTIONS", {})["pool"] = options
    return database


def file_storage(environment: Environment) -> dict[str, Any]:
    """Django's settings for where uploaded files lie."""
    store = environment.store
    if store is None:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
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
