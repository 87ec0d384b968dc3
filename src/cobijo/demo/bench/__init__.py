"""Measuring: a scratch database filled to a size, then the acts of a shelter's day timed one by one."""
