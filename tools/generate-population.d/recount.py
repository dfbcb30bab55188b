"""Reads the files of a population and finds discrepancies, from the sentences of the rules alone.

It is how the generator tests itself: what it planted must be found, and nothing else. It keeps a whole population in
memory and takes the shortest way to each rule; it says nothing of routes. `python3 recount.py DIR` prints what it finds
in the columns of `smi-ledger discrepancy list --format csv`.
"""
import csv
import datetime
import glob
import os
import sys
import xml.etree.ElementTree as tree
from collections import defaultdict
from types import SimpleNamespace as Thing

from values import EXTRACT_AT, JUDGED_AT, agrees

PLACES = ("importMPxN", "secondaryImportMPAN", "exportMPAN")
COLUMNS = {"importMPxN": "ImportMPxN", "secondaryImportMPAN": "SecondaryImportMPAN", "exportMPAN": "ExportMPAN"}
GONE = ("Decommissioned", "Withdrawn")
NEVER = "9999"


def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def moment(text, is_end=False):
    """RFC 3339 in UTC of a date or time of a file; the last day counts whole."""
    if not text:
        return NEVER if is_end else ""
    if "T" in text:
        return text
    date = datetime.date.fromisoformat(text) + datetime.timedelta(days=1 if is_end else 0)
    # Summer time is from the last Sunday of March to that of October; a day begins an hour earlier then.
    first, last = (datetime.date(date.year, month, 31) for month in (3, 10))
    first, last = (each - datetime.timedelta(days=(each.weekday() + 1) % 7) for each in (first, last))
    if first < date <= last:
        return (date - datetime.timedelta(days=1)).isoformat() + "T23:00:00Z"
    return date.isoformat() + "T00:00:00Z"


class Population:
    """Everything that the files say."""

    def __init__(self, folder):
        self.devices, self.registrations, self.parties = {}, defaultdict(list), {}
        self.technical, self.products, self.user_party = {}, defaultdict(list), {}
        for row in rows(folder, "users.csv"):
            self.user_party[row["user_id"]] = row["party"]
            for each in filter(None, row["market_participant_ids"].split(";")):
                self.parties[each] = row["party"]
        for row in rows(folder, "products.csv"):
            key = tuple(row[name] for name in ("device_type", "esme_variant_first", "manufacturer", "model",
                                               "firmware_version"))
            self.products[key].append(row)
        for name in ("registrations.csv", "registrations-update.csv"):
            for row in rows(folder, name):
                new = row["kind"], row["supplier"], moment(row["effective_from"]), moment(row["effective_to"], True)
                # A row of one start and supplier replaces that of an earlier file.
                if name != "registrations.csv":
                    held = self.registrations[row["mpxn"]]
                    held[:] = [old for old in held if old[:3] != new[:3]]
                self.registrations[row["mpxn"]].append(new)
        for name in ("inventory.csv", "inventory-partial.csv"):
            for row in rows(folder, name):
                self.add(row)
        for row in rows(folder, "technical-details.csv"):
            self.technical[row["device_id"]] = row["mpxn"]
        self.requests = {}
        for path in sorted(glob.glob(os.path.join(folder, "messages", "requests", "*.xml"))):
            self.request(tree.parse(path).getroot())
        for path in sorted(glob.glob(os.path.join(folder, "messages", "answers", "*.xml"))):
            self.answer(tree.parse(path).getroot())

    def add(self, row):
        self.devices[row["DeviceID"]] = Thing(
            eui=row["DeviceID"], kind=row["DeviceType"], status=row["DeviceStatus"], variant=row["ESMEVariant"],
            make=(row["DeviceManufacturer"], row["DeviceModel"], row["DeviceFirmwareVersion"]), uprn=row["UPRN"],
            address=(row["PostCode"], row["AddressIdentifier"]), since=moment(row["StatusSince"]) or EXTRACT_AT,
            near=[each for each in row["AssociatedDeviceID"].split(";") if each], is_there=True, on_device={},
            held={place: row[COLUMNS[place]] for place in PLACES if row.get(COLUMNS[place])}, taken=None,
            installed=None)

    def request(self, root):
        text = {element.tag.split("}")[1]: element.text for element in root.iter()}
        self.requests[text["RequestID"]] = text["ServiceReferenceVariant"]

    def answer(self, root):
        text = {element.tag.split("}")[1]: element.text or "" for element in root.iter()}
        if "DeviceRemovedFromInventory" in text:
            self.devices[text["DeviceID"]].is_there = False
        elif "BusinessOriginatorID" in text:
            device = self.devices[text["BusinessOriginatorID"]]
            for name, place in (("ImportMPAN", "importMPxN"), ("MPRN", "importMPxN"), ("FirmwareVersion", "firmware"),
                                ("SecondaryImportMPAN", "secondaryImportMPAN"), ("ExportMPAN", "exportMPAN")):
                if name in text:
                    said = text["Timestamp"], text[name]
                    device.on_device[place] = max(device.on_device.get(place, said), said)
        elif text["ResponseCode"] == "I0":
            user, eui, _ = text["RequestID"].split(":")
            act = (text["ResponseDateTime"], self.user_party.get(user, ""))
            device = self.devices[eui]
            if self.requests[text["RequestID"]] == "6.23":
                device.taken = max(device.taken or act, act)
            else:
                device.installed = max(device.installed or act, act)


