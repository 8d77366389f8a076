"""What `/metrics` says, in the words of Prometheus: counts of all processes, and what stands in the database now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from events.kit.counting import Key
from events.mail.queries import OutboxState
from events.web.tally import BOUNDS

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Standing:
    """What the database says at this moment."""

    outbox: OutboxState
    registrations: Mapping[str, int]
    now: datetime


def metrics_text(counts: Mapping[Key, float], standing: Standing | None) -> bytes:
    """`standing` is None when the database does not answer."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told([*_counted(counts), *_standing(standing)]))
    return generate_latest(registry)


class _Told(Collector):
    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _counted(counts: Mapping[Key, float]) -> Iterator[Metric]:
    yield _counter("requests", "Anfragen je Route und Status", ("method", "path", "status"), counts)
    yield _counter("kept", "Antworten aus gemerkten Seiten", (), counts)
    yield _counter("job_runs", "Läufe der Uhr und ihr Ende", ("job", "outcome"), counts)
    yield _latencies(counts)


def _counter(name: str, meaning: str, labels: tuple[str, ...], counts: Mapping[Key, float]) -> Metric:
    family = CounterMetricFamily(f"teilnahme_{name}", meaning, labels=labels)
    for key, number in sorted(counts.items()):
        if key[0] == name:
            family.add_metric(key[1:], number)
    return family


def _latencies(counts: Mapping[Key, float]) -> Metric:
    family = HistogramMetricFamily("teilnahme_request_seconds", "Dauer der Anfragen je Route", labels=("path",))
    for path in sorted({key[1] for key in counts if key[0] == "within"}):
        so_far, buckets = 0.0, list[tuple[str, float]]()
        for number, bound in enumerate([*BOUNDS, float("inf")]):
            so_far += counts.get(("within", path, str(number)), 0)
            buckets.append(("+Inf" if bound == float("inf") else str(bound), so_far))
        family.add_metric((path,), buckets, counts.get(("seconds", path), 0.0))
    return family


def _standing(standing: Standing | None) -> Iterator[Metric]:
    yield _gauge("database_up", "1, wenn die Datenbank antwortet", {"": standing is not None})
    if standing is None:
        return
    outbox, now = standing.outbox, standing.now
    waiting = (now - outbox.waiting_since).total_seconds() if outbox.waiting_since else 0.0
    states = {"queued": outbox.queued, "held": outbox.held, "failed": outbox.failed}
    yield _gauge("mails", "Mails im Postausgang", states, "state")
    yield _gauge("oldest_mail_seconds", "So lange wartet die älteste persönliche Mail", {"": waiting})
    yield _gauge("sending_paused", "1, wenn der Versand angehalten ist", {"": outbox.pause is not None})
    yield _gauge("undeliverable_addresses", "Adressen, die keine Mails annehmen", {"": outbox.undeliverable})
    yield _gauge("registrations", "Anmeldungen je Stand", standing.registrations, "status")


def _gauge(name: str, meaning: str, values: Mapping[str, float], label: str = "") -> Metric:
    family = GaugeMetricFamily(f"teilnahme_{name}", meaning, labels=[label] if label else [])
    for which, value in values.items():
        family.add_metric([which] if label else [], float(value))
    return family
