"""Messages and homes that are in order and look like faults: a bounded number of each kind."""
from homes import Registration
from values import EXTRACT, between, user


def agrees(maker, variant):
    """The device holds what the SMI says; another answer was from before, whichever comes first."""
    home = maker.home("B" if variant % 3 == 1 else "A", export=variant % 3 == 2)
    esme, user = home.esme, home.supplier.users[0]
    if variant % 4 == 3:
        maker.messages.held(user, esme.eui, -7, imp=home.mpan(5))
    maker.messages.held(user, esme.eui, -5, imp=esme.imp, sec=esme.sec, exp=esme.exp)
    if variant % 4 == 1:
        maker.messages.held(user, esme.eui, -6, imp=home.mpan(5))
    if variant % 2:
        maker.messages.held(user, home.gsme.eui, -5, gas=home.gsme.imp)
        maker.messages.firmware(user, esme.eui, esme.make[2], -4)
    return [home]


def switched(maker, variant):
    """A switch: the registration and, on that day or later, the device pass to the same supplier."""
    home = maker.home()
    new = maker.client_other(home.dice, home.supplier)
    when = -between(home.dice, 5, 200)
    last = [row for row in home.registrations if row.mpxn == home.esme.imp][-1]
    last.end = when - 1
    home.registrations.append(Registration(home.esme.imp, "import", new, when, None, last.is_time))
    if variant % 3 != 2:
        maker.messages.supplier_change(new.users[-1], home.esme.eui, home.esme.imp, min(-1, when + variant % 2))
    else:
        # The old supplier's own take-over, which was before the switch; the new one's is not told of.
        maker.messages.supplier_change(home.supplier.users[0], home.esme.eui, home.esme.imp, when - 40)
    return [home]


def not_taken_over(maker, variant):
    """Another supplier asked for the device and did not get it, or was only told that the request was passed on; or
    nobody knows of which party the user, or the registered supplier, is."""
    home = maker.home()
    actor = maker.client_other(home.dice, home.supplier)
    if variant % 4 > 1:
        asker = user(800 + variant % 50) if variant % 4 == 2 else actor.users[0]
        if variant % 4 == 3:
            for row in home.registrations:
                if row.mpxn == home.esme.imp and row.end is None:
                    row.supplier = maker.suppliers[-1]
        maker.messages.supplier_change(asker, home.esme.eui, home.esme.imp, -20)
        return [home]
    maker.messages.supplier_change(actor.users[0], home.esme.eui, home.esme.imp, -20, "I99" if variant % 2 else "E4")
    return [home]


def installed(maker, variant):
    """The registered supplier installed it; or the one before, and it has not been taken over."""
    home = maker.home()
    esme = home.esme
    if variant % 2 == 0:
        esme.since, esme.clock = -70, "T09:30:00Z"
        maker.messages.commissioning(home.supplier.users[0], esme.eui, -70)
        return [home]
    old = maker.client_other(home.dice, home.supplier)
    last = [row for row in home.registrations if row.mpxn == esme.imp][-1]
    last.supplier, last.end = old, -41
    esme.since, esme.clock = -90, "T09:30:00Z"
    home.registrations.append(Registration(esme.imp, "import", home.supplier, -40, None, last.is_time))
    maker.messages.commissioning(old.users[0], esme.eui, -90)
    return [home]


def removed(maker, variant):
    """A device that is no longer in the inventory: the old meter of a home, or one that was Pending for long."""
    home = maker.home()
    gone = home.electricity("A")
    if variant % 2 == 0:
        gone.imp, gone.since, home.esme.since = home.esme.imp, -500, -90
    else:
        gone.status, gone.since = "Pending", -300
    maker.messages.removal(maker.outsider, gone.eui, -2)
    return [home]


def no_addresses(maker, variant):
    """Homes of which the postcode is all that is known: more than 17 devices, but not of one home."""
    maker.keep_together(6)
    homes = [maker.home() for _ in range(6)]
    for home in homes:
        home.uprn = home.address = ""
    return homes


def flats(maker, variant):
    """Flats of one house: they share a postcode and differ in the address."""
    maker.keep_together(6)
    homes = [maker.home() for _ in range(6)]
    for at, home in enumerate(homes):
        home.address, home.uprn = f"FLAT {at + 1},{homes[0].number % 90 + 200},SHARED ROAD", ""
    return homes


def just_in_time(maker, variant):
    """Pending for nearly 60 days, Whitelisted for nearly 30, a registration that ends today or begins tomorrow."""
    home = maker.home()
    device = home.add("PPMID")
    device.status, device.since = (("Pending", -59), ("Whitelisted", -29))[variant % 2]
    last = [row for row in home.registrations if row.mpxn == home.esme.imp][-1]
    last.end = 0
    if variant % 3 == 0:
        last.end = -30
        home.registrations.append(Registration(last.mpxn, "import", maker.other(home.dice, last.supplier), 1, None,
                                               last.is_time))
    return [home]


def hub_unknown_status(maker, variant):
    """The CHF is not ready yet, which is not the same as gone."""
    home = maker.home()
    home.chf.status, home.chf.since = ("InstalledNotCommissioned", "Suspended")[variant % 2], EXTRACT - 2
    return [home]


KINDS = (agrees, switched, not_taken_over, installed, removed, no_addresses, flats, just_in_time, hub_unknown_status)
