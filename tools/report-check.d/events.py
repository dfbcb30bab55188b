"""Reads exported events, one JSON object a line, in the order of their positions."""

import json

import moments
from steps import STEPS
from terms import Terms

# Types that say nothing of a report's figures. A type that is not known here might, so it is an error.
BESIDE = {
    "LedgerOpened", "UserRegistered", "UserStatusChanged", "ProductListed", "ProductsImported",
    "RegistrationsImported", "InventoryImported", "ServiceRequestReceived", "ServiceRequestValidated",
    "AlertRecorded", "ResponseDiverged", "InventoryObserved", "DevicePrenotified", "DeviceStatusChanged",
    "DeviceDetailsUpdated", "DeviceDeleted", "DeviceAssociated", "DeviceDissociated", "DeviceSupplierChanged",
    "DeviceValueObserved", "MPxNUpdated", "MPxNCleared", "IncidentsImported", "ReportPublished",
    "SubjectErased", "DocumentsErased", "TimelinesSealed", "EvidenceExported", "LedgerRestored",
}
ANSWERS = {"ServiceResponseIssued", "ServiceResponseRecorded"}
KNOWN = BESIDE | ANSWERS | Terms.TYPES | set(STEPS) | {"CorrectionRequested", "IncidentTakenOver", "EventAnnulled"}
SECOND_VERSIONS = {
    "CalendarSet", "PolicySet", "CorrectionRequested", "CorrectionJoined", "RouteAdvised", "ManualFixProposed",
    "FixVerified", "FixNotFound", "CorrectionReopened", "CorrectionRejected", "NoteAdded",
}
FIELDS = ("position", "type", "version", "effectiveAt", "recordedAt", "party", "body")


class BadInput(Exception):
    """What was given is not what it claims to be; the text is a sentence."""


class Event:
    """One event: what happened, when it was true, when it was recorded, and by whom."""

    __slots__ = ("position", "kind", "at", "recorded_at", "party", "is_by_program", "body")

    def __init__(self, line):
        self.position, self.kind, self.body = line["position"], line["type"], line["body"]
        self.at, self.recorded_at = moments.read(line["effectiveAt"]), moments.read(line["recordedAt"])
        self.party = line["party"]
        actor = (line.get("user"), self.party, line.get("role"), line.get("via"))
        self.is_by_program = actor == (None, "ledger", None, "system")


def read(path):
    """Every event of a file, checked for its place and form."""
    for position, line in enumerate(_lines(path), start=1):
        line = _object(path, position, line)
        missing = [field for field in FIELDS if field not in line]
        if missing:
            raise BadInput(f"{path}:{position}: expected an event; its {missing[0]} is missing")
        if line["position"] != position:
            raise BadInput(f"{path}:{position}: expected position {position}; found {line['position']!r}")
        if not _is_known(line["type"], line["version"]):
            raise BadInput(f"{path}:{position}: {line['type']!r} version {line['version']!r} is not known here")
        try:
            event = Event(line)
        except ValueError as error:
            raise BadInput(f"{path}:{position}: {error}") from None
        yield event


def _is_known(kind, version):
    return isinstance(kind, str) and kind in KNOWN and (version == 1 or version == 2 and kind in SECOND_VERSIONS)


def annulments(path):
    """Where events were found to be in error: (position of the annulment, position of the event in error)."""
    found = []
    for number, line in enumerate(_lines(path), start=1):
        # Reading a line as JSON costs far more than looking for the word.
        if b'"EventAnnulled"' in line:
            event = _object(path, number, line)
            if event.get("type") == "EventAnnulled":
                found.append(_annulment(path, number, event))
    return found


def _annulment(path, number, event):
    try:
        return int(event["position"]), int(event["body"]["position"])
    except (KeyError, TypeError, ValueError):
        raise BadInput(f"{path}:{number}: expected the position of an event in error") from None


def _lines(path):
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None


def _object(path, number, line):
    try:
        event = json.loads(line)
    except ValueError:
        raise BadInput(f"{path}:{number}: expected an event as JSON; found something else") from None
    if not isinstance(event, dict):
        raise BadInput(f"{path}:{number}: expected a JSON object; found another value")
    return event
