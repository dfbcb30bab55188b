"""What the homes of one population share: the seed, reference data, where the next home stands, what was planted."""
import random

from homes import furnish
from reference import Products, suppliers
from values import Identifiers, postcode, user


class Fault:
    """A planted fault, and the discrepancies that are expected of it."""

    def __init__(self, maker, identity, planted):
        self.maker, self.identity, self.planted = maker, identity, planted

    def must(self, rule, device, others=(), field=""):
        """The rule must fire."""
        self.maker.expected.append((rule, device, ";".join(others), field, self.planted, self.identity, "yes"))
        return self

    def may(self, rule, device, others=(), field=""):
        """The rule may fire as well, as a consequence."""
        self.maker.expected.append((rule, device, ";".join(others), field, self.planted, self.identity, "also"))
        return self

    def group(self, rule, devices, certain=True):
        """The rule must fire, or may, of several devices at once: the lowest EUI leads."""
        first, *others = sorted(device.eui for device in devices)
        return self.must(rule, first, others) if certain else self.may(rule, first, others)


class Maker:
    """Makes homes one after another; it keeps nothing of those that are done."""

    def __init__(self, seed, messages):
        self.seed, self.messages = seed, messages
        self.ids, self.products, self.suppliers = Identifiers(seed), Products(seed), suppliers()
        self.outsider = user(900)
        self.clients = [supplier for supplier in self.suppliers if supplier.users]
        self.expected, self.faults, self.used = [], 0, set()
        self.homes = self.streets = self.house = 0
        self.houses_here = 15

    def dice(self, number, salt=0):
        """The random generator of a home."""
        return random.Random((((self.seed << 40) + number) << 3) + salt)

    def next_number(self):
        self.homes += 1
        return self.homes

    def supplier(self, dice):
        """A supplier that is a DCC user; the first ones are large."""
        return self.clients[int(dice.random() ** 2 * len(self.clients))]

    def other(self, dice, *than):
        """A supplier that is none of those."""
        while True:
            found = self.suppliers[int(dice.random() * len(self.suppliers))]
            if found not in than:
                return found

    def client_other(self, dice, *than):
        """A supplier with users that is none of those."""
        while True:
            found = self.supplier(dice)
            if found not in than:
                return found

    def next_house(self):
        """The postcode and number of the next house."""
        self.house += 1
        if self.house > self.houses_here:
            self.new_street()
        return postcode(self.streets), self.house

    def new_street(self):
        """The next house stands in another postcode."""
        self.streets, self.house = self.streets + 1, 1
        self.houses_here = 8 + self.streets * 7 % 17

    def keep_together(self, homes):
        """The next homes stand in one postcode."""
        if self.house + homes > self.houses_here:
            self.new_street()
            self.house = 0

    def home(self, letter="A", **kinds):
        """A home in which all is in order and nothing varies."""
        return furnish(self, self.next_number(), letter, **kinds)

    def fault(self, planted):
        self.faults += 1
        return Fault(self, f"F{self.faults:06d}", planted)

    def take_expected(self):
        """What was planted since the last time."""
        taken, self.expected = self.expected, []
        return taken
