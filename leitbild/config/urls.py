"""Root of all addresses."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from leitbild.core import gallery
from leitbild.office.people.views import account
from leitbild.portal.views import technical

urlpatterns: list[URLPattern | URLResolver] = [
    path("", technical.root, name="root"),
    path("healthz", technical.healthz, name="healthz"),
    path("hostname", technical.hostname, name="hostname"),
    path("robots.txt", technical.robots, name="robots"),
    path("sitemap.xml", technical.sitemap, name="sitemap"),
    path("palette.css", technical.palette, name="palette"),
    path("favicon.ico", technical.favicon, name="favicon"),
    path("office/account/oidc/<str:provider_id>/login/", account.to_provider),
    path("office/account/", include("allauth.urls")),
    path("office/", include("leitbild.office.urls")),
    *i18n_patterns(path("", include("leitbild.portal.urls"))),
]

if settings.DEBUG:
    urlpatterns += [
        path("_gallery/", gallery.gallery, name="gallery"),
        path("_gallery/palette.css", gallery.gallery_palette, name="gallery-palette"),
    ]

handler404 = "leitbild.portal.views.errors.not_found"
handler500 = "leitbild.portal.views.errors.server_error"
