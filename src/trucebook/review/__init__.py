"""What waits for a person: doubts about what was found, in the order in which they are worth looking at."""

from trucebook.review.queue import Item, queue

__all__ = ["Item", "queue"]
