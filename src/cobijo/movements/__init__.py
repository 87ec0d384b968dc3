"""Who arrives at a reception centre and who goes on from it.

Nouns: *Movement* (a flight, a bus or a walking group that arrives or leaves), *Traveller* (somebody listed on it, or
who came beside the list), *StationVisit* (a traveller with a clerk of one station), *ReturnRecord* (what a returned
person says of the return, parts of it sealed), *FollowCall* (a call they agreed to, a month later), *Passenger* (a seat
onward). Stations are data (``data/stations.toml``); which of them a centre has, and its hours for children, are its
*Centre*.
"""
