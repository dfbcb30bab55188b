"""Planted faults of devices and homes: statuses, products, hubs, who acts, the same value twice."""
from homes import Home
from reference import BAD


def twice(maker, variant):
    kind = variant % 6
    home = maker.home("B" if kind == 4 else "A", gas=variant % 2 == 0, export=kind == 5)
    esme = home.esme
    if kind == 0:
        old = home.electricity("A")
        old.imp, old.hubs = esme.imp, list(esme.hubs)
        esme.since = -75
        maker.fault("the old meter was not decommissioned when it was exchanged").group("mpxnTwice", [old, esme])
    elif kind in (1, 2):
        others = [maker.home() for _ in range(kind)]
        for other in others:
            other.esme.imp = esme.imp
        maker.fault("a neighbour's MPAN on another meter" if kind == 1 else "one MPAN on three meters").group(
            "mpxnTwice", [esme] + [other.esme for other in others])
        return [home] + others
    elif kind == 3:
        other = maker.home(export=True)
        other.esme.exp = esme.imp
        maker.fault("the import MPAN of one meter is the export MPAN of another").group(
            "mpxnTwice", [esme, other.esme]).may("registrationKind", other.esme.eui, field="exportMPAN")
        return [home, other]
    elif kind == 4:
        esme.sec = esme.imp
        maker.fault("primary and secondary MPAN of a meter are the same").must("mpxnTwice", esme.eui)
    else:
        esme.exp = esme.imp
        maker.fault("import and export MPAN of a meter are the same").must("mpxnTwice", esme.eui).may(
            "registrationKind", esme.eui, field="exportMPAN")
    return [home]


def other_supplier(maker, variant):
    home = maker.home()
    gas = variant % 2 == 1
    meter, supplier = (home.gsme, home.gas_supplier) if gas else (home.esme, home.supplier)
    actor = maker.client_other(home.dice, supplier)
    fault = maker.fault("another supplier than the registered one " + (
        "took the device over", "installed it", "took it over after the registered one had")[variant % 3])
    if variant % 3 == 1:
        meter.since, meter.clock = -60, "T09:30:00Z"
        maker.messages.commissioning(actor.users[0], meter.eui, -60)
    else:
        if variant % 3 == 2:
            maker.messages.supplier_change(supplier.users[0], meter.eui, meter.imp, -90)
        maker.messages.supplier_change(actor.users[-1], meter.eui, meter.imp, -(2, 30, 70)[variant // 3 % 3])
    fault.must("otherSupplierActs", meter.eui, field="importMPxN")
    return [home]


KINDS = (("ESME", "A"), ("GSME", ""), ("CHF", ""), ("PPMID", ""), ("ESME", "B"), ("HCALCS", ""))


def pending(maker, variant):
    """A device in the van, or added to a home."""
    home = maker.home() if variant % 3 == 0 else Home(maker, maker.next_number(), maker.dice(maker.homes))
    kind, letter = KINDS[variant % 6]
    device = home.electricity(letter) if kind == "ESME" else home.add(kind)
    device.hubs = []
    device.status, device.since = "Pending", -(61, 62, 90, 200, 900)[variant % 5] - variant % 2
    maker.fault("Pending for more than 60 days").must("stuckPending", device.eui)
    return [home]


def whitelisted(maker, variant):
    home = maker.home()
    device = (home.esme, home.gsme, home.add("PPMID"))[variant % 3]
    device.status, device.since = "Whitelisted", -(31, 32, 45, 120, 400)[variant % 5] - variant % 2
    maker.fault("Whitelisted for more than 30 days").must("stuckWhitelisted", device.eui)
    return [home]


def product(maker, variant):
    home = maker.home("ABC"[variant // 7 % 3])
    good, bad = maker.products.good, maker.products.bad
    if variant % 7 == 6:
        home.esme.variant = "B" if home.esme.letter != "B" else "A"
        if home.esme.letter == "B":
            home.esme.sec = home.mpan(1)
            home.register(home.esme.sec, "import", home.supplier, steady=True)
        else:
            home.esme.sec = ""
        maker.fault("a product that is listed for another kind of ESME").must("notOnProductList", home.esme.eui)
        return [home]
    device = (home.esme, home.gsme, home.add("PPMID"), home.chf)[variant % 4]
    choices = [make for why, make in bad[(device.kind, device.letter)] if why == BAD[variant % 7]]
    assert device.make in good[(device.kind, device.letter)]
    device.make = choices[variant // 7 % len(choices)]
    words = {"ended": "a product whose listing has ended", "ahead": "a product that is listed from a later day on",
             "unlisted": "firmware that is on no list"}
    why = BAD[variant % 7]
    maker.fault(words.get(why, f"a product that is {why}")).must("notOnProductList", device.eui)
    return [home]


def hub(maker, variant):
    kind = variant % 5
    home = maker.home()
    home.gsme.hubs = [home.chf.eui]
    hubs, rest = home.devices[:2], home.devices[2:]
    words = ("Decommissioned", "Withdrawn", "removed from the inventory", "Decommissioned", "Decommissioned")[kind]
    fault = maker.fault(f"the hub is {words}, its devices are not")
    for each in hubs:
        if kind == 2:
            maker.messages.removal(maker.outsider, each.eui, -3)
        else:
            each.status, each.since = words, -100
    for device in rest:
        if kind == 3 and device is home.gsme:
            device.status, device.since = "Decommissioned", -100
        elif not device.status or (kind == 4 and device is home.gsme):
            # Type 2 has no status at all, and a GSME with both halves of a hub has not one but two.
            device.hubs = [each.eui for each in hubs] if device is home.gsme else device.hubs
            fault.may("hubDecommissioned", device.eui)
        else:
            fault.must("hubDecommissioned", device.eui)
    return [home]


def too_many(maker, variant):
    home = maker.home(extras=False)
    while len(home.devices) < 18 + variant % 4:
        home.add(("PPMID", "HCALCS", "PPMID", "CAD" if variant % 2 else "PPMID")[len(home.devices) % 4])
    if variant % 3 == 0:
        home.uprn = str(999_500_000_000 + home.number)
        home.postcode = home.address = ""
        words = "more than 17 live devices at one UPRN"
    elif variant % 3 == 1:
        home.uprn, words = "", "more than 17 live devices at one address"
    else:
        home.uprn = str(999_500_000_000 + home.number)
        words = "more than 17 live devices at one UPRN and address"
    maker.fault(words).group("tooManyDevices", home.devices)
    return [home]
