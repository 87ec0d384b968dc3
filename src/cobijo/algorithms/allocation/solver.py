"""HiGHS, silent and with one thread, so that nothing but the problem decides what it answers."""

import highspy


class Solver(highspy.Highs):
    """HiGHS with its output off from the first moment: it would print a banner while it is made."""

    def __init__(self, seed: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # highspy says it is typed, but not here
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", seed % 2**31)):
            self.setOptionValue(name, value)

    def enableCallbacks(self) -> highspy.HighsStatus:  # noqa: N802 - its name there
        """Called while HiGHS is made, and what prints the banner."""
        self.setOptionValue("output_flag", False)
        status: highspy.HighsStatus = super().enableCallbacks()  # type: ignore[no-untyped-call] # as above
        return status
