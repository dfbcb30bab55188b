"""The files of a population, written as it grows."""
import csv
import os

from values import EXTRACT_AT, JUDGED_AT, day

INVENTORY = ("DeviceID,DeviceType,DeviceStatus,DeviceManufacturer,DeviceModel,SMETSCHTSVersion,DeviceFirmwareVersion,"
             "DeviceFirmwareVersionStatus,CPLStatus,DateCommissioned,ImportMPxN,SecondaryImportMPAN,ExportMPAN,"
             "ESMEVariant,UPRN,PostCode,AddressIdentifier,CSPRegion,DeviceGBCSVersion,HANVariant,S1SP,Connectivity,"
             "StatusSince,PrenotifiedBy,AssociatedDeviceID\n")
# An extract of devices without their meter points, which says nothing of them.
PARTIAL = ("DeviceID,DeviceType,DeviceStatus,DeviceManufacturer,DeviceModel,DeviceFirmwareVersion,ESMEVariant,UPRN,"
           "PostCode,AddressIdentifier,StatusSince,AssociatedDeviceID\n")
EXPECTED = ("rule", "device_id", "others", "field", "planted", "because", "certain")

LOAD = f"""#!/bin/sh
# Loads this population and looks for discrepancies. SMI_LEDGER names the ledger's folder.
set -e
cd "$(dirname "$0")"
program=${{SMI_LEDGER_PROGRAM:-smi-ledger}}
"$program" init --mode observer --origin population.invalid/smi
"$program" import users users.csv --at {EXTRACT_AT}
"$program" import products products.csv --at {EXTRACT_AT}
"$program" import registrations registrations.csv --at {EXTRACT_AT}
"$program" import registrations registrations-update.csv --at {EXTRACT_AT}
"$program" import inventory inventory.csv --at {EXTRACT_AT}
"$program" import inventory inventory-partial.csv --at {EXTRACT_AT}
"$program" import technical-details technical-details.csv --at {EXTRACT_AT}
"$program" submit messages/requests --at 2025-01-01T00:00:00Z
"$program" record messages/answers
"$program" reconcile --at {JUDGED_AT} --format csv > discrepancies.csv
"""


class Files:
    """Open files of one population."""

    def __init__(self, folder, faults):
        self.open = []
        self.inventory = self.file(folder, "inventory.csv", INVENTORY)
        self.partial = self.file(folder, "inventory-partial.csv", PARTIAL)
        self.registrations = self.file(folder, "registrations.csv", "mpxn,kind,supplier,effective_from,effective_to\n")
        self.updates = self.file(folder, "registrations-update.csv", "mpxn,kind,supplier,effective_from,effective_to\n")
        self.technical = self.file(folder, "technical-details.csv", "device_id,mpxn,effective_from\n")
        self.faults = self.file("", faults, "")
        self.rows = csv.writer(self.faults, lineterminator="\n")
        self.rows.writerow(EXPECTED)

    def file(self, folder, name, heading):
        file = open(os.path.join(folder, name), "w", encoding="utf-8", newline="", buffering=1 << 18)
        file.write(heading)
        self.open.append(file)
        return file

    def close(self):
        for file in self.open:
            file.close()

    def write(self, home):
        """One home; it can be forgotten afterwards."""
        for device in home.devices:
            if device.partial:
                self.partial.write(partial_row(home, device))
            else:
                self.inventory.write(row(home, device))
            if device.technical is not None:
                value, since = device.technical
                self.technical.write(f"{device.eui},{value},{'' if since is None else day(since)}\n")
        self.registrations.write("".join([each.row() for each in home.registrations]))
        self.updates.write("".join([each.row() for each in home.updates]))


def row(home, device):
    manufacturer, model, firmware = device.make
    since = "" if device.since is None else day(device.since)
    is_set_up = device.status in ("Commissioned", "Suspended", "Recovery", "Recovered")
    is_hub = device.kind == "CHF"
    firmware_status = "Active" if firmware and is_set_up else ""
    address = f'"{home.address}"' if home.address else ""
    own = "" if not device.status else since + device.clock if since else ""
    return (f"{device.eui},{device.kind},{device.status},{manufacturer},{model},{device.version},{firmware},"
            f"{firmware_status},,{since if is_set_up else ''},{device.imp},{device.sec},{device.exp},{device.variant},"
            f"{home.uprn},{home.postcode},{address},{home.region},{'' if home.is_smets1 else 'GBCS 3.2'},"
            f"{'Single Band (2.4GHz only)' if is_hub else ''},{'S1SPA' if home.is_smets1 else ''},"
            f"{'Cellular' if is_hub else ''},{own},{device.by},{';'.join(device.hubs)}\n")


def partial_row(home, device):
    manufacturer, model, firmware = device.make
    address = f'"{home.address}"' if home.address else ""
    return (f"{device.eui},{device.kind},{device.status},{manufacturer},{model},{firmware},{device.variant},"
            f"{home.uprn},{home.postcode},{address},{day(device.since)},{';'.join(device.hubs)}\n")


def table(folder, name, heading, rows):
    """A small file, written at once."""
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
