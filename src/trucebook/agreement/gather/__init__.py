"""From the moves that reports tell to the events of the engine: proposals, answers, commitments, with their words."""

from trucebook.agreement.gather.case import Asked, Found, state_of_case, state_of_play
from trucebook.agreement.gather.events import events_of, terms, terms_judged

__all__ = ["Asked", "Found", "events_of", "state_of_case", "state_of_play", "terms", "terms_judged"]
