//! The codes of findings: one a rule, named for the fault, stable.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($variant:ident $name:literal $description:literal)*) => {
        /// What kind of fault a finding is about. The list, with a line for each, is the guide of codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $description] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the guide of codes.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The stable name, in kebab case: `duplicate-id`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Whether a finding of the kind is about an evaluation, so that a rubric can accept it for all of its own.
            pub(crate) fn is_of_evaluations(self) -> bool {
                self >= Self::UnknownRubric || self == Self::StudentData
            }

            /// One line that says what the code stands for.
            pub fn description(self) -> &'static str {
                match self { $(Code::$variant => $description,)* }
            }
        }
    };
}

codes! {
    // Any document: the text.
    Unreadable "unreadable" "The file cannot be opened or read."
    NotUtf8 "not-utf8" "The file is not text in UTF-8."
    TooLarge "too-large" "The document is larger than 4 MiB, or its aliases repeat more than 8 MiB of text."
    EmptyDocument "empty-document" "The document has no content."
    NotYaml "not-yaml" "The text is neither YAML nor JSON; nothing after this place was read."
    TooDeep "too-deep" "Lists and mappings are nested more than 64 deep."
    TooManyNodes "too-many-nodes" "The document has more than 100,000 values, aliases counted as what they stand for."
    SeveralDocuments "several-documents" "A second document begins in the same file."
    Tag "tag" "A YAML tag (`!name`) stands where only plain data is read."
    MergeKey "merge-key" "A YAML merge key (`<<`) stands where only plain data is read."
    // Any document: the shape.
    WrongType "wrong-type" "A value is of another kind than its key wants."
    NotText "not-text" "YAML reads an unquoted text as a number, a truth value or nothing."
    CutText "cut-text" "A ` #` begins an unquoted text, or cuts it short, for YAML takes the rest for a comment; or, within braces, a `,` does."
    LookalikeCharacter "lookalike-character" "A character stands where YAML wants one that looks like it: a no-break space, a long dash, a curly quotation mark."
    GarbledText "garbled-text" "A text was read in another encoding than it was written in, or has lost characters."
    ControlCharacter "control-character" "A text holds a control character, which nobody can see."
    UnknownKey "unknown-key" "A key is not known here."
    MissingKey "missing-key" "A required key is missing."
    DuplicateKey "duplicate-key" "A key stands twice in one mapping."
    UnknownChoice "unknown-choice" "A value is none of those that its key allows."
    BadNumber "bad-number" "A number has too many digits, or is outside its range."
    LeadingZero "leading-zero" "A number begins with a zero, which some readers take for a number to the base of eight."
    UnsupportedFormat "unsupported-format" "The document's `format` is newer than this program."
    // Any document: the meaning of single values.
    MalformedId "malformed-id" "An id is not a lower-case letter followed by lower-case letters, digits and underscores."
    BlankText "blank-text" "A required text is empty or only white space."
    BadVersion "bad-version" "A version is not a semantic version such as 1.0.0."
    BadDate "bad-date" "A date is not a day of the calendar written as 2026-06-30, or its year has two digits."
    UnlikelyDate "unlikely-date" "A date is before 1900, or long after the evaluation's period."
    BadLanguage "bad-language" "A language is not written as a tag such as en-US."
    BadPeriod "bad-period" "A period ends before it begins."
    StudentData "student-data" "A text holds what may identify a student: a name beside a grade, plan or parent, a telephone number, e-mail or home address, date of birth, or a student's, social security or benefit number."
    UnusedAllow "unused-allow" "An entry under `allow` silences nothing."
    UnknownCode "unknown-code" "An entry under `allow` names a code that does not exist."
    // Tables.
    UnclosedQuote "unclosed-quote" "A quoted cell of a table is not closed, or text stands behind its closing quote."
    UnknownColumn "unknown-column" "A column of a table is neither known nor a level of the scale."
    DuplicateColumn "duplicate-column" "Two columns of a table hold the same."
    MissingColumn "missing-column" "A table lacks a column, or its first row does not name the columns."
    TitleRow "title-row" "Rows stand above the one that names the columns of a table."
    UnevenRow "uneven-row" "A row of a table has more or fewer cells than there are columns."
    ConflictingCell "conflicting-cell" "A cell says something else of a domain or competency than a row above."
    // Rubrics.
    DuplicateId "duplicate-id" "Two parts of the rubric have the same id."
    MangledCode "mangled-code" "A spreadsheet turned a printed number into a date, a day or a power of ten."
    SpreadsheetError "spreadsheet-error" "An error of a spreadsheet, such as #REF!, stands in place of a text."
    DuplicateCode "duplicate-code" "Two parts of the rubric are printed with the same number."
    ReservedId "reserved-id" "An id is a word that policies use for something else."
    LongTitle "long-title" "A title is longer than 50 characters."
    EmptyRubric "empty-rubric" "The rubric has no domain."
    EmptyDomain "empty-domain" "A domain has neither competencies nor indicators."
    MixedDomain "mixed-domain" "A domain has both competencies and indicators of its own."
    EmptyCompetency "empty-competency" "A competency has no indicator."
    TooManyIndicators "too-many-indicators" "The rubric has more than 10,000 indicators."
    ShortScale "short-scale" "The scale has fewer than two levels."
    LongScale "long-scale" "The scale has more than 20 levels and choices."
    ReversedScale "reversed-scale" "The levels read highest first, but the first is taken for the lowest; or the reverse."
    NotRatedAsLevel "not-rated-as-level" "A level is named like a choice that is no rating, such as N/A."
    DuplicateLevel "duplicate-level" "Two levels of the scale have the same id."
    UnknownLevel "unknown-level" "A level is not one of the scale's."
    SameTitle "same-title" "Two domains, or two competencies of a domain, have titles that differ only in case, white space or Unicode form, if at all."
    SameStatements "same-statements" "Two indicators have the same statement."
    SameDescriptors "same-descriptors" "Two levels of an indicator are described with the same words."
    MissingDescriptors "missing-descriptors" "An indicator describes some of its levels, but not all."
    UnexpectedDescriptor "unexpected-descriptor" "A level is described that the scale's `described` leaves out."
    UnknownQualification "unknown-qualification" "A qualification is not one of the rubric's."
    UnknownNode "unknown-node" "An id is no domain, competency or indicator of the rubric."
    UnknownPlaceholder "unknown-placeholder" "A goal text has a placeholder that is not known."
    NotAPlaceholder "not-a-placeholder" "A goal text has template syntax other than a `{{ dotted.name }}`."
    AmbiguousDue "ambiguous-due" "A goal's `due` must give one of `in_days` and `by`."
    // Rubrics that extend another.
    MalformedBase "malformed-base" "`extends` is not the id of a rubric, with or without a version such as `id@1`."
    UnknownBase "unknown-base" "The rubric that `extends` names is not at hand, or not in such a version."
    FaultyBase "faulty-base" "The rubric that `extends` names has errors itself."
    CircularBase "circular-base" "Rubrics extend one another in a circle."
    ConflictingOperations "conflicting-operations" "Two operations on the base contradict each other."
    NotChangeable "not-changeable" "`change` gives an id or children, or an overlay gives domains; other operations do that."
    MisplacedNode "misplaced-node" "`add` or `move` puts something where it cannot stand."
    // Scoring policies.
    UnknownStep "unknown-step" "A step of the scoring policy is named that does not exist."
    TooManySteps "too-many-steps" "The scoring policy has more than 100 steps."
    LaterStep "later-step" "A step reads itself, or a step that stands below it."
    WrongKind "wrong-kind" "A name stands for another kind of thing than is wanted there."
    MisplacedKey "misplaced-key" "A key stands beside others that it does not go with, or without one that it needs."
    EmptyList "empty-list" "A part of the scoring policy has nothing in it."
    RepeatedItem "repeated-item" "A list of the scoring policy names something twice."
    EmptyStep "empty-step" "A step neither takes a number nor gives a rating."
    MissingMembers "missing-members" "A step takes a number, but does not say of what."
    MissingMeetsAt "missing-meets-at" "Nothing says which of the levels meets expectations."
    UnknownRating "unknown-rating" "A rating is none of its step's levels, or a choice none of its input's."
    MissingPoints "missing-points" "Something is counted that has no points."
    PointsNotRising "points-not-rising" "Points do not rise with the levels."
    PointsForNotRated "points-for-not-rated" "A choice that is no rating has points."
    MissingWeight "missing-weight" "Weights do not name every member."
    UnknownMember "unknown-member" "Weights name something that is no member."
    WeightsTotal "weights-total" "The weights of a mean add up neither to 100 nor to 1."
    BadRange "bad-range" "A range does not end above where it begins."
    BandsOutOfOrder "bands-out-of-order" "The lower bounds of bands do not rise."
    BandGap "band-gap" "Scores can come out between two bands."
    BandOverlap "band-overlap" "A band ends above where the next one begins."
    UndeclaredRounding "undeclared-rounding" "The bounds of bands want rounded scores, but nothing is rounded."
    MissingCell "missing-cell" "A matrix has no cell for a row and a column."
    UnknownCell "unknown-cell" "A matrix has a row or a column that nothing leads to."
    RuleAfterCatchAll "rule-after-catch-all" "A rule stands below one that takes all that is left."
    AmbiguousCondition "ambiguous-condition" "A condition gives nothing to compare with, or two things."
    AmbiguousLimit "ambiguous-limit" "A limit must give one of `at_most` and `at_least`."
    AmbiguousInput "ambiguous-input" "An input must give a range of numbers, or choices."
    ScoreBelowBands "score-below-bands" "Scores can come out below the first band."
    ScoreAboveBands "score-above-bands" "Scores can come out above the end of the last band."
    NoRuleDecides "no-rule-decides" "Rules can end without a rating."
    UnreachableRating "unreachable-rating" "No ratings lead to one of a step's levels."
    IdleRule "idle-rule" "A rule can never decide."
    UnknownBeforeCatchAll "unknown-before-catch-all" "A last rule that takes all that is left is reached only past an unknown condition."
    IdleAdjustment "idle-adjustment" "Nothing is ever added where it says so."
    ContradictoryLimits "contradictory-limits" "Two limits can apply at once, and one asks for a higher rating than the other allows."
    IdleLimit "idle-limit" "A limit can never change a rating."
    IdleFlag "idle-flag" "A flag can never be raised."
    FallingMatrix "falling-matrix" "A matrix gives a lower rating for a higher row or column."
    MissingClause "missing-clause" "A policy is compensatory, and does not say which clause makes it so."
    CompensationParadox "compensation-paradox" "A rating can meet expectations although a member is at its lowest level."
    LoweredSum "lowered-sum" "What has no score lowers a sum, as a 0 would."
    NotProven "not-proven" "Whether something can happen under a policy could not be decided."
    UnusedStep "unused-step" "Nothing uses the result of a step."
    UnusedInput "unused-input" "Nothing uses an input."
    // Evaluations.
    UnknownRubric "unknown-rubric" "The evaluation names a rubric that is not at hand."
    OtherVersion "other-version" "The evaluation was made against another version of the rubric."
    OtherFingerprint "other-fingerprint" "The evaluation was made against a rubric with other text."
    OtherSubject "other-subject" "The evaluation is about an employee where the rubric is about an organization, or the reverse."
    OutsideEffective "outside-effective" "The evaluation's period is not within the time the rubric is in effect."
    NoEvaluator "no-evaluator" "The evaluation has no evaluator."
    DuplicateEvaluator "duplicate-evaluator" "Two evaluators have the same id."
    SimilarId "similar-id" "The ids of two evaluators differ only in case, white space or Unicode form."
    UnknownEvaluator "unknown-evaluator" "A rating is by somebody who is not among the evaluators."
    MissingEvaluator "missing-evaluator" "A rating does not say which of several evaluators gave it."
    UnqualifiedEvaluator "unqualified-evaluator" "A rating is by an evaluator without the qualification that the indicator wants."
    EmptyScope "empty-scope" "The evaluation answers for nothing: its scope is empty, or all of it is not assigned."
    UnknownIndicator "unknown-indicator" "A rating or goal is for an indicator that the rubric does not have."
    DuplicateRating "duplicate-rating" "An indicator is rated twice."
    OutOfScope "out-of-scope" "A rating is for an indicator outside the evaluation's scope."
    MissingComment "missing-comment" "A rating at a level that wants a comment has none."
    MissingEvidence "missing-evidence" "A rating below expectations has no evidence."
    OutsidePeriod "outside-period" "Evidence is from before or after the evaluation's period."
    UnfilledPlaceholder "unfilled-placeholder" "The period, an id or a name is still the one that a form begins with."
    LongPeriod "long-period" "The evaluation's period is longer than 18 months."
    DatesOutOfOrder "dates-out-of-order" "Two dates of the evaluation contradict each other: hired after the period, completed before it or before its last evidence, acknowledged before it was delivered."
    ExcessFte "excess-fte" "The employee's assignments at one time add up to more than one full-time position."
    OwnEvaluator "own-evaluator" "The employee is among the evaluators of an evaluation that is no self-evaluation."
    UnknownPerson "unknown-person" "A response is by somebody who is neither the employee nor an evaluator."
    UndatedResponse "undated-response" "A response has no date."
    Incomplete "incomplete" "A final evaluation leaves an indicator in its scope unrated."
    OtherEvaluation "other-evaluation" "An evaluation that is combined with others is about another person, period or kind."
    OverlappingScope "overlapping-scope" "Two evaluations that are combined answer for the same indicator."
    ConflictingValue "conflicting-value" "Two evaluations that are combined say different things where only one can be kept."
    UnknownServiceData "unknown-service-data" "Service data is reported that the rubric does not ask for."
    UnknownInput "unknown-input" "An input is named that the scoring policy does not have."
    MissingInput "missing-input" "An input that the scoring policy asks for is missing."
    MissingEntry "missing-entry" "A rating that a person enters is missing from a final evaluation."
    ShortSum "short-sum" "A sum lacks members that the evaluation does not answer for; its bands are for all of them."
    MissingRationale "missing-rationale" "A rating that a person enters has no rationale."
    ForbiddenEntry "forbidden-entry" "A rating that a person enters is outside the limits of the scoring policy, or rests on nothing that is rated."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<_> = Self::ALL.iter().map(|code| code.as_str()).collect();
        schemars::json_schema!({ "description": "What kind of fault a finding is about.", "type": "string", "enum": names })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(
            names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
