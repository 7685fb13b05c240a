"""What a page did beside being looked at: whom it asked, what failed, what the browser refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Request, Response

LOCAL = {"127.0.0.1", "localhost"}


@dataclass
class Watch:
    """Everything a visitor must never meet, gathered while the tests look at pages."""

    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        """Note a request that leaves the installation (DESIGN: no third-party request)."""
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in LOCAL:
            self.foreign.append(request.url)

    def response(self, response: Response) -> None:
        """Note a missing style, script or picture; a test may well visit a page that is missing."""
        if response.status >= 400 and not response.request.is_navigation_request():
            self.failed.append(f"{response.status} {response.url}")

    def console(self, message: ConsoleMessage) -> None:
        """Note errors; among them is every breach of the content security policy."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def page_error(self, error: Error) -> None:
        """Note an exception that no script caught."""
        self.complaints.append(error.message)

    def assert_clean(self) -> None:
        """Fail with all that was noted."""
        assert (self.foreign, self.failed, self.complaints) == ([], [], [])


@contextmanager
def watched(context: BrowserContext) -> Iterator[Watch]:
    """Watch all pages of a context and judge them in the end."""
    watch = Watch()
    context.on("request", watch.request)
    context.on("response", watch.response)
    context.on("console", watch.console)
    context.on("weberror", lambda event: watch.page_error(event.error))
    yield watch
    watch.assert_clean()
