"""Counts every figure of a report anew, in the form in which the report is printed."""

import collections

import moments
from groups import GROUPINGS, grouped
from spread import in_hundredths, rounded, spread
from tally import ACCEPTED
from timing import Resolved

RULE = "resolvedInMonth"
HOLDERS = ("requester", "counterparty", "otherUser", "dcc", "dsp", "nobody", "notKnown")
BANDS = (("0–5", 0, 5), ("6–10", 6, 10), ("11–20", 11, 20), ("21–60", 21, 60), ("over 60", 61, None))


def count(report, ledger):
    """What a report must say by the events taken so far; all but the root and the moment."""
    period, terms = report.period, ledger.terms
    moment = min(period.end - 1, report.known_at)
    taken = [one for one in ledger.corrections.values() if report.filter.takes(one, period)]
    resolved = _resolved(taken, period, moment, terms.calendars)
    still_open = sorted((one for one in taken if one.is_open_at(moment)), key=lambda one: (one.opened_at, one.number))
    since = min([period.start, *(one.correction.opened_at for one in resolved), *(one.opened_at for one in still_open)])
    ages = {one.number: terms.age(one.opened_at, moment) for one in still_open}
    groups = {grouping: grouped(resolved, name) for grouping, name in GROUPINGS.items()}
    return {
        "month": period.month, "from": moments.date(period.first).isoformat(),
        "to": moments.date(period.last).isoformat(),
        "calendar": terms.calendars.name(since, moment), "policy": terms.policy(moment).number, "rule": RULE,
        "opened": sum(period.contains(one.opened_at) for one in taken), "resolved": len(resolved),
        "confirmed": sum(_is_confirmed(one, period) for one in taken),
        **_steps(taken, period),
        **{stage: sum(one.stage == stage and period.contains(one.closed_at) for one in taken)
           for stage in ("rejected", "withdrawn")},
        "stillOpen": len(still_open), "bundled": sum(one.correction.is_bundled for one in resolved),
        "elapsedHours": spread([one.elapsed for one in resolved], moments.HOUR),
        "workingDays": spread([one.working for one in resolved], moments.DAY),
        "workingDaysExcludingRequester": spread([one.working_of_others for one in resolved], moments.DAY),
        "handovers": _handovers(resolved), "withinTarget": _within_target(resolved, terms),
        "requests": _requests(report.tally), "byHolder": _by_holder(resolved),
        **{grouping: {name: len(times) for name, times in group.items()} for grouping, group in groups.items()},
        "groups": {grouping: {name: spread(times, moments.DAY) for name, times in group.items()}
                   for grouping, group in groups.items()},
        "ageBands": {name: sum(first <= age and (last is None or age <= last) for age in ages.values())
                     for name, first, last in BANDS},
        "months": _months(report, ledger),
        "open": [{"correction": f"COR-{one.number:06}", "openedAt": moments.stored(one.opened_at),
                  "ageWorkingDays": ages[one.number], "holder": one.holder_at(moment)} for one in still_open],
        "late": _late(report, {one.number for one in taken}),
    }


def _resolved(taken, period, moment, calendars):
    """Resolved in the period and not reopened within it; what was reopened later stays."""
    found = []
    for correction in taken:
        standing = [one for one in correction.resolutions if period.contains(one.at) and one.stands_at(moment)]
        if standing:
            found.append(Resolved(correction, standing[-1], calendars))
    return found


def _months(report, ledger):
    """Whole months beside each other, up to the one that is counted up to; each by its own end."""
    found = []
    for month in report.months():
        taken = [one for one in ledger.corrections.values() if report.filter.takes(one, month)]
        resolved = _resolved(taken, month, min(month.end - 1, report.known_at), ledger.terms.calendars)
        found.append({"month": month.month, "opened": sum(month.contains(one.opened_at) for one in taken),
                      "workingDays": spread([one.working for one in resolved], moments.DAY)})
    return found


def _is_confirmed(correction, period):
    return any(period.contains(one.confirmed_at) for one in correction.resolutions)


def _steps(taken, period):
    """What is counted by itself: every time that it happened in the period."""
    counts = dict.fromkeys(("joined", "merged", "reopened", "escalated"), 0)
    for correction in taken:
        for what, at in correction.counted:
            counts[what] += period.contains(at)
    return counts


def _late(report, taken):
    counts = collections.Counter()
    for (number, party), n in report.tally.late.items():
        if number is None or number in taken:
            counts[party] += n
    return dict(counts)


def _handovers(resolved):
    handovers = [one.resolution.handovers for one in resolved]
    mean = in_hundredths((sum(handovers) * 200 // len(handovers) + 1) // 2) if handovers else None
    return {"mean": mean, "max": max(handovers, default=0)}


def _within_target(resolved, terms):
    targets = [(one, terms.target(one.correction.category, one.correction.opened_at)) for one in resolved]
    targets = [(one, *target) for one, target in targets if target is not None]
    return {"n": sum(one.resolution.at <= due_at for one, due_at, _ in targets), "of": len(targets),
            "verified": all(is_verified for _, _, is_verified in targets)}


def _requests(tally):
    def accepted(by_code):
        return sum(by_code[code] for code in ACCEPTED)
    return {"accepted": accepted(tally.requests),
            "refusedByCode": {code: n for code, n in tally.requests.items() if code not in ACCEPTED},
            "firstTries": {"accepted": accepted(tally.first_tries), "of": sum(tally.first_tries.values())}}


def _by_holder(resolved):
    """Working days of each holder that had any time at all."""
    return {holder: rounded(sum(one.by_holder[holder][1] for one in resolved if holder in one.by_holder), moments.DAY)
            for holder in HOLDERS if any(one.by_holder.get(holder, (0, 0)) != (0, 0) for one in resolved)}
