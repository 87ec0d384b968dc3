"""What people complain about, to whom it goes, and what they are answered.

complaint    what somebody complains about or suggests, with a number they keep to ask for the answer
focal point  an account outside the sites of a unit to which complaints about staff go

A complaint about staff is seen by its focal point alone. At the site nothing shows that it exists: it is in no list and
no count, leaves no gap in numbers, which are drawn, and whoever wrote it down is answered as with any other.
"""
