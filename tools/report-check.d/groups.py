"""What the resolved corrections of a report have in common."""

import collections

FUELS = {"ESME": "electricity", "HCALCS": "electricity", "GSME": "gas", "GPF": "gas"}
GROUPINGS = {
    "byCode": lambda one: one.correction.first_code or "none",
    "byRoute": lambda one: one.resolution.route or "none",
    "byParty": lambda one: one.correction.requester,
    "byDeviceType": lambda one: one.correction.device_type or "none",
    "byFuel": lambda one: FUELS.get(one.correction.device_type, "neither"),
    "byTwoSupplier": lambda one: "yes" if one.correction.is_two_supplier else "no",
    "byOrigin": lambda one: "oldTicket" if one.correction.is_ticket else "ledger",
}


def grouped(resolved, name):
    """The working times of each group, by its name."""
    groups = collections.defaultdict(list)
    for one in resolved:
        groups[name(one)].append(one.working)
    return groups
