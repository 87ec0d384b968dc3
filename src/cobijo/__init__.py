"""Cobijo: the open platform for people on the move and those who help them."""
