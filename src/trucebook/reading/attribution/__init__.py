"""Who said what: attributions of a report, from the tagger, the quotation marks, the cues and the parse."""

from trucebook.reading.attribution.find import Attributions, find_attributions, scored

__all__ = ["Attributions", "find_attributions", "scored"]
