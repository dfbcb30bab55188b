"""Fixes by hand: proposed and approved at the DCC, applied by the DSP."""


class Proposal:
    """A fix by hand, as far as it has come."""

    __slots__ = ("is_approved", "is_applied")

    def __init__(self):
        self.is_approved = self.is_applied = False


def forget_proposal(correction, body, at):
    """What was proposed is overtaken, unless it was applied already."""
    if correction.proposal is not None and not correction.proposal.is_applied:
        correction.proposal = None


def proposed(correction, body, at):
    correction.proposal = Proposal()


def approved(correction, body, at):
    if correction.proposal is not None:
        correction.proposal.is_approved = True


def applied(correction, body, at):
    if correction.proposal is not None:
        correction.proposal.is_applied = True
    correction.stage = "awaitingVerification"


def given_up(correction, body, at):
    correction.proposal = None


def not_found(correction, body, at):
    correction.proposal = None
    correction.stage = "awaitingFix"
