"""Planted faults that a second source tells of: rings of crossed values, and values that differ in no ring."""


def says(maker, meter, value, by_device):
    """A second source tells of a meter point: the device itself, or meter technical details."""
    if not by_device:
        meter.technical = (value, -20)
        return
    user = next((each for each in (meter.by,) if each), maker.outsider)
    if meter.kind == "GSME":
        maker.messages.held(user, meter.eui, -4, gas=value)
    else:
        maker.messages.held(user, meter.eui, -4, imp=value)


# Homes in the ring, gas, which source, whether in one postcode.
RINGS = ((2, False, "details", True), (2, False, "device", True), (3, False, "details", True),
         (2, True, "details", True), (4, False, "both", True), (2, False, "both", False), (5, False, "details", True),
         (2, True, "device", True), (3, False, "device", True))


def crossed(maker, variant):
    count, gas, source, together = RINGS[variant % len(RINGS)]
    if together:
        maker.keep_together(count)
    homes, suppliers = [], []
    for _ in range(count):
        if not together:
            maker.new_street()
        homes.append(maker.home())
    for home in homes:
        # Crossed meters are those of different suppliers, so each home of the ring has its own.
        held, kind = (home.gas_supplier, "gas") if gas else (home.supplier, "import")
        if held in suppliers:
            new = maker.client_other(home.dice, *suppliers)
            for row in home.registrations:
                if row.supplier is held and row.kind == kind and row.end is None:
                    row.supplier = new
            held = new
        suppliers.append(held)
    meters = [home.gsme if gas else home.esme for home in homes]
    right = [meter.imp for meter in meters]
    for at, meter in enumerate(meters):
        meter.imp = right[(at + 1) % count]
        says(maker, meter, right[at], by_device=source == "device" or (source == "both" and at % 2 == 0))
    maker.fault(f"{'MPRNs' if gas else 'MPANs'} of {count} homes crossed; what tells: {source}").group(
        "crossedMPxNs", meters)
    return homes


def technical_differs(maker, variant):
    return one_way(maker, variant, by_device=False)


def device_differs(maker, variant):
    kind = variant % 6
    if kind < 3:
        return one_way(maker, variant // 6 * 3 + kind, by_device=True)
    home = maker.home("B" if kind == 4 else "A", export=kind == 3)
    esme, user = home.esme, home.supplier.users[0]
    if kind == 3:
        maker.messages.held(user, esme.eui, -5, imp=esme.imp, exp=home.mpan(5))
        maker.fault("the device holds another export MPAN").must("differsOnDevice", esme.eui, field="exportMPAN")
    elif kind == 4:
        maker.messages.held(user, esme.eui, -5, imp=esme.imp, sec=home.mpan(5))
        maker.fault("the device holds another secondary MPAN").must(
            "differsOnDevice", esme.eui, field="secondaryImportMPAN")
    else:
        maker.messages.firmware(user, esme.eui, "0FA1B2C3", -5)
        maker.fault("the device runs another firmware").must("differsOnDevice", esme.eui)
    return [home]


def one_way(maker, variant, by_device):
    """Another value than the SMI says, which leads to no ring."""
    rule = "differsOnDevice" if by_device else "secondSourceDiffers"
    source = "the device" if by_device else "meter technical details"
    kind = variant % 4
    if kind in (1, 3):
        maker.keep_together(3)
    home = maker.home()
    if kind == 0:
        says(maker, home.esme, home.mpan(5), by_device)
        maker.fault(f"{source}: a value that no device holds").must(rule, home.esme.eui, field="importMPxN")
        return [home]
    if kind == 1:
        other = maker.home()
        says(maker, home.esme, other.esme.imp, by_device)
        maker.fault(f"{source}: a value that another device holds, of which nothing else is told").must(
            rule, home.esme.eui, field="importMPxN")
        return [home, other]
    if kind == 2:
        says(maker, home.gsme, home.mprn(2), by_device)
        maker.fault(f"{source}: an MPRN that no device holds").must(rule, home.gsme.eui, field="importMPxN")
        return [home]
    second, last = maker.home(), maker.home()
    says(maker, home.esme, second.esme.imp, by_device)
    says(maker, second.esme, last.esme.imp, by_device)
    says(maker, last.esme, last.esme.imp, by_device)
    fault = maker.fault(f"{source}: a chain of three that does not close")
    fault.must(rule, home.esme.eui, field="importMPxN").must(rule, second.esme.eui, field="importMPxN")
    return [home, second, last]
