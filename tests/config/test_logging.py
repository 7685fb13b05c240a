"""What the log says of requests that are refused."""

import pytest
from django.test import Client


@pytest.mark.parametrize("host", ["a b", "a_b", "stadt.example/x", "a.example,b.example"])
def test_host_that_somebody_made_up_is_refused_without_a_word(
    db: None, client: Client, caplog: pytest.LogCaptureFixture, host: str
) -> None:
    response = client.get("/", headers={"host": host})

    assert response.status_code == 400
    assert caplog.records == []
