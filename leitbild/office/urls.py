"""Addresses of the office, one block a task."""

from django.urls import path

from leitbild.office.views import shell

app_name = "office"

urlpatterns = [
    path("palette.css", shell.palette, name="palette"),
]
