"""Which faults are planted where: each rule has its share, spread evenly over the population."""
import random

import plant_devices
import plant_sources
import plant_values
import tempting

RULES = {
    "mpxnLength": plant_values.length, "mpxnDigits": plant_values.digits, "mpxnCheckDigit": plant_values.check_digit,
    "mpxnFuel": plant_values.fuel, "mpxnTwice": plant_devices.twice, "meterWithoutMPxN": plant_values.without,
    "secondaryMissing": plant_values.secondary_missing, "secondaryNotTwin": plant_values.secondary_not_twin,
    "notRegistered": plant_values.not_registered, "registrationEnded": plant_values.ended,
    "registrationsOverlap": plant_values.overlap, "registrationKind": plant_values.kind,
    "otherSupplierActs": plant_devices.other_supplier, "crossedMPxNs": plant_sources.crossed,
    "secondSourceDiffers": plant_sources.technical_differs, "differsOnDevice": plant_sources.device_differs,
    "stuckPending": plant_devices.pending, "stuckWhitelisted": plant_devices.whitelisted,
    "notOnProductList": plant_devices.product, "hubDecommissioned": plant_devices.hub,
    "tooManyDevices": plant_devices.too_many}

FEWEST, MOST_TEMPTING = 9, 100


def per_rule(devices, rate):
    """How many faults of each rule: its share of the rate, but from 10,000 devices on enough for each kind of it."""
    if rate == 0:
        return 0
    fewest = FEWEST if devices >= 10_000 else max(1, devices // 2_500)
    return max(fewest, round(devices * rate / len(RULES)))


def jobs(devices, rate, seed):
    """What is made besides ordinary homes, in order: after how many devices, which maker, its how-manieth."""
    wanted = [(make, variant) for make in RULES.values() for variant in range(per_rule(devices, rate))]
    tempting_count = max(1, min(MOST_TEMPTING, devices // 2_000))
    wanted += [(make, variant) for make in tempting.KINDS for variant in range(tempting_count)]
    random.Random(seed * 31 + devices).shuffle(wanted)
    step = devices * 0.93 / (len(wanted) + 1)
    return [(int(step * (at + 1)), make, variant) for at, (make, variant) in enumerate(wanted)]
