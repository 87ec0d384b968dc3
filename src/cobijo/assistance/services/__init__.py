"""What assistance lets be done: its verbs."""

from cobijo.assistance.services.infants import assess_infant, end_assessment
from cobijo.assistance.services.slips import count_store, give_goods, lose_goods, receive_goods, void_slip

__all__ = [
    "assess_infant",
    "count_store",
    "end_assessment",
    "give_goods",
    "lose_goods",
    "receive_goods",
    "void_slip",
]
