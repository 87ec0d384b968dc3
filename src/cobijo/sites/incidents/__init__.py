"""What went wrong at a site, as its log has it: facts, who was told, who sees to it, what came of it.

incident  something that happened, with kind and seriousness; a confidential one is for few
involved  a person an incident is about, named only where that is needed

What happened stands sealed. Violence within families, abuse and what a case worker hears belong in the sealed case of
a person, never here; what is held against staff is a complaint.
"""
