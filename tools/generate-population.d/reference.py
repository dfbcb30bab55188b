"""Parties with their users, and the products list: the same for every population but for the seed."""
import random

from values import day, user

BAD = ("Cancelled", "Expired", "Withdrawn", "ended", "ahead", "unlisted")


class Supplier:
    """A supplier with the ids by which registrations name it and the users that it has, if it is a DCC user."""

    def __init__(self, party, electricity, gas, users):
        self.party, self.electricity, self.gas, self.users = party, electricity, gas, users

    def participant(self, kind):
        return self.gas if kind == "gas" else self.electricity


def suppliers():
    """Twenty parties; every third has one id for both fuels, the last two have no user."""
    found, number = [], 0
    for at, letters in enumerate("AK BL CM DN FP GQ HR JS KT LU MV NW PX QY RZ SA TB UC VD WF".split()):
        count = (2, 1, 3, 1)[at % 4] if at < 18 else 0
        users = [user(number + each) for each in range(count)]
        number += count
        both = at % 3 == 0
        found.append(Supplier(f"SUP{letters}", f"{letters}EX", f"{letters}EX" if both else f"{letters}GX", users))
    return found


class Products:
    """What is listed, what is not or no more, by device type and first letter of the variant."""

    MANUFACTURERS = ("A1B0", "B2C1", "C3D2", "D4F3", "F5A4", "AB06")
    KINDS = (("ESME", "A", 10), ("ESME", "B", 4), ("ESME", "C", 4), ("GSME", "", 8), ("CHF", "", 5), ("PPMID", "", 5),
             ("HCALCS", "", 3), ("IHD", "", 4), ("CAD", "", 2))

    def __init__(self, seed):
        dice = random.Random(seed * 7919 + 11)
        self.good, self.bad, self.rows = {}, {}, []
        number = 0
        for kind, letter, models in self.KINDS:
            key = (kind, letter)
            self.good[key], self.bad[key] = [], []
            for _ in range(models):
                number += 1
                manufacturer = self.MANUFACTURERS[number % len(self.MANUFACTURERS)]
                model = f"{number:02d}0A{dice.randrange(10, 99)}0{dice.choice('ABCDF')}"
                if kind in ("IHD", "CAD"):
                    self.good[key].append((manufacturer, model, ""))
                    self.rows.append((kind, letter, manufacturer, model, "", "Active", day(-2400), ""))
                    continue
                for version in range(3):
                    self.add(key, (manufacturer, model, f"0{version + 1}0{dice.randrange(10, 99)}B0{version}"), "")
                for at, why in enumerate(BAD):
                    self.add(key, (manufacturer, model, f"0F{at}{dice.randrange(10, 99)}C0{at}"), why)
        self.good[("GPF", "")], self.bad[("GPF", "")] = self.good[("CHF", "")], self.bad[("CHF", "")]

    def add(self, key, make, why):
        """Lists a product; one in force has an open or a late end."""
        (self.bad[key].append((why, make)) if why else self.good[key].append(make))
        status = why if why in ("Cancelled", "Expired", "Withdrawn") else "Active"
        listed_from = day(20) if why == "ahead" else day(-2400)
        listed_to = day(-12) if why == "ended" else day(200) if not why and make[2].endswith("2") else ""
        if why == "unlisted":
            return
        for kind in ("CHF", "GPF") if key[0] == "CHF" else key[:1]:
            self.rows.append((kind, key[1], *make, status, listed_from, listed_to))


def users(found):
    """The rows of users.csv."""
    rows = []
    for supplier in found:
        ids = ";".join(sorted({supplier.electricity, supplier.gas}))
        for at, each in enumerate(supplier.users):
            rows.append((each, supplier.party, ids, "IS;ES;GS", "suspended" if at == 2 else "active", ""))
    rows += [(user(900), "MAPXX", "", "OU", "active", ""), (user(901), "MAPYY", "", "OU;RSA", "active", ""),
             (user(902), "DNOXX", "DNOX", "ED", "active", ""), (user(903), "GTXX", "GTXX", "GT", "active", "")]
    return rows + [(f"DCC-0{at}", "DCC", "", "DCC", "active", "") for at in (17, 21)] + [
        ("DSP-004", "DSP", "", "DSP", "active", ""), ("SECAS-002", "SECAS", "", "SECAS", "active", "")]
