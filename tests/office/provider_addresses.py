"""The addresses of an installation whose city has a provider to sign in with."""

from typing import Any

from django.urls import include, path

from leitbild.config.urls import handler404, handler500
from leitbild.config.urls import urlpatterns as product

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns: list[Any] = [
    *product,
    path("office/account/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
