//! The language's words beyond its keys: words of other formats, and the homes of misplaced keys.

use crate::source::{Form, Instead, Keyed, Vocabulary};

/// The vocabulary of rubrics, scoring policies and evaluations.
pub(super) static VOCABULARY: Vocabulary = Vocabulary {
    beginning: "a rubric begins with `id:`, an evaluation with `rubric:`",
    called: &[
        ("from", &["min", "minimum", "lower"]),
        ("to", &["max", "maximum", "upper"]),
        ("rating", &["then", "else", "otherwise", "default", "level", "result"]),
        ("level", &["rating", "score", "number", "points"]),
        ("when", &["if", "condition", "where"]),
        ("round", &["rounding", "precision"]),
        ("take", &["method", "aggregate", "aggregation", "operation", "function"]),
        ("bands", &["cuts", "cutoffs", "cut_scores", "thresholds", "ranges"]),
        ("share", &["percent", "percentage"]),
        ("places", &["decimals", "decimal_places", "precision"]),
        ("title", &["name", "heading"]),
        ("label", &["name", "title"]),
        ("statement", &["text", "description", "body"]),
        ("by", &["due", "deadline", "due_by", "until", "observer", "supervisor", "evaluator"]),
        ("at", &["place", "location", "school", "room"]),
        ("minutes", &["duration", "length"]),
        ("notes", &["note", "comment", "comments"]),
        ("note", &["notes", "comment", "comments"]),
        ("who", &["owner", "responsible", "actor", "role"]),
        ("after", &["since", "following"]),
        ("closed", &["holidays", "vacations", "breaks", "no_school"]),
        ("school_days", &["weekdays"]),
    ],
    homes: &[
        ("domains", "`scoring`", &["points", "inputs", "steps"]),
        ("domains", "`scale`", &["levels", "meets_at", "not_rated", "order"]),
        (
            "evaluated_by",
            "a scale that stands under `scales:` at the rubric's top, and whose id is named here by `scale`",
            &["levels", "meets_at", "not_rated", "described", "order", "unit", "places"],
        ),
        (
            "steps",
            "a step",
            &[
                "each", "of", "under", "take", "weights", "missing", "minimum_rated", "rescale", "adjust", "clamp",
                "convert", "round", "bands", "rules", "matrix", "entered", "limits", "flags", "because",
            ],
        ),
        ("who", "`within`, as in `within: { days: 10, after: delivered }`", &["after", "days", "school_days"]),
        ("steps", "`calendar`", &["school_days", "closed"]),
        ("take", "a band", &["from", "to"]),
        ("take", "a rule, a limit or a flag", &["when"]),
        ("take", "a limit", &["at_most", "at_least"]),
        ("take", "`matrix`", &["rows", "columns", "cells"]),
    ],
    instead: &[
        Instead {
            beside: &["evaluated_by"],
            keys: &["weight", "weights", "weighting"],
            stand_for: &[],
            help: "weights stand in a step of `scoring`, by id: `weights: { planning: 3, others: 1 }`",
        },
        Instead {
            beside: &["evaluated_by"],
            keys: &["narratives", "narrative"],
            stand_for: &[],
            help: "narratives stand at the rubric's top; `of: domain` asks for one about each domain, `of: competency` about each competency",
        },
        Instead {
            beside: &["description"],
            keys: &["points", "value", "score", "weight"],
            stand_for: &[],
            help: "the points of levels stand in `scoring`, by the level's id: `points: { has_not_met: 0, has_met: 1 }`",
        },
        Instead {
            beside: &["places", "unit"],
            keys: &["range"],
            stand_for: &["from", "to"],
            help: "write the least number under `from:` and the greatest under `to:`",
        },
        Instead {
            beside: &["take", "weights"],
            keys: &["total", "weights_total"],
            stand_for: &[],
            help: "write it among the weights: `weights: { …, total: 100 }`",
        },
        Instead {
            beside: &["school_days", "after"],
            keys: &["weeks", "months"],
            stand_for: &[],
            help: "count days: two weeks are `days: 14`",
        },
        Instead {
            beside: &["minutes", "kind"],
            keys: &["hours"],
            stand_for: &[],
            help: "count minutes: three quarters of an hour are `minutes: 45`",
        },
        Instead {
            beside: &["add"],
            keys: &["subtract", "deduct", "minus", "deduction"],
            stand_for: &["add"],
            help: "write what is taken off as a negative number: `add: -5`",
        },
        Instead {
            beside: &["from", "to"],
            keys: &["gives", "becomes", "result"],
            stand_for: &["to"],
            help: "in a look-up table `to` is the number that a score becomes; a row ends where the next one begins",
        },
    ],
    written: &[
        ("scale", Form::Text, "define the scale under `scales:` at the rubric's top, by an id, and write the id here"),
        (
            "scales",
            Form::Mapping,
            "write each scale under its id, as a key: `scales:`, below it `checklist:`, below that `levels:`",
        ),
        ("points", Form::Mapping, "write the points of each level by its id: `points: { has_not_met: 0, has_met: 5 }`"),
        (
            "indicator_points",
            Form::Mapping,
            "write the indicator's id, and below it the points of each level by its id: `plans: { has_met: 5 }`",
        ),
        ("weights", Form::Mapping, "write the weight of each member by its id: `weights: { planning: 3, others: 1 }`"),
        (
            "at_least",
            Form::Mapping,
            "write how many practices each level asks for: `at_least: { proficient: 3, accomplished: 5 }`",
        ),
        (
            "convert",
            Form::List,
            "write a row for each lower bound: `convert: [{ from: 1, to: 0 }, { from: 1.5, to: 50 }]`",
        ),
        (
            "bands",
            Form::List,
            "write a band for each lower bound, lowest first: `bands: [{ from: 1, rating: has_not_met }, …]`",
        ),
        (
            "levels",
            Form::List,
            "write each level as an item, lowest first: `levels: [{ id: has_met, label: Has met }, …]`",
        ),
        (
            "not_rated",
            Form::List,
            "write each choice as an item: `not_rated: [{ id: not_observed, label: Not observed }]`",
        ),
        (
            "practices",
            Form::List,
            "write a list: `- { id: …, level: …, statement: … }` in a rubric; in an evaluation the ids of those that are seen, `[]` for none",
        ),
        ("practices", Form::Text, "write the id of a practice that is seen, and leave out those that are not"),
        (
            "ratings",
            Form::Either,
            "write the level, or keys such as `{ level: …, comment: … }`; practices that are seen go under `practices:`",
        ),
        ("narratives", Form::List, "write each narrative as an item: `- { id: …, label: … }`"),
        ("narratives", Form::Mapping, "write each text by the id of its narrative: `narratives: { plan: … }`"),
        ("supervision", Form::List, "write each session as an item: `- { date: …, kind: …, by: …, minutes: … }`"),
        ("observations", Form::List, "write each observation as an item: `- { id: …, kind: …, date: …, ratings: … }`"),
        ("within", Form::Mapping, "write the days and the step: `within: { days: 10, after: delivered }`"),
    ],
    made: &[
        ("evaluation", "no seal is written by hand: remove it, and let `appraise finish` seal the evaluation"),
        ("previous", "no amendment is written by hand: `appraise amend` makes it, with the value that was there"),
        ("fingerprint", "no amendment is written by hand: `appraise amend` makes it, with the value that was there"),
    ],
    // Conditions are the mappings of which one key says what they are.
    keyed: Keyed {
        lacks: "this condition does not say what it is about",
        several: "each says what the condition is about",
        help: "write two conditions, in a list under `all:` or `any:`",
    },
};
