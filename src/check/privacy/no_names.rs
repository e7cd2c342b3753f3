//! A list of capitalized words that are no names of people.

/// Whether a word, in either case, is one of schools, programs or places, or one that sentences about staff begin with.
pub(super) fn is_no_name(word: &str) -> bool {
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[rustfmt::skip]
const WORDS: &[&str] = &[
    // Schools and other bodies.
    "school", "schools", "elementary", "middle", "high", "primary", "academy", "college", "university", "center", "district",
    "board", "department", "office", "public", "state", "county", "city", "town", "street", "avenue", "road", "building",
    "room", "hall", "library", "house", "campus", "magnet", "charter", "institute", "committee", "council", "association",
    "team", "club", "group", "unit", "program", "project", "page", "section", "part", "title", "tier", "phase", "level",
    "grade", "grades", "class", "classroom", "cohort", "period", "cycle", "quarter", "semester", "year", "week", "day",
    // Subjects, programs and papers.
    "reading", "writing", "math", "science", "social", "emotional", "learning", "health", "english", "spanish", "language",
    "arts", "art", "music", "physical", "education", "special", "services", "support", "supports", "plan", "plans", "policy",
    "policies", "form", "report", "student", "students", "success", "assistance", "second", "step", "first", "zones",
    "regulation", "check", "connect", "lunch", "bunch", "girls", "boys", "code", "character", "strong", "kids", "play",
    "restorative", "circle", "circles", "response", "intervention", "positive", "behavior", "behavioral", "trauma", "crisis",
    "prevention", "mindful", "mental", "peer", "parent", "parents", "family", "families", "teacher", "teachers", "counselor",
    "act", "law", "amendment", "code", "appendix", "domain", "indicator", "competency", "standard", "standards", "goal",
    "goals", "evidence", "welcome", "new", "open", "back", "growth", "mindset", "leader", "leaders", "summer", "winter",
    "spring", "fall", "camp", "festival", "night", "career", "exploring", "youth", "big", "brothers", "sisters", "red",
    "cross", "green", "blue", "north", "south", "east", "west", "northern", "southern", "new", "united", "american",
    "african", "puerto", "national", "connecticut", "massachusetts", "york", "haven", "britain", "hampshire", "jersey",
    "rhode", "island", "native",
    // Months and days.
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    // Beginnings of sentences.
    "met", "led", "held", "wrote", "ran", "taught", "saw", "gave", "took", "made", "built", "kept", "sent", "began", "spoke",
    "read", "found", "brought", "sat", "set", "put", "knew", "went", "did", "has", "have", "had", "is", "was", "are", "were",
    "the", "a", "an", "this", "that", "these", "those", "in", "on", "at", "with", "for", "from", "of", "to", "by", "as",
    "after", "before", "during", "when", "while", "each", "every", "all", "both", "many", "most", "some", "few", "his", "her",
    "their", "our", "my", "its", "he", "she", "they", "we", "it", "and", "or", "but", "not", "no", "yes", "also", "then",
    "however", "because", "if", "since", "until", "once", "leads", "runs", "uses", "works", "meets", "holds", "keeps",
    "writes", "helps", "plans", "teaches", "knows", "gives", "takes", "makes", "sees", "facilitates", "coordinates",
    "provides", "supports", "maintains", "continues", "demonstrates", "collaborates", "consults", "observes", "see", "per",
    "about", "under", "over", "across", "through", "between", "within", "without", "case", "caseload", "home", "visit",
    "visits", "iep", "mother", "father", "guardian", "ms", "mr", "mrs", "dr",
];
