"""How sure is a rule still that was held for right, after what has been seen?"""

from dataclasses import replace
from itertools import pairwise

from wastecal.core import recurrence
from wastecal.core.reconstruction import candidates
from wastecal.core.reconstruction.candidates import Candidate
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.recurrence import Rule
from wastecal.core.spans import Span


def candidate(rule: Rule, span: Span) -> Candidate | None:
    """What a rule is in `span` as a candidate: every so many weeks; None where it is no such rule there."""
    weeks = candidates.interval_of(rule.rrule)
    if weeks and rule.anchor and rule.season is None:
        return Candidate(weeks, rule.anchor.toordinal() % (7 * weeks))
    days = recurrence.expand(replace(rule, valid_from=None, valid_until=None), span)
    waits = {(last - first).days for first, last in pairwise(days)}
    if len(waits) != 1 or (wait := waits.pop()) % 7:
        return None
    return Candidate(wait // 7, days[0].toordinal() % wait)


def trusting(present: Posterior, held: Candidate, trust: float) -> Posterior:
    """The same, had `held` been held for right with `trust` before any record, all else by the prior.

    Bayes: a candidate's likelihood is its posterior by its prior, but for what is the same for all.
    """
    if held not in present.before.candidates:
        return present
    place = present.before.candidates.index(held)
    said = trust * present.probabilities[place] / present.before.probabilities[place]
    shares = [(1 - trust) * chance for chance in present.probabilities]
    shares[place] += said
    return replace(present, probabilities=tuple(share / sum(shares) for share in shares))
