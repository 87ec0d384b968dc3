"""What is to be done at a site: tasks of maintenance, and what is gone through when it opens and before it closes.

task       something to mend or bring, from an indicator below its norm or from an incident, with owner and day
checklist  what is done when a site opens, and before it closes; its items are data (``data/checklists.toml``)
"""
