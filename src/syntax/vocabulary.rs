//! The language's words beyond its keys: words of other formats, and the homes of misplaced keys.

use crate::source::{Keyed, Vocabulary};

/// The vocabulary of rubrics, scoring policies and evaluations.
pub(super) static VOCABULARY: Vocabulary = Vocabulary {
    beginning: "a rubric begins with `id:`, an evaluation with `rubric:`",
    called: &[
        ("from", &["min", "minimum", "lower"]),
        ("to", &["max", "maximum", "upper"]),
        ("rating", &["then", "else", "otherwise", "default", "level", "result"]),
        ("level", &["rating", "score"]),
        ("when", &["if", "condition", "where"]),
        ("round", &["rounding", "precision"]),
        ("take", &["method", "aggregate", "aggregation", "operation", "function"]),
        ("bands", &["cuts", "cutoffs", "cut_scores", "thresholds", "ranges"]),
        ("share", &["percent", "percentage"]),
        ("title", &["name", "heading"]),
        ("label", &["name", "title"]),
        ("statement", &["text", "description", "body"]),
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
        ("take", "a band", &["from", "to"]),
        ("take", "a rule, a limit or a flag", &["when"]),
        ("take", "a limit", &["at_most", "at_least"]),
        ("take", "`matrix`", &["rows", "columns", "cells"]),
    ],
    named: &[("scale", "define the scale under `scales:` at the rubric's top, by an id, and write the id here")],
    // Conditions are the mappings of which one key says what they are.
    keyed: Keyed {
        lacks: "this condition does not say what it is about",
        several: "each says what the condition is about",
        help: "write two conditions, in a list under `all:` or `any:`",
    },
};
