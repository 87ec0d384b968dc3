"""Who people are and whom they belong to.

Nouns: *Person*, *Household* with dated *Membership*, *Document*, *Phone*, *Need* (at the door), *Note* (sealed),
*Consent* on a *LegalBasis*, *Protection* of a person, *PersonScope* (which unit knows a person, and why), *SearchEntry*
(how one is found), *Card* of a *CardBatch* (what names somebody in their hands), *Photo*.
"""
