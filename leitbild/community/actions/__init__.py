"""Every write of community."""

from leitbild.community.actions.following import (
    ask_to_follow,
    confirm_following,
    stop_following,
)
from leitbild.community.actions.telling import tell_followers

__all__ = ["ask_to_follow", "confirm_following", "stop_following", "tell_followers"]
