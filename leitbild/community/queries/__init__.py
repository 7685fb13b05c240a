"""Every shared read of community."""

from leitbild.community.queries.following import followings, lay_texts_over

__all__ = ["followings", "lay_texts_over"]
