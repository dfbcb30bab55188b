"""What is odd and yet in order: each kind of home tempts a rule that must not fire."""
from homes import Home, Registration, furnish
from values import EXTRACT, between


def ordinary(maker, number):
    """One home of the population, drawn by its own dice."""
    dice = maker.dice(number, 1)
    roll = dice.random()
    for share, make in KINDS:
        roll -= share
        if roll < 0:
            return make(maker, number)
    letter = "B" if dice.random() < 0.06 else "C" if dice.random() < 0.04 else "S" if dice.random() < 0.01 else "A"
    home = furnish(maker, number, letter, gas=dice.random() < 0.68, export=dice.random() < 0.06, steady=False,
                   smets1=dice.random() < 0.15)
    drawn(home)
    return home


def drawn(home):
    """What may be odd about any home."""
    dice = home.dice
    roll = dice.random()
    if roll < 0.01:
        home.esme.status = ("Suspended", "Recovery", "Recovered")[int(dice.random() * 3)]
        home.esme.since = between(dice, -300, -9)
    elif roll < 0.02:
        home.devices[-1].make = home.devices[-1].make[:2] + ("",)  # The firmware isn't known.
    elif roll < 0.03:
        home.uprn = home.address = ""
    elif roll < 0.035:
        home.uprn = home.address = home.postcode = ""
    elif roll < 0.04:
        stray = home.maker.ids.device(home.number * 64 + 63)  # A hub that isn't in the extract.
        for device in home.devices[2:]:
            device.hubs = [stray]
    elif roll < 0.045:
        for device in home.devices[2:]:
            device.hubs = []
    elif roll < 0.05:
        home.esme.variant = ""  # Not known; a second meter point says nothing against it then.
    elif roll < 0.055:
        update(home)
    technical(home)


def update(home):
    """A switch that became known after the first file of registrations: the old row ends, another one begins."""
    last = [row for row in home.registrations if row.mpxn == home.esme.imp][-1]
    if last.end is None and last.start < -30:
        when = between(home.dice, -20, -9)
        new = home.maker.other(home.dice, last.supplier)
        home.updates = [Registration(last.mpxn, last.kind, last.supplier, last.start, when - 1, last.is_time),
                        Registration(last.mpxn, last.kind, new, when, None, last.is_time)]


def technical(home):
    """Meter technical details of some, which agree with the SMI."""
    dice = home.dice
    if dice.random() < 0.3:
        for meter in (home.esme, home.gsme):
            if meter is not None and meter.imp and meter.status == "Commissioned":
                meter.technical = (meter.imp, meter.since if dice.random() < 0.8 else None)


def van(maker, number):
    """Devices that wait for their installation, for less than two months or nobody knows how long."""
    home = Home(maker, number, maker.dice(number))
    dice = home.dice
    for _ in range(between(dice, 1, 8)):
        kind, letter = (("ESME", "A"), ("GSME", ""), ("CHF", ""), ("PPMID", ""), ("ESME", "B"))[int(dice.random() * 5)]
        device = home.electricity(letter) if kind == "ESME" else home.add(kind)
        device.status, device.since = "Pending", between(dice, -58, EXTRACT - 1) if dice.random() < 0.9 else None
        device.by = maker.outsider if dice.random() < 0.5 else device.by
    return home


def installing(maker, number):
    """A home where meters are being installed; the registration may begin next week."""
    home = furnish(maker, number, gas=True, steady=False)
    dice = home.dice
    home.registrations = []
    for meter, kind, supplier in ((home.esme, "import", home.supplier), (home.gsme, "gas", home.gas_supplier)):
        meter.status = "Whitelisted" if dice.random() < 0.5 else "InstalledNotCommissioned"
        meter.since = between(dice, -28, EXTRACT - 1)
        if meter.status == "InstalledNotCommissioned" and dice.random() < 0.3:
            meter.imp, meter.since = "", between(dice, -400, -9)
            continue
        if dice.random() < 0.5:
            home.registrations.append(Registration(meter.imp, kind, supplier, between(dice, 1, 30), None, False))
        else:
            home.register(meter.imp, kind, supplier)
    return home


def exchanged(maker, number):
    """A meter that was exchanged: the old one is decommissioned and keeps its meter points."""
    dice = maker.dice(number, 2)
    home = furnish(maker, number, "B" if dice.random() < 0.15 else "A", export=dice.random() < 0.2, steady=False)
    for meter in (home.esme, home.gsme) if dice.random() < 0.3 else (home.esme,):
        old = home.electricity(meter.letter) if meter.kind == "ESME" else home.add("GSME")
        old.imp, old.sec, old.exp = meter.imp, meter.sec, meter.exp
        old.status, old.hubs = "Decommissioned" if home.dice.random() < 0.9 else "Withdrawn", list(meter.hubs)
        old.since = meter.since = between(dice, -900, -90)
        old.make = product_of_no_more(home, old)
    technical(home)
    return home


def product_of_no_more(home, device):
    """A make that is listed no more, such as a device that is gone may have."""
    bad = home.maker.products.bad[(device.kind, device.letter)]
    return bad[int(home.dice.random() * len(bad))][1]


def new_hub(maker, number):
    """A hub that was exchanged: its devices are joined with the new one, some still with the old one too."""
    home = furnish(maker, number, steady=False)
    devices, old = home.devices[2:], (home.chf, home.gpf)
    home.chf = None
    home.hub(between(home.dice, -140, -20))
    keeps = home.dice.random() < 0.5
    for device in devices:
        device.hubs = ([hub.eui for hub in old] if keeps else []) + [home.chf.eui]
    for hub in old:
        hub.status, hub.since = "Decommissioned" if home.dice.random() < 0.8 else "Withdrawn", home.chf.since
    technical(home)
    return home


def demolished(maker, number):
    """A home that is no more: all is decommissioned and no registration is left."""
    home = furnish(maker, number, steady=True)
    for device in home.devices:
        if device.status:
            device.status, device.since = "Decommissioned", -100
    home.devices = [device for device in home.devices if device.status]
    for row in home.registrations:
        if row.end is None:
            row.end = -101
    return home


def full(maker, number):
    """As many live devices as an answer to SR 8.2 holds, and some that are gone."""
    home = furnish(maker, number, steady=False, extras=False)
    while len(home.devices) < 17:
        home.add(("PPMID", "IHD", "CAD", "HCALCS")[len(home.devices) % 4])
    for _ in range(between(home.dice, 0, 3)):
        gone = home.add("PPMID")
        gone.status, gone.since = "Decommissioned", -200
    return home


def export_only(maker, number):
    """A generator: only its export is registered, and only that place is filled."""
    home = furnish(maker, number, gas=False, export=True, steady=False)
    home.registrations = [row for row in home.registrations if row.kind == "export"]
    home.esme.imp = ""
    return home


def gas_only(maker, number):
    """A home of which only the gas meter is smart."""
    home = furnish(maker, number, letter="", steady=False)
    technical(home)
    return home


def no_client(maker, number):
    """A home whose supplier is no DCC user; and its twin-element meter isn't ready yet."""
    home = furnish(maker, number, "B", gas=False, steady=False)
    for row in home.registrations:
        if row.supplier is home.supplier:
            row.supplier = maker.suppliers[-1]
    home.esme.sec, home.esme.status, home.esme.since = "", "InstalledNotCommissioned", -60
    return home


KINDS = ((0.03, van), (0.015, installing), (0.05, exchanged), (0.03, new_hub), (0.004, demolished), (0.0006, full),
         (0.004, export_only), (0.003, gas_only), (0.003, no_client))
