"""Homes without a fault: devices, where they are, and the registrations of their meter points.

A home is made from a random generator of its own, seeded by the seed and its number. What varies is what varies in the
country: fuels, suppliers, elements, SMETS1, solar, meters and hubs that were exchanged, what isn't known.
"""
from values import EXTRACT, between, day

REGIONS = ("North", "Central", "South", "4G North", "4G Central", "4G South")
VARIANTS = {"A": ("A", "A", "A", "AD", "ADE", "ADF", "AF"), "B": ("B", "BD", "BDE", "BDF", "BF"),
            "C": ("C", "CD", "CDE", "CF"), "S": ("AG", "ADG", "AEG", "ADEG")}
STREETS = ("MADE UP ROAD", "SAMPLE STREET", "EXAMPLE CLOSE", "NOWHERE LANE", "TESTER GARDENS")


class Device:
    """One entry of the SMI."""

    __slots__ = ("eui", "kind", "status", "since", "clock", "make", "version", "variant", "imp", "sec", "exp", "hubs",
                 "by", "partial", "technical")

    def __init__(self, eui, kind, make, since, by):
        self.eui, self.kind, self.make, self.since, self.by = eui, kind, make, since, by
        self.status = "" if kind in ("IHD", "CAD") else "Commissioned"
        self.clock = self.variant = self.imp = self.sec = self.exp = ""
        self.version, self.hubs, self.partial, self.technical = "V4.2", [], False, None

    @property
    def letter(self):
        return self.variant[:1]

    @property
    def is_live(self):
        return self.status not in ("Decommissioned", "Withdrawn")


class Registration:
    """A supplier of a meter point from a day to a day, which counts too; None while open."""

    __slots__ = ("mpxn", "kind", "supplier", "start", "end", "is_time")

    def __init__(self, mpxn, kind, supplier, start, end, is_time):
        self.mpxn, self.kind, self.supplier = mpxn, kind, supplier
        self.start, self.end, self.is_time = start, end, is_time

    def row(self):
        end = "" if self.end is None else day(self.end)
        start = day(self.start)
        if self.is_time:
            # Ends that are times are exclusive.
            start, end = start + "T00:00:00Z", "" if self.end is None else day(self.end + 1) + "T00:00:00Z"
        return f"{self.mpxn},{self.kind},{self.supplier.participant(self.kind)},{start},{end}\n"


