"""Messages to people: what has turned bad since they were told last, through any service that apprise knows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from orchestration.health.conditions import Condition, by_state
from orchestration.settings import Settings

_TITLES = {"red": "Требуется вмешательство", "amber": "Обратите внимание"}


class AlertNotSentError(RuntimeError):
    """No service took the message; it is sent again at the next look."""


def send_alerts(settings: Settings, found: Sequence[Condition], told: Collection[str]) -> tuple[str, ...]:
    """Send what the keys in ``told`` do not hold yet; returns the keys that are told now, for the next look.

    What has ended is forgotten, so that it is told again when it returns. Without a service nothing is told, so that
    one named later hears of all that stands. Raises AlertNotSentError.
    """
    if settings.alert_urls is None:
        return ()
    current = {condition.key: condition for condition in sorted(found, key=by_state) if condition.key}
    news = [condition for key, condition in current.items() if key not in told]
    if news:
        _send(settings.alert_urls.get_secret_value(), news)
    return tuple(sorted(current))


def _send(urls: str, news: Sequence[Condition]) -> None:
    from apprise import Apprise

    services = Apprise()
    if not services.add(urls.split()):
        raise AlertNotSentError("EVENTS_ALERT_URLS names a service that apprise does not know.")
    body = "\n\n".join(
        f"{condition.area}: {condition.subject}\n{condition.message}\n{condition.remedy}".strip() for condition in news
    )
    if not services.notify(title=f"{_TITLES[news[0].state]}: международные мероприятия", body=body):
        raise AlertNotSentError("A service in EVENTS_ALERT_URLS did not take the message.")
