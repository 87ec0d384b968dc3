"""What a household says of itself as a whole, beside what is known of its members.

Nouns: *HouseholdSaid* (how many they are, who sleeps here, their animals, who spoke; what was said last counts),
*Collector* (who beside its members may receive for it).
"""