class Home:
    """Devices at one place."""

    def __init__(self, maker, number, dice):
        self.maker, self.number, self.dice = maker, number, dice
        self.devices, self.registrations, self.updates = [], [], []
        self.uprn = self.postcode = self.address = ""
        self.region, self.is_smets1 = "Central", False
        self.esme = self.gsme = self.chf = self.gpf = None
        self.supplier = maker.supplier(dice)
        self.gas_supplier = self.supplier if dice.random() < 0.75 else maker.supplier(dice)
        self.distributor = 10 + (number // 5000 * 7 + (between(dice, 1, 28) if dice.random() < 0.1 else 0)) % 29

    def mpan(self, place, distributor=None):
        return self.maker.ids.mpan(self.distributor if distributor is None else distributor, self.number, place)

    def mprn(self, place):
        return self.maker.ids.mprn(self.number, place)

    def add(self, kind, letter="", since=None, make=None):
        """A commissioned device, joined with the hub if there is one."""
        dice = self.dice
        if since is None:
            since = between(dice, -2300, -70)
        if make is None:
            good = self.maker.products.good[(kind, letter)]
            make = good[int(dice.random() * len(good))]
        number = self.number * 64 + len(self.devices)
        by = self.gas_supplier if kind in ("GSME", "GPF") else self.supplier
        device = Device(self.maker.ids.device(number), kind, make, since, by.users[0] if by.users else "")
        if dice.random() < 0.2:
            device.clock = f"T{between(dice, 8, 19):02d}:{between(dice, 0, 59):02d}:00Z"
        if self.chf is not None:
            device.hubs.append(self.chf.eui)
        self.devices.append(device)
        return device

    def hub(self, since=None):
        """A communications hub: its CHF and its GPF."""
        chf = self.add("CHF", since=since)
        gpf = self.add("GPF", since=chf.since, make=chf.make)
        chf.version = gpf.version = "V1.3"
        gpf.hubs = [chf.eui]
        chf.hubs = [gpf.eui] if self.dice.random() < 0.5 else []
        self.chf, self.gpf = chf, gpf

    def electricity(self, letter="A", since=None):
        """An ESME without meter points; S stands for an SAPC."""
        device = self.add("ESME", "A" if letter == "S" else letter, since)
        variants = VARIANTS[letter]
        device.variant = variants[int(self.dice.random() * len(variants))]
        return device

    def register(self, mpxn, kind, supplier, steady=False):
        """Rows of a meter point from its connection on, the last of them in force; returns that one.

        With `steady` it is open and began long ago.
        """
        dice = self.dice
        start = between(dice, -6000, -1500)
        switches = (0, 0, 1, 1, 2, 3)[int(dice.random() * 6)]
        latest = -250 if steady else EXTRACT - 3
        cuts = sorted(between(dice, start + 40, latest) for _ in range(switches))
        is_time, held = dice.random() < 0.1, None
        for cut in cuts:
            if cut <= start + 45:
                continue
            gap = between(dice, 2, 40) if dice.random() < 0.03 else 1
            self.registrations.append(Registration(mpxn, kind, self.maker.other(dice, supplier, held), start, cut - gap,
                                                   is_time))
            held, start = self.registrations[-1].supplier, cut
        current = Registration(mpxn, kind, supplier, start, None, is_time)
        self.registrations.append(current)
        if not steady and dice.random() < 0.09:
            current.end = between(dice, 2, 60)
            if dice.random() < 0.7:
                # A switch that is agreed and lies ahead.
                self.registrations.append(Registration(mpxn, kind, self.maker.other(dice, supplier), current.end + 1,
                                                       None, is_time))
        return current

    def locate(self):
        """Gives it an address; most have a UPRN too."""
        dice = self.dice
        self.postcode, house = self.maker.next_house()
        street = STREETS[self.number // 37 % len(STREETS)]
        flat = f"FLAT {house}" if self.number % 5 == 0 else ""
        self.address = f"{flat},{1 if flat else house},{street},,,TOWN"[:30]
        self.region = "SMETS1" if self.is_smets1 else REGIONS[self.number // 300 % len(REGIONS)]
        if dice.random() < 0.88:
            self.uprn = str(999_000_000_000 + self.number)


def furnish(maker, number, letter="A", gas=True, export=False, steady=True, located=True, smets1=False, extras=True):
    """A home with a hub and meters, all commissioned and all in order."""
    dice = maker.dice(number)
    home = Home(maker, number, dice)
    home.is_smets1 = smets1
    if located:
        home.locate()
    began = between(dice, -2300, -150)
    home.hub(began)
    if letter:
        home.esme = esme = home.electricity(letter, began)
        esme.imp = home.mpan(0)
        home.register(esme.imp, "import", home.supplier, steady)
        if letter == "B":
            esme.sec = home.mpan(1)
            home.register(esme.sec, "import", home.supplier, steady)
        if export:
            esme.exp = home.mpan(2)
            home.register(esme.exp, "export", home.supplier if dice.random() < 0.6 else maker.supplier(dice), steady)
    if gas:
        home.gsme = gsme = home.add("GSME", since=min(began + between(dice, 0, 40), -80))
        gsme.imp = home.mprn(0)
        home.register(gsme.imp, "gas", home.gas_supplier, steady)
        gsme.hubs = ([home.gpf.eui], [home.chf.eui], [home.chf.eui, home.gpf.eui])[int(dice.random() * 3)]
    if extras:
        accessories(home)
    if smets1:
        for device in home.devices:
            device.version = "SMETS V1.58" if device is not home.chf else "CHTS V1.0"
    return home


def accessories(home):
    """Displays, controllers and the like."""
    dice = home.dice
    if dice.random() < 0.6:
        ppmid = home.add("PPMID")
        if home.esme is not None and dice.random() < 0.5:
            ppmid.hubs.append(home.esme.eui)
        if dice.random() < 0.05:
            home.add("PPMID")
    elif dice.random() < 0.9:
        home.add("IHD")
        if dice.random() < 0.1:
            # Type 2: no list has to name it.
            home.devices[-1].make = ("FFA0", f"0D{between(dice, 1000, 9999)}DD", "")
    if dice.random() < 0.05:
        home.add("CAD")
    if dice.random() < 0.03:
        home.add("HCALCS")
