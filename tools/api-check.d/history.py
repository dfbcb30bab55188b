"""The bit of history that the scratch ledger has: corrections open and ended, discrepancies, a checkpoint, a seal."""

import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))

import serving  # noqa: E402

EXAMPLES = os.path.join(serving.ROOT, "schemas", "examples")
SUPA, SUPB, SUPC = ("90-B3-D5-1F-30-0%d-00-00" % number for number in (1, 3, 5))
DEVICES = ("00-DB-12-34-56-78-90-A0", "00-DB-12-34-56-78-90-A1", "00-DB-12-34-56-78-92-00", "00-DB-12-34-56-78-91-04",
           "00-DB-12-34-56-78-93-01", "00-DB-12-34-56-78-93-02")
REFUSED = f"{SUPA}:90-B3-D5-1F-30-00-00-02:2002"
CROSSED = f"""\
DeviceID,DeviceType,DeviceStatus,ImportMPxN,SecondaryImportMPAN,ExportMPAN,ESMEVariant
{DEVICES[4]},ESME,Commissioned,2001234501019,,,A
{DEVICES[5]},ESME,Commissioned,1655500011126,,,A
"""

# What exists under a name of a path, a query, a header or a body.
KNOWN = {
    "correction": [f"COR-{number:06}" for number in range(1, 6)],
    "into": ["COR-000002", "COR-000003", "COR-000004"],
    "discrepancy": [f"DIS-{number:06}" for number in range(1, 4)],
    "id": ["COR-000001", "COR-000002", DEVICES[2]],
    "device": list(DEVICES),
    "user": [SUPA, SUPB, SUPC],
    "mpxn": ["1200005432101", "1655500011126", "2001234501019", "2909000800078"],
    "value": ["1200005432101", "2001234501019", "Commissioned"],
    "request": [REFUSED],
    "owner": ["DCC-017", "DCC-021"],
    "of": ["SUPA", "SUPB"],
    "party": ["SUPA", "SUPB"],
    "holder": ["dcc", "counterparty", "dsp"],
    "route": ["twoSupplier", "manual"],
    "code": ["E080415"],
    "rule": ["mpxnTwice", "stuckPending"],
    "deviceType": ["ESME"],
    "knownAt": ["5", "40", "2026-03-04T00:00:00Z", "2999-01-01T00:00:00Z"],
    "effectiveAt": ["2026-03-04T00:00:00Z", "2999-01-01T00:00:00Z"],
    "at": ["2026-03-09T09:30:00Z"],
    "If-Match": ["*"],
    "Idempotency-Key": ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"],
    "kind": ["refused", "busy"],
    "level": ["0", "1"],
    "index": ["000", "000.p/40", "000.p/12"],
}

# Who asks: the party, the role, the user; None asks without a token.
ROLES = {
    "supplier SUPA": ("SUPA", "supplier", SUPA),
    "supplier SUPB": ("SUPB", "supplier", SUPB),
    "servicecentre": ("DCC", "servicecentre", "DCC-017"),
    "dsp": ("DSP", "dsp", "DSP-004"),
    "secas": ("SECAS", "secas", None),
    "auditor": ("DCC", "auditor", None),
    "no token": None,
}


def make(program, folder):
    """A new ledger: one correction confirmed, one withdrawn, a crossed pair and one of a status open."""

    def run(*words, codes=(0,)):
        return serving.told(program, *words, folder=folder, codes=codes)

    def correction(action, number, actor, *words, codes=(0,)):
        run("correction", action, f"COR-{number:06}", *words, "--actor", actor, codes=codes)

    serving.examples(program, folder)
    run("submit", os.path.join(EXAMPLES, "accepted.xml"))
    run("submit", "--open", os.path.join(EXAMPLES, "refused.xml"), codes=(1,))
    run("submit", "--open", os.path.join(EXAMPLES, "refused-too.xml"), codes=(1,))
    correction("assign", 1, "DCC-017", "--owner", "DCC-017")
    correction("consent", 1, SUPB)
    correction("propose", 1, "DCC-017")
    correction("approve", 1, "DCC-021")
    correction("apply", 1, "DSP-004")
    correction("verify", 1, "DCC-017")
    correction("confirm", 1, SUPA)
    extract = folder + ".csv"
    with open(extract, "w") as file:
        file.write(CROSSED)
    run("import", "inventory", extract, "--at", "2026-03-02T00:00:00Z")
    os.remove(extract)
    for device, field, value, actor in (
            (DEVICES[4], "importMPxN", "1655500011126", SUPA), (DEVICES[5], "importMPxN", "2001234501019", SUPB),
            (DEVICES[3], "status", "InstalledNotCommissioned", SUPB), (DEVICES[0], "status", "Suspended", SUPA)):
        run("correction", "open", "--device", device, "--field", field, "--value", value, "--actor", actor)
    run("correction", "withdraw", "COR-000005", "--reason", "it was right", "--actor", SUPA)
    run("reconcile", "--actor", "DCC-017")
    run("seal")
    run("checkpoint")


def known(name):
    """What exists, as one role would name it: mostly its own User ID, and this month."""
    own = [ROLES[name][2]] * 5 if ROLES[name] and ROLES[name][1] == "supplier" else []
    month = [time.strftime("%Y-%m", time.gmtime()), time.strftime("%Y-%m.csv", time.gmtime()), "2026-03"]
    return {**KNOWN, "user": own + KNOWN["user"], "month": month}
