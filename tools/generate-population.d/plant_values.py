"""Planted faults of meter points as values: length, digits, check digits, fuel, twins, registrations."""
from homes import Registration
from values import agrees, between


def registered(home, value, also=None):
    """The rows of a value; with `also` they become rows of another one."""
    rows = [row for row in home.registrations if row.mpxn == value]
    if also is not None:
        for row in rows:
            row.mpxn = also
    return rows


def length(maker, variant):
    home = maker.home()
    esme, gsme = home.esme, home.gsme
    if variant % 5 in (0, 1):
        esme.imp = esme.imp[:12 - variant % 5]
        fault = maker.fault(f"digits cut off the end of an MPAN: {len(esme.imp)} are left")
        device = esme
    elif variant % 5 == 2:
        device, gsme.imp = gsme, (gsme.imp + home.mprn(1))[:11 + variant // 5 % 2]
        fault = maker.fault(f"an MPRN with digits too many: {len(gsme.imp)}")
    elif variant % 5 == 3:
        device, gsme.imp = gsme, f"{10000 + maker.faults * 7 % 90000}"
        fault = maker.fault("an MPRN of five digits")
    else:
        device, esme.imp = esme, f"{maker.faults % 10000:04d}"
        fault = maker.fault("a few digits in the place of an MPAN").may("mpxnFuel", esme.eui, field="importMPxN")
    fault.must("mpxnLength", device.eui, field="importMPxN").may("notRegistered", device.eui, field="importMPxN")
    return [home]


SAME = [digit * 13 for digit in "1230456789"]


def digits(maker, variant):
    home = maker.home(export=variant % 3 == 2)
    esme = home.esme
    if variant % 3 == 1 and variant // 3 < len(SAME):
        esme.imp = SAME[variant // 3]
        fault = maker.fault("a digit thirteen times in the place of an MPAN")
        fault.must("mpxnDigits", esme.eui, field="importMPxN").may("notRegistered", esme.eui, field="importMPxN")
        if not agrees(esme.imp):
            fault.may("mpxnCheckDigit", esme.eui, field="importMPxN")
        return [home]
    unknown = home.mpan(3, (39, 47, 58, 66, 72, 80, 93, 99, 5)[variant % 9])
    field, held = ("exportMPAN", esme.exp) if variant % 3 == 2 else ("importMPxN", esme.imp)
    registered(home, held, also=unknown)
    if variant % 3 == 2:
        esme.exp = unknown
    else:
        esme.imp = unknown
    maker.fault("an MPAN of no known distributor, registered so").must("mpxnDigits", esme.eui, field=field)
    return [home]


def swapped_digits(value):
    """Two neighbouring digits change places, so that the check digit shows it."""
    for at in range(2, 11):
        changed = value[:at] + value[at + 1] + value[at] + value[at + 2:]
        if changed != value and not agrees(changed):
            return changed
    return value[:12] + str((int(value[12]) + 5) % 10)


def wrong_digit(value):
    """One digit is another one, so that the check digits show it."""
    for at in range(2, len(value)):
        changed = value[:at] + str((int(value[at]) + 3) % 10) + value[at + 1:]
        if not agrees(changed):
            return changed
    raise AssertionError("some digit shows")


def check_digit(maker, variant):
    kind = variant % 5
    home = maker.home("B" if kind == 4 else "A", export=kind == 3)
    esme, device, field = home.esme, home.esme, "importMPxN"
    if kind == 0:
        esme.imp = swapped_digits(esme.imp)
        fault = maker.fault("two neighbouring digits of an MPAN transposed")
    elif kind == 1:
        wrong = wrong_digit(esme.imp)
        registered(home, esme.imp, also=wrong)
        esme.imp = wrong
        fault = maker.fault("one digit of an MPAN wrong, in the registration as well")
    elif kind == 2:
        device, home.gsme.imp = home.gsme, wrong_digit(home.gsme.imp)
        fault = maker.fault("one digit of an MPRN wrong")
    elif kind == 3:
        field, esme.exp = "exportMPAN", swapped_digits(esme.exp)
        fault = maker.fault("two neighbouring digits of an export MPAN transposed")
    else:
        field, esme.sec = "secondaryImportMPAN", wrong_digit(esme.sec)
        fault = maker.fault("one digit of a secondary MPAN wrong")
    fault.must("mpxnCheckDigit", device.eui, field=field)
    if kind != 1:
        fault.may("notRegistered", device.eui, field=field)
    return [home]


def fuel(maker, variant):
    home = maker.home()
    esme, gsme, field = home.esme, home.gsme, "importMPxN"
    if variant % 3 == 0:
        esme.imp, gsme.imp = gsme.imp, esme.imp
        fault = maker.fault("MPAN and MPRN of a home change places")
        wrong = [esme, gsme]
    elif variant % 3 == 1:
        esme.imp, wrong = gsme.imp, [esme]
        fault = maker.fault("the electricity meter holds the MPRN of the home").group(
            "mpxnTwice", [esme, gsme], certain=False)
    else:
        gsme.imp, wrong = esme.imp, [gsme]
        fault = maker.fault("the gas meter holds the MPAN of the home").group(
            "mpxnTwice", [esme, gsme], certain=False)
    for device in wrong:
        fault.must("mpxnFuel", device.eui, field=field).may("registrationKind", device.eui, field=field)
    return [home]


def without(maker, variant):
    kind = variant % 5
    home = maker.home("B" if kind == 3 else "A")
    device = home.gsme if kind in (1, 4) else home.esme
    device.imp = device.sec = ""
    device.partial = kind in (2, 4)
    maker.fault("no word on the meter points of a commissioned meter" if device.partial else
                "every place of a commissioned meter is empty").must("meterWithoutMPxN", device.eui)
    return [home]


def secondary_missing(maker, variant):
    home = maker.home("B", gas=variant % 2 == 0)
    home.esme.sec = ""
    maker.fault("a twin-element meter without its secondary MPAN").must(
        "secondaryMissing", home.esme.eui, field="secondaryImportMPAN")
    return [home]


def secondary_not_twin(maker, variant):
    home = maker.home("C" if variant % 3 == 2 else "A", export=variant % 4 == 1)
    home.esme.sec = home.mpan(1)
    home.register(home.esme.sec, "import", home.supplier, steady=True)
    maker.fault("a secondary MPAN on a meter that has no second element").must(
        "secondaryNotTwin", home.esme.eui, field="secondaryImportMPAN")
    return [home]


def place(maker, variant):
    """A home, and one of its meters with a place of it and what that holds."""
    kind = variant % 4
    home = maker.home("B" if kind == 3 else "A", export=kind == 2)
    if kind == 1:
        return home, home.gsme, "importMPxN", home.gsme.imp
    esme = home.esme
    return (home, esme, *(("importMPxN", esme.imp), None, ("exportMPAN", esme.exp),
                          ("secondaryImportMPAN", esme.sec))[kind])


def not_registered(maker, variant):
    home, device, field, value = place(maker, variant)
    home.registrations = [row for row in home.registrations if row.mpxn != value]
    maker.fault("a good value that nobody was ever registered for").must("notRegistered", device.eui, field=field)
    return [home]


def ended(maker, variant):
    home, device, field, value = place(maker, variant)
    last = registered(home, value)[-1]
    last.end = (-1, -30, -200)[variant % 3]
    maker.fault("the last registration ended, and none is ahead").must("registrationEnded", device.eui, field=field)
    return [home]


def overlap(maker, variant):
    home, device, field, value = place(maker, variant)
    rows = registered(home, value)
    last, dice = rows[-1], home.dice
    if variant % 6 == 5:
        past = Registration(value, last.kind, maker.other(dice, last.supplier), -240, -200, False)
        home.registrations.append(past)
        maker.fault("two registrations overlapped, but no longer do").may(
            "registrationsOverlap", device.eui, field=field)
        return [home]
    supplier = last.supplier if variant % 6 == 4 else maker.other(dice, last.supplier)
    end = 30 if variant % 2 else None
    home.registrations.append(Registration(value, last.kind, supplier, -between(dice, 20, 100), end, False))
    maker.fault("two registrations in force at once").must("registrationsOverlap", device.eui, field=field)
    return [home]


def kind(maker, variant):
    home = maker.home(export=variant % 3 != 0)
    esme = home.esme
    if variant % 3 == 0:
        for row in registered(home, esme.imp):
            row.kind = "export"
        fault = maker.fault("an import MPAN that is registered as export only")
        fault.must("registrationKind", esme.eui, field="importMPxN")
    elif variant % 3 == 1:
        esme.imp, esme.exp = esme.exp, esme.imp
        fault = maker.fault("import and export MPAN of a meter change places")
        fault.must("registrationKind", esme.eui, field="importMPxN")
        fault.must("registrationKind", esme.eui, field="exportMPAN")
    else:
        for row in registered(home, esme.exp):
            row.kind = "import"
        fault = maker.fault("an export MPAN that is registered as import only")
        fault.must("registrationKind", esme.eui, field="exportMPAN")
    return [home]


