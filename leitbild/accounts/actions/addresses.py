"""E-mail addresses: what people are known by."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from leitbild.accounts.models import User


def email_obstacles(email: str) -> list[str]:
    """Why this can't be an address; an empty one can."""
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return [_("“{email}” is not an e-mail address.").format(email=email)]
    return []


def verify_address(user: User) -> None:
    """Take it for proven that the person's address is theirs; part of other actions."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def known_person(email: str) -> User | None:
    """Whoever is known by this address, also if they have left."""
    return User.objects.filter(email=email.strip().lower()).first()
