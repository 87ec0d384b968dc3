"""Who people are and whom they belong to.

Nouns: *Person*, *Household* with dated *Membership*, *Document*, *Phone*, *Need* (at the door), *Note* (sealed),
*Consent* on a *LegalBasis*, *Protection* of a person, *PersonScope* (which unit knows a person, and why), *SearchEntry*
(how one is found), *NameToken* and *NamePosting* (a word of names, and who has it), *Card* of a *CardBatch* (what names
somebody in their hands), *Photo*,
*HouseholdSaid* and *Collector* (what a household says of itself, who else may receive for it), *PaperForm* of a
*PaperBatch* (a family written by hand, typed in later), *RightsRequest* (what somebody asks about their data),
*GivenCopy* (that somebody got all of it), *RetentionRule* (how long it is kept), *Pair* (two records that may be one
person's), *Merge* (the act that made one of two).
"""
