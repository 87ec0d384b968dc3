"""Where everything is wired together: settings, addresses, the command line, what meets every request.

Nobody imports it. ``settings`` reads the environment through ``env``; ``trouble`` turns what the machine
refuses (a database that is away, a full disk) into a sentence for the terminal, the log and the page.
"""
