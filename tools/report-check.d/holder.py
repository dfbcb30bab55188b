"""Whose turn it is: it follows from where a correction stands, and is set by nobody."""


def holder_of(correction, moment):
    """Who has a correction at a moment, and the party where that says more."""
    state, advice = correction.state, correction.advice
    if state == "awaitingRequest":
        return _sender(correction)
    if state == "awaitingRegistration":
        # While only a date is awaited it is nobody's; from that day on it is the requester's.
        is_awaiting_date = advice is not None and advice.until is not None and moment < advice.until
        return ("nobody", None) if is_awaiting_date else ("requester", correction.requester)
    if state == "awaitingConsent":
        return "counterparty", next((one.party for one in correction.pending_consents), None)
    if state == "awaitingInformation":
        return _asked(correction)
    if state in ("awaitingFix", "escalated"):
        if correction.proposal is not None and correction.proposal.is_approved:
            return "dsp", None
        return ("dcc", None) if correction.question_to is None else _asked(correction)
    if state in ("open", "awaitingVerification"):
        return "dcc", None
    if state == "resolved" and not correction.is_accepted_by_silence:
        return "requester", correction.requester
    return "nobody", None


def _sender(correction):
    """Who must send a Service Request; while nobody knows who that is, the DCC has to find out."""
    advice = correction.advice
    if advice is not None and advice.route in ("installingSupplier", "preNotifier"):
        return ("dcc", None) if advice.party is None else (_part_of(advice.party, correction), advice.party)
    if advice is None or advice.party is None:
        return "requester", correction.requester
    return "otherUser", advice.party


def _asked(correction):
    """Who has a question to answer."""
    return _part_of(correction.question_to, correction), correction.question_to


def _part_of(party, correction):
    """What a party is to a correction."""
    if party == correction.requester:
        return "requester"
    is_asked = any(one.party == party and one.answer != "lapsed" for one in correction.consents)
    return "counterparty" if is_asked else "otherUser"
