"""Counts the clocks of a correction anew from its events and terms, and compares the calendar."""

import bankholidays
import compare
import events
import moments
import workdays
from figures import HOLDERS
from findings import Broken, counted
from ledger import Ledger, number_of
from spread import rounded
from timing import Resolved

# The years whose bank holidays were published when this was written; lists published since may go on.
PUBLISHED = (2016, 2028)


class Until:
    """Up to when the clocks of a correction run."""

    def __init__(self, at):
        self.at = at


def check(evidence, findings):
    """The calendar always, the clocks where it is about a correction."""
    at = moments.read(evidence.as_of["at"])
    try:
        ledger = _fold(evidence)
        check_calendar(evidence.found["calendar"], ledger.terms.calendars, at, findings)
        if evidence.about["kind"] == "correction":
            check_clocks(evidence, ledger, at, findings)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError):
        raise Broken("clocks", "events that can be counted", "one that can't") from None


def _fold(evidence):
    """What the events of the file up to the seal say, but for those that were recorded in error."""
    taken = [one for one in evidence.distinct if one.position <= evidence.as_of["position"]]
    in_error = {one.record["body"]["position"] for one in taken if one.record["type"] == "EventAnnulled"}
    ledger = Ledger([])
    for entry in taken:
        kind = entry.record["type"]
        if kind not in events.KNOWN | {"LedgerRestored", "DocumentsErased", "SubjectErased"}:
            raise Broken(entry.where, "an event whose meaning for the clocks is known here", kind)
        if entry.position not in in_error and kind != "EventAnnulled":
            ledger.take(events.Event({**entry.record, **entry.record["actor"], "position": entry.position}))
    return ledger


def check_calendar(found, calendars, at, findings):
    """The calendar in force, and its bank holidays as far as there were official lists."""
    in_force = calendars.on(moments.london_day(at))
    findings.expect(found["name"] == in_force, "calendar.name", f"{in_force}, which is in force", found["name"])
    first, last = found["official"]["first"], found["official"]["last"]
    findings.expect(first == PUBLISHED[0] and last >= PUBLISHED[1], "calendar.official",
                    f"{PUBLISHED[0]} to {PUBLISHED[1]} or later", f"{first} to {last}")
    days = sorted(day for year in range(first, last + 1) for day in bankholidays.of_year(found["name"], year))
    expected = [moments.date(day).isoformat() for day in days]
    holidays = found["holidays"]
    differing = [f"without {day}" for day in expected if day not in set(holidays)] + [
        f"with {day}" for day in holidays if day not in set(expected)] or ["in another order, or one twice"]
    findings.expect(holidays == expected, "calendar.holidays", f"the bank holidays of {first} to {last}", differing[0])
    findings.told("calendar", f"{counted(len(expected), 'bank holiday')} of {workdays.NAMES[found['name']]}, "
                              f"{first} to {last}")


def check_clocks(evidence, ledger, at, findings):
    """Every figure, counted from the turns of the correction."""
    correction = ledger.corrections.get(number_of(evidence.about["id"]))
    if correction is None:
        raise Broken("clocks", f"an event that opens {evidence.about['id']}", "none")
    until = _counted_up_to(correction, at)
    expected = _figures(correction, until, ledger.terms)
    n, differing, _ = compare.compare(expected, evidence.found["clocks"])
    for figure, by_events, by_file in differing:
        findings.expect(False, f"clocks.{figure}", compare.shown(by_events), compare.shown(by_file))
    years = [moments.date(moments.london_day(moment)).year for moment in (correction.opened_at, until)]
    is_provisional = years[0] < PUBLISHED[0] or PUBLISHED[1] < years[1]
    findings.told("clocks", f"{counted(n, 'figure')} counted anew, up to {moments.stored(until)}"
                            f"{'; provisional: in years without a published calendar' if is_provisional else ''}")


def _counted_up_to(correction, at):
    """To the resolution that stands, else to its end, else to the moment of the evidence while it runs."""
    if correction.stage in ("resolved", "confirmed"):
        return correction.resolutions[-1].at
    return at if correction.closed_at is None else correction.closed_at


def _figures(correction, until, terms):
    """The clocks in the form in which the file has them."""
    if not correction.is_over:
        # A date that has come since the last step begins a turn by itself.
        correction.let_date_come(until)
    timed = Resolved(correction, Until(until), terms.calendars)
    held = {holder: timed.by_holder[holder] for holder in HOLDERS
            if timed.by_holder.get(holder, (0, 0)) != (0, 0)}
    policy = terms.policy(correction.opened_at)
    return {
        "elapsedHours": rounded(timed.elapsed, moments.HOUR), "workingDays": rounded(timed.working, moments.DAY),
        "workingDaysExcludingRequester": rounded(timed.working_of_others, moments.DAY),
        "byHolder": {holder: rounded(working, moments.DAY) for holder, (_, working) in held.items()},
        "ageWorkingDays": terms.age(correction.opened_at, until, policy),
        "calendar": terms.calendars.name(correction.opened_at, until), "policy": policy.number,
    }
