"""Made-up identifiers: each is a function of the seed, the number of a home and a place in it, so none comes twice.

Devices have EUI-64s that begin 5E-ED, users such that begin 5E-EE: both are locally administered, so nobody was given
them. Postcodes begin ZZ, which no postcode area does. Meter points have the form and check digits of the industry.
"""
import datetime

PRIMES = (3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43)

# The day on which the population is judged is day 0; extracts were taken on day EXTRACT.
JUDGED_ON = datetime.date(2026, 3, 9)
JUDGED_AT = "2026-03-09T12:00:00Z"
EXTRACT = -8
EXTRACT_AT = "2026-03-01T00:00:00Z"
FIRST_DAY, LAST_DAY = -6600, 400
_DAYS = [(JUDGED_ON + datetime.timedelta(days=day)).isoformat() for day in range(FIRST_DAY, LAST_DAY + 1)]


def day(number):
    """The date of a day, counted from the one on which is judged."""
    return _DAYS[number - FIRST_DAY]


def mpan_check(body):
    """The check digit of the first twelve digits of an MPAN."""
    return str(sum(int(digit) * prime for digit, prime in zip(body, PRIMES)) % 11 % 10)


def mprn_check(body):
    """The two check digits of the rest of an MPRN."""
    count = len(body)
    return f"{sum(int(digit) * (count - at) for at, digit in enumerate(body)) % 11:02d}"


def agrees(value):
    """Whether the check digits of a meter point of a good length are right."""
    if len(value) == 13:
        return mpan_check(value[:12]) == value[12]
    return mprn_check(value[:-2]) == value[-2:]


def between(dice, low, high):
    """A whole number from the first to the last, both included; quicker than `randint`."""
    return low + int(dice.random() * (high - low + 1))


class Identifiers:
    """Identifiers of one population."""

    def __init__(self, seed):
        self.offset = (seed * 0x9E3779B97F4A7C15 + 0x1234567) & (2 ** 63 - 1)

    def device(self, number):
        mixed = (number * 0xB2D1_6C95_A74D + self.offset) & 0xFFFF_FFFF_FFFF
        text = f"{mixed:012X}"
        return f"5E-ED-{text[:2]}-{text[2:4]}-{text[4:6]}-{text[6:8]}-{text[8:10]}-{text[10:]}"

    def mpan(self, distributor, home, place):
        """The MPAN of one of sixteen places of a home."""
        number = ((home * 16 + place) * 6364136223 + self.offset) % 10 ** 10
        body = f"{distributor:02d}{number:010d}"
        return body + mpan_check(body)

    def mprn(self, home, place):
        """The MPRN of one of eight places of a home; some homes have short ones."""
        digits, number = 10, home * 8 + place
        for length, every, offset, homes in ((9, 40, 1, 1 << 40), (8, 200, 3, 1 << 40), (7, 400, 7, 4_000_000),
                                             (6, 400, 11, 440_000)):
            if home % every == offset and home < homes:
                digits, number = length, home // every * 8 + place
        low = 10 ** (digits - 3)
        body = str(low + (number * 7368787 + self.offset) % (9 * low))
        return body + mprn_check(body)


def user(number):
    """The EUI-64 of a user."""
    return f"5E-EE-00-00-{number // 256:02X}-{number % 256:02X}-00-00"


LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
SECOND = "0123456789" + LETTERS


def postcode(number):
    """The postcode of that number, of 1,200,000."""
    number, last = divmod(number, 20)
    number, middle = divmod(number, 20)
    number, sector = divmod(number, 10)
    first, second = divmod(number % 300, 30)
    return f"ZZ{first}{SECOND[second]} {sector}{LETTERS[middle]}{LETTERS[last]}"