class Recount:
    """The discrepancies of one population, by rule."""

    def __init__(self, folder):
        self.all = Population(folder)
        self.found = []
        self.live = [each for each in self.all.devices.values() if each.is_there and each.status not in GONE]
        for device in self.live:
            self.about(device)
        self.twice()
        self.many()
        self.sources()

    def say(self, rule, device, field="", others=()):
        self.found.append((rule, device.eui if hasattr(device, "eui") else device, ";".join(others), field))

    def about(self, device):
        for place, value in device.held.items():
            self.value(device, place, value)
            self.registered(device, place, value)
        is_meter = device.kind in ("ESME", "GSME") and device.status == "Commissioned"
        if is_meter and not device.held:
            self.say("meterWithoutMPxN", device)
        if device.kind == "ESME" and device.variant:
            is_twin = device.variant[0] == "B"
            if is_meter and is_twin and "importMPxN" in device.held and "secondaryImportMPAN" not in device.held:
                self.say("secondaryMissing", device, "secondaryImportMPAN")
            if not is_twin and "secondaryImportMPAN" in device.held:
                self.say("secondaryNotTwin", device, "secondaryImportMPAN")
        judged = datetime.datetime.fromisoformat(JUDGED_AT[:-1])
        age = (judged - datetime.datetime.fromisoformat(device.since[:19].rstrip("Z"))).total_seconds() / 86400
        if device.status == "Pending" and age > 60:
            self.say("stuckPending", device)
        if device.status == "Whitelisted" and age > 30:
            self.say("stuckWhitelisted", device)
        is_described = all(device.make) and (device.kind != "ESME" or device.variant)
        if device.kind not in ("IHD", "CAD") and is_described and not self.is_listed(device):
            self.say("notOnProductList", device)
        near = [self.all.devices.get(each) for each in device.near]
        hubs = [each for each in near if each is None or each.kind in ("CHF", "GPF")]
        if hubs and all(each and (each.status in GONE or not each.is_there) for each in hubs):
            self.say("hubDecommissioned", device)

    def value(self, device, place, value):
        if len(value) in (11, 12) or len(value) < 6:
            self.say("mpxnLength", device, place)
        elif not agrees(value):
            self.say("mpxnCheckDigit", device, place)
        if len(value) == 13 and (not 10 <= int(value[:2]) <= 38 or len(set(value)) == 1):
            self.say("mpxnDigits", device, place)
        if (device.kind == "ESME" and len(value) <= 10) or (device.kind == "GSME" and len(value) == 13):
            self.say("mpxnFuel", device, place)

    def registered(self, device, place, value):
        held = self.all.registrations.get(value)
        if not held:
            return self.say("notRegistered", device, place)
        if all(end <= JUDGED_AT for _, _, _, end in held):
            self.say("registrationEnded", device, place)
        for kind in {row[0] for row in held}:
            spans = sorted((start, end) for each, _, start, end in held if each == kind)
            if any(one[1] > two[0] for one, two in zip(spans, spans[1:])):
                self.say("registrationsOverlap", device, place)
        kinds = {row[0] for row in held}
        wanted = "gas" if device.kind == "GSME" else "export" if place == "exportMPAN" else "import"
        if wanted not in kinds:
            self.say("registrationKind", device, place)
        act = device.taken or device.installed
        now = [row for row in held if row[0] == wanted and row[2] <= JUDGED_AT < row[3]]
        if place == "importMPxN" and act and len(now) == 1 and act[0] > now[0][2]:
            party = self.all.parties.get(now[0][1])
            if party and act[1] and party != act[1]:
                self.say("otherSupplierActs", device, place)

    def is_listed(self, device):
        letter = device.variant[:1] if device.kind == "ESME" else ""
        return any(row["status"] == "Active" and moment(row["listed_from"]) <= JUDGED_AT
                   < moment(row["listed_to"], True) for row in self.all.products[(device.kind, letter, *device.make)])

    def twice(self):
        holders = defaultdict(list)
        for device in self.live:
            for value in device.held.values():
                holders[value].append(device.eui)
        for value, euis in holders.items():
            if len(euis) > 1:
                first, *others = sorted(set(euis))
                self.say("mpxnTwice", first, others=others)

    def many(self):
        homes = defaultdict(list)
        for device in self.live:
            if device.uprn:
                homes[device.uprn].append(device.eui)
            if all(device.address):
                homes[device.address].append(device.eui)
        groups = {tuple(sorted(euis)) for euis in homes.values() if len(euis) > 17}
        for first, *others in sorted(groups):
            self.say("tooManyDevices", first, others=others)

    def sources(self):
        """Rings of crossed values, and differences in no ring."""
        holder = {device.held["importMPxN"]: device for device in self.live if "importMPxN" in device.held}
        after = {}
        for device in self.live:
            said = self.all.technical.get(device.eui), device.on_device.get("importMPxN", ("", ""))[1]
            for value in said:
                if value and value != device.held.get("importMPxN") and value in holder:
                    after[device.eui] = holder[value].eui
        in_ring = set()
        for start in sorted(after):
            ring, at = [], start
            while at in after and at not in ring and at not in in_ring:
                ring.append(at)
                at = after[at]
            if ring and at == start:
                in_ring.update(ring)
                first, *others = sorted(ring)
                self.say("crossedMPxNs", first, others=others)
        for device in self.live:
            for place, (_, value) in device.on_device.items():
                smi = device.make[2] if place == "firmware" else device.held.get(place, "")
                if value != smi and not (place == "importMPxN" and device.eui in in_ring):
                    self.say("differsOnDevice", device, place)
            value = self.all.technical.get(device.eui)
            if value and value != device.held.get("importMPxN") and device.eui not in in_ring:
                self.say("secondSourceDiffers", device, "importMPxN")


def write(found, file):
    """Discrepancies in the columns of the program."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("id", "rule", "device", "others", "field", "state", "confidence", "route"))
    for number, (rule, device, others, field) in enumerate(found, 1):
        writer.writerow((f"DIS-{number:06d}", rule, device, others, field, "open", "", ""))


if __name__ == "__main__":
    write(Recount(sys.argv[1]).found, sys.stdout)
