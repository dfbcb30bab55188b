"""Whether the generator does what it says: its own recount finds what was planted, in every population, and no more."""
import contextlib
import filecmp
import importlib.machinery
import importlib.util
import io
import os
import tempfile

import plan
import population
import recount
import values

CASES = ((2_000, 0.001, 7), (11_000, 0.001, 1), (25_000, 0.001, 2), (25_000, 0.01, 3), (20_000, 0, 4))


def run():
    """Says each thing that is not so; 0 when there is none."""
    check = reconcile_check()
    problems = identifiers()
    for devices, rate, seed in CASES:
        with tempfile.TemporaryDirectory() as folder:
            problems += [f"{devices} devices, seed {seed}: {each}" for each in one(folder, devices, rate, seed, check)]
    for problem in problems:
        print(problem)
    print(f"{len(CASES)} populations: {'as planted' if not problems else f'{len(problems)} problems'}")
    return 1 if problems else 0


def reconcile_check():
    """The tool beside this one, as a module."""
    path = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "reconcile-check")
    loader = importlib.machinery.SourceFileLoader("reconcile_check", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("reconcile_check", loader))
    loader.exec_module(module)
    return module


def identifiers():
    """Identifiers of many homes: none twice, all with right check digits, MPRNs of every length."""
    ids, seen, lengths, tens = values.Identifiers(5), set(), set(), 0
    for home in range(1, 20_000):
        mpans = [ids.mpan(10 + home % 29, home, place) for place in (0, 1, 2, 5)]
        mprns = [ids.mprn(home, place) for place in (0, 1, 2)]
        found = mpans + mprns + [ids.device(home * 64 + at) for at in range(4)]
        if seen.intersection(found) or len(set(found)) < len(found):
            return [f"home {home}: an identifier comes twice"]
        seen.update(found)
        lengths.update(map(len, mprns))
        if not all(map(values.agrees, mpans + mprns)):
            return [f"home {home}: a check digit is wrong"]
        tens += sum(sum(int(digit) * prime for digit, prime in zip(mpan, values.PRIMES)) % 11 == 10 for mpan in mpans)
    known = all(map(values.agrees, ("1200005432101", "1429876543210", "7400012306", "1234567810", "54321004")))
    wrong = any(map(values.agrees, ("1312345678111", "1234567890", "1000999888")))
    postcodes = [values.postcode(number) for number in range(50_000)]
    return ([] if known and not wrong else ["the published check digits come out otherwise"]) + (
        [] if lengths == {6, 7, 8, 9, 10} else [f"lengths of MPRNs: {sorted(lengths)}"]) + (
        [] if tens else ["no MPAN has the remainder 10"]) + (
        [] if len(set(postcodes)) == 50_000 and max(map(len, postcodes)) <= 8 else ["postcodes repeat or are too long"])


def one(folder, devices, rate, seed, check):
    """Problems of one population."""
    first, second = os.path.join(folder, "first"), os.path.join(folder, "second")
    counts = population.generate(first, first + ".csv", devices, rate, seed)
    population.generate(second, second + ".csv", devices, rate, seed)
    problems = [f"{name} is not the same the second time" for name in differing(first, second)]
    if not filecmp.cmp(first + ".csv", second + ".csv", shallow=False):
        problems.append("other faults the second time")
    if counts["faults"] != plan.per_rule(devices, rate) * len(plan.RULES):
        problems.append(f"{counts['faults']} faults planted, {plan.per_rule(devices, rate)} wanted of each rule")
    found = recount.Recount(first).found
    if verdict(check, folder, first + ".csv", found) != (0, 0):
        problems.append(said(check, folder, first + ".csv", found))
    # The comparison itself finds what is missing, and what is one too many.
    extra = ("stuckPending", "5E-ED-00-00-00-00-00-00", "", "")
    if verdict(check, folder, first + ".csv", found + [extra]) != (1, 1):
        problems.append("reconcile-check passes over a false discrepancy")
    if rate and verdict(check, folder, first + ".csv", [row for row in found if row[0] != "mpxnTwice"]) != (1, 0):
        problems.append("reconcile-check passes over what is missing")
    return problems


def differing(first, second):
    for top, _, names in os.walk(first):
        there = os.path.join(second, os.path.relpath(top, first))
        yield from filecmp.cmpfiles(top, there, names, shallow=False)[1]


def judged(check, folder, faults, found):
    path = os.path.join(folder, "found.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        recount.write(found, file)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = check.main([faults, path])
    return status, printed.getvalue()


def verdict(check, folder, faults, found):
    """The exit status, and how many false discrepancies are named."""
    status, text = judged(check, folder, faults, found)
    return status, sum(line.startswith("false") for line in text.splitlines())


def said(check, folder, faults, found):
    return "the recount disagrees\n" + judged(check, folder, faults, found)[1]
