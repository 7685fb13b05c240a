"""Who takes part: municipalities, their organisations and people."""

from typing import Any, ClassVar, Self, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.enums import OrganisationKind, Role
from leitbild.core.models import Translatable


class Municipality(Translatable):
    """A city, town or county; everything else belongs to one."""

    translatable = (
        "name",
        "official_name",
        "contact_office",
        "represented_by",
        "responsible",
        "supervisory_authority",
        "hosting",
        "enforcement_body",
    )

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=300)
    official_name = models.CharField(_("official name"), max_length=300, blank=True)
    key = models.CharField(
        _("official municipality key (AGS)"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$")],
    )
    languages = models.JSONField(_("languages, the source language first"))
    terminology = models.JSONField(_("names of the levels"), default=dict, blank=True)
    tokens = models.JSONField(_("design tokens"), default=dict, blank=True)
    # What `delivery.conduct` reads: rhythm, reminders, words for states …
    reporting = models.JSONField(_("conduct of the plan"), default=dict, blank=True)

    contact_office = models.CharField(_("office"), max_length=300, blank=True)
    contact_address = models.TextField(_("address"), blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("phone"), max_length=300, blank=True)
    contact_url = models.URLField(_("website"), max_length=500, blank=True)

    represented_by = models.CharField(_("represented by"), max_length=300, blank=True)
    responsible = models.CharField(_("responsible for the content"), max_length=300, blank=True)
    supervisory_authority = models.CharField(_("supervisory authority"), max_length=300, blank=True)
    data_protection_email = models.EmailField(_("data protection officer"), blank=True)
    hosting = models.CharField(_("hosted by"), max_length=300, blank=True)
    enforcement_body = models.CharField(_("enforcement body"), max_length=300, blank=True)
    enforcement_url = models.URLField(_("enforcement body's website"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="accounts_municipality_key_once"
            )
        ]

    def __str__(self) -> str:
        """Its name in the source language."""
        return self.name

    # Set where a request found it under a name that isn't its own: the name to refer to instead.
    home: str = ""

    @property
    def source_language(self) -> str:
        """The language its texts are written in."""
        return cast(str, self.languages[0])


class HostName(models.Model):
    """A host name under which a municipality's portal answers."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(max_length=253, unique=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        """The host name itself."""
        return self.name


class Organisation(Translatable):
    """A department, body, carrier or association with a part in measures."""

    translatable = ("name",)

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="organisations"
    )
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    url = models.URLField(_("website"), max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"], name="accounts_organisation_slug_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values),
                name="accounts_organisation_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="accounts_organisation_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        """Its name in the source language."""
        return self.name


class Contact(models.Model):
    """Somebody of an organisation who is asked for news by mail; needs no account."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=20, blank=True)
    # Who is told when nobody answers.
    is_head = models.BooleanField(_("head of the organisation"), default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint("organisation", Lower("email"), name="accounts_contact_once"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(is_head=True),
                name="accounts_contact_one_head",
            ),
        ]

    def __str__(self) -> str:
        """Name and address."""
        return f"{self.name} <{self.email}>"


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this e-mail."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who works with the plan; known by e-mail."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        """Name or, without one, the e-mail."""
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the e-mail in lower case, so that it is found again."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)


class Membership(models.Model):
    """A person's role in a municipality, for editors within one organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="memberships"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality", "role"], name="accounts_membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        """Who is what where."""
        return f"{self.user}: {self.get_role_display()} ({self.municipality})"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Finds invitations that can still be accepted."""

    def open(self, municipality: Municipality) -> Self:
        """Neither accepted nor withdrawn nor expired."""
        return self.filter(
            municipality=municipality,
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=timezone.now(),
        )


class Invitation(models.Model):
    """A person is asked by mail to work in a municipality; the link works once."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # SHA-256 of the secret in the link, which itself is nowhere kept.
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-id"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_invitation_role_known"
            )
        ]

    def __str__(self) -> str:
        """Who is asked to be what."""
        return f"{self.email}: {self.get_role_display()} ({self.municipality})"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return not (self.accepted_at or self.withdrawn_at or self.has_expired)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()


class CacheEntry(models.Model):
    """A row of Django's cache in the database; rate limits count there for all processes.

    It is a model so that migrations make the table; nothing but the cache reads or writes it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Its key."""
        return self.cache_key
