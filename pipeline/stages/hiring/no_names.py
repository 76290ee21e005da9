"""Words with a capital that are no part of a person's name.

German writes every noun large, French and Spanish headlines write titles and institutions so: two large words are a name
only where neither is an article, a common noun, an adjective of a place or a kind, or a job.
"""

from __future__ import annotations

import re

# Before a name, these are cut off; before anything else there is no name.
_LEADING = re.compile(
    r"(?:Mit|Bei|Von|Zu|Für|Auch|Als|Unter|Neben|Sowie|Und|Avec|Chez|Pour|Selon|Et|Con|Para|Según|También|Además|Tras|"
    r"Professor(?:in|a|e)?|Profesora?|Professeur|Doktor|Doctora?|Docteur|Herr|Frau|Monsieur|Madame|Señora?|[A-ZÄÖÜ]?\w*(?:[Ff]orscher|[Cc]hef|[Ll]eiter|[Gg]eschäftsführer)(?:in)?|Mitgründer(?:in)?|"
    r"Gründer(?:in)?|Manager(?:in)?|Ingenieur(?:in)?|Expert(?:e|in)|Physiker(?:in)?|Informatiker(?:in)?|Entwickler(?:in)?)\s"
)
_ARTICLE = re.compile(
    r"(?:D(?:er|ie|as|en|em|es)|Ein(?:e[nmrs]?)?|Sein(?:e[nmrs]?)?|Ihr(?:e[nmrs]?)?|Unser(?:e[nmrs]?)?|Dies(?:e[nmrs]?)?|Beim|Zum|Zur|Im|Am|Le|La|Les|Une?|Du|Des|Au|Aux|"
    r"Ce|Cette|Ces|Son|Sa|Ses|Leurs?|El|Los|Las|Un[ao]s?|Del|Al|Es[ea]|Est[ea]s?|Sus?)\s"
)
_NOUN = re.compile(
    r"(?:unternehmen|konzern[es]?|firm[ae]n?|gesellschaft|intelligenz|universität|hochschule|forschung|konkurrenz|konkurrent|rival[ei]n?|branche|markt|abteilung"
    r"|entwicklung|technologie|technik|team|gründer(?:in)?s?|.*leiter(?:in)?s?|leitung|.*chef(?:in)?s?|forscher(?:in|innen|n|s)?|mitarbeiter(?:in|innen|n|s)?|mitarbeitende[nr]?"
    r"|ingenieur(?:in|e|en|s)?|entwickler(?:in|innen|n|s)?|manager(?:in|s)?|wissenschaftler(?:in|innen|n|s)?|experte?n?|vorstand|geschäftsführer(?:in)?|direktor(?:in)?|beschäftigte[nr]?"
    r"|angestellte[nr]?|talent[es]?|köpfe|spezialist(?:in|en)?|posten|labor|institut|stiftung|start-?ups?|trio|duo|sprecher(?:in)?|nachfolger(?:in)?|bereich|modelle?n?|sprachmodelle?n?"
    r"|directeur|directrice|compagnie|société|entreprise|équipe|recherche|chercheurs?|scientifique|général|technique|artificielle|intelligence|laboratoire|université|président|fondateur|ingénieurs?"
    r"|director[ae]?s?|compañía|empresa|equipo|investigación|investigador(?:a|es)?|inteligencia|artificial|laboratorio|universidad|presidente|fundador(?:a|es)?|ejecutiv[oa]s?|directiva|junta|tecnología|ingeniería|ingenier[oa]s?|científic[oa]s?|jef[ea]s?|consejo)$"
    r"|.{3,}(?:ungen|ung|heit|keit|schaft|schaften|tionen|isierung|ismus|ität|nisse?s?)$|.{2,}(?:isch|lich)(?:e[nmrs]?)$",
    re.IGNORECASE,
)


def without_lead(name: str) -> str:
    """The name without prepositions and titles before it: "Mit Anna Weber", "Professor Anna Weber"."""
    while lead := _LEADING.match(name):
        name = name[lead.end() :]
    return name


def is_named_thing(name: str) -> bool:
    """Whether an article opens the name or one of its words is a common noun, an adjective or a job."""
    return bool(_ARTICLE.match(name)) or any(_NOUN.fullmatch(word) for word in name.split())
