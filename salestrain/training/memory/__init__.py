"""Memory: what a person's answers say they remember, what to review today, what a day will find."""

from salestrain.training.memory.queue import Forecast, Topic, daily_queue, forecast, interleaved
from salestrain.training.memory.reviews import Memory, Review, memories, rating, recall, topic_of

__all__ = [
    "Forecast",
    "Memory",
    "Review",
    "Topic",
    "daily_queue",
    "forecast",
    "interleaved",
    "memories",
    "rating",
    "recall",
    "topic_of",
]
