//! The codes of findings: one a rule, named for the fault, stable.
//!
//! To add a code: a row in the list below, with the folder of the rule's file; beside that file `CODE.md`, with the same
//! parts as its neighbors; and documents in `tests/documents`. `cargo bless` writes the guide and the schemas.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($variant:ident $folder:literal $name:literal)*) => {
        /// The kind of fault that a finding is about. The guide of codes ([`crate::guide::codes`]) lists them all.
        ///
        /// ```
        /// use appraise::Code;
        ///
        /// assert_eq!(Code::named("duplicate-id"), Some(Code::DuplicateId));
        /// assert_eq!(Code::DuplicateId.description(), "Two parts of the rubric have the same id.");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = include_str!(concat!("../", $folder, "/", $name, ".md"))] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the guide.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The stable name, in kebab case: `duplicate-id`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The file beside the rule, in Markdown.
            fn documentation(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("../", $folder, "/", $name, ".md")),)* }
            }
        }
    };
}

impl Code {
    /// The code with a name, such as `duplicate-id`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// One line that says what the code stands for.
    pub fn description(self) -> &'static str {
        self.documentation().lines().next().unwrap_or_default()
    }

    /// The fault that the rule finds, why it matters, an example, how to mend it and how to accept it, in Markdown.
    ///
    /// ```
    /// use appraise::Code;
    ///
    /// let text = Code::MissingEvidence.explanation();
    /// assert!(text.starts_with("A rating below expectations has no evidence.\n"));
    /// assert!(text.contains("allow: [{ code: missing-evidence, because:"));
    /// ```
    pub fn explanation(self) -> String {
        let text = self.documentation();
        let of_rubric =
            if self.is_of_evaluations() { "; in a rubric, it accepts the warning for all its evaluations" } else { "" };
        match self.accepted() {
            Accepted::Never => {
                format!("{text}\nAn error cannot be accepted: the document is used once it is mended.\n")
            }
            Accepted::Nowhere => text.to_owned(),
            Accepted::UnderAllow => format!(
                "{text}\nTo accept a warning, with the reason: `allow: [{{ code: {self}, because: … }}]` in the document; \
                 `at:` with an id accepts it for one part only{of_rubric}.\n"
            ),
        }
    }

    /// Whether a warning with the code can be accepted, by the last line of its documentation.
    fn accepted(self) -> Accepted {
        let severity = self.documentation().lines().last().unwrap_or_default();
        match severity.contains("warning") {
            false => Accepted::Never,
            true if severity.contains("cannot be accepted") => Accepted::Nowhere,
            true => Accepted::UnderAllow,
        }
    }

    /// Whether a finding of the kind is about an evaluation, so that a rubric can accept it for all of its own.
    pub(crate) fn is_of_evaluations(self) -> bool {
        self >= Self::UnknownRubric || self == Self::StudentData
    }
}

/// How a finding can be silenced.
enum Accepted {
    /// An error is mended, not silenced.
    Never,
    /// A warning about something that has no `allow`.
    Nowhere,
    UnderAllow,
}

codes! {
    // Any document: the text.
    Unreadable "diagnostic" "unreadable"
    NotUtf8 "source" "not-utf8"
    TooLarge "source" "too-large"
    EmptyDocument "source" "empty-document"
    NotYaml "source" "not-yaml"
    TooDeep "source" "too-deep"
    TooManyNodes "source" "too-many-nodes"
    SeveralDocuments "source" "several-documents"
    Tag "source" "tag"
    MergeKey "source" "merge-key"
    // Any document: the shape.
    WrongType "source" "wrong-type"
    NotText "source" "not-text"
    CutText "source" "cut-text"
    LookalikeCharacter "source" "lookalike-character"
    GarbledText "source" "garbled-text"
    ControlCharacter "source" "control-character"
    UnknownKey "source" "unknown-key"
    MissingKey "source" "missing-key"
    DuplicateKey "source" "duplicate-key"
    UnknownChoice "source" "unknown-choice"
    BadNumber "source" "bad-number"
    LeadingZero "source" "leading-zero"
    UnsupportedFormat "check" "unsupported-format"
    // Any document: the meaning of single values.
    MalformedId "check" "malformed-id"
    BlankText "check" "blank-text"
    BadVersion "check" "bad-version"
    BadDate "syntax" "bad-date"
    UnlikelyDate "check" "unlikely-date"
    BadLanguage "check" "bad-language"
    BadPeriod "check" "bad-period"
    StudentData "check/privacy" "student-data"
    UnusedAllow "check" "unused-allow"
    UnknownCode "check" "unknown-code"
    // Tables.
    UnclosedQuote "table" "unclosed-quote"
    UnknownColumn "table" "unknown-column"
    DuplicateColumn "table" "duplicate-column"
    MissingColumn "table" "missing-column"
    TitleRow "table" "title-row"
    UnevenRow "table" "uneven-row"
    ConflictingCell "table" "conflicting-cell"
    // Rubrics.
    DuplicateId "check/rubric" "duplicate-id"
    MangledCode "check/rubric" "mangled-code"
    SpreadsheetError "check/rubric" "spreadsheet-error"
    DuplicateCode "check/rubric" "duplicate-code"
    ReservedId "check/rubric" "reserved-id"
    LongTitle "check" "long-title"
    EmptyRubric "check/rubric" "empty-rubric"
    EmptyDomain "check/rubric" "empty-domain"
    MixedDomain "check/rubric" "mixed-domain"
    EmptyCompetency "check/rubric" "empty-competency"
    TooManyIndicators "check/rubric" "too-many-indicators"
    ShortScale "check/rubric" "short-scale"
    LongScale "check/rubric" "long-scale"
    ReversedScale "check" "reversed-scale"
    NotRatedAsLevel "check/rubric" "not-rated-as-level"
    DuplicateLevel "check/rubric" "duplicate-level"
    UnknownLevel "check" "unknown-level"
    UnknownScale "check/rubric" "unknown-scale"
    UnusedScale "check/rubric" "unused-scale"
    SameTitle "check/rubric" "same-title"
    SameStatements "check/rubric" "same-statements"
    SameDescriptors "check/rubric" "same-descriptors"
    MissingDescriptors "check/rubric" "missing-descriptors"
    UnexpectedDescriptor "check/rubric" "unexpected-descriptor"
    UnusedDerive "check/rubric" "unused-derive"
    UnderivableLevel "check/rubric" "underivable-level"
    UnreachableLevel "check/rubric" "unreachable-level"
    TooManyPractices "check/rubric" "too-many-practices"
    UnknownQualification "check/rubric" "unknown-qualification"
    UnknownNode "check" "unknown-node"
    NoCompetencies "check/rubric" "no-competencies"
    UnknownPlaceholder "check/rubric" "unknown-placeholder"
    NotAPlaceholder "check/rubric" "not-a-placeholder"
    AmbiguousDue "check/rubric" "ambiguous-due"
    // Rubrics that extend another.
    MalformedBase "overlay" "malformed-base"
    UnknownBase "library" "unknown-base"
    FaultyBase "library" "faulty-base"
    CircularBase "library" "circular-base"
    ConflictingOperations "overlay" "conflicting-operations"
    NotChangeable "overlay" "not-changeable"
    MisplacedNode "overlay" "misplaced-node"
    // Scoring policies.
    UnknownStep "check/scoring" "unknown-step"
    TooManySteps "check/scoring" "too-many-steps"
    LaterStep "check/scoring" "later-step"
    WrongKind "check/scoring" "wrong-kind"
    MisplacedKey "check/scoring" "misplaced-key"
    EmptyList "check/scoring" "empty-list"
    RepeatedItem "check/scoring" "repeated-item"
    EmptyStep "check/scoring" "empty-step"
    MissingMembers "check/scoring" "missing-members"
    MissingMeetsAt "check/scoring" "missing-meets-at"
    UnknownRating "check/scoring" "unknown-rating"
    MissingPoints "check/scoring" "missing-points"
    PointsNotRising "check/scoring" "points-not-rising"
    PointsForNotRated "check/scoring" "points-for-not-rated"
    UnusedPoints "check/scoring" "unused-points"
    MissingWeight "check/scoring" "missing-weight"
    UnknownMember "check/scoring" "unknown-member"
    WeightsTotal "check/scoring" "weights-total"
    BadRange "check/scoring" "bad-range"
    BandsOutOfOrder "check/scoring" "bands-out-of-order"
    BandGap "check/scoring" "band-gap"
    BandOverlap "check/scoring" "band-overlap"
    UndeclaredRounding "check/scoring" "undeclared-rounding"
    MissingCell "check/scoring" "missing-cell"
    UnknownCell "check/scoring" "unknown-cell"
    RuleAfterCatchAll "check/scoring" "rule-after-catch-all"
    AmbiguousCondition "check/scoring" "ambiguous-condition"
    AmbiguousLimit "check/scoring" "ambiguous-limit"
    AmbiguousInput "check/scoring" "ambiguous-input"
    ScoreBelowBands "check/scoring" "score-below-bands"
    ScoreAboveBands "check/scoring" "score-above-bands"
    NoRuleDecides "check/scoring" "no-rule-decides"
    UnreachableRating "check/scoring" "unreachable-rating"
    IdleRule "check/scoring" "idle-rule"
    UnknownBeforeCatchAll "check/scoring" "unknown-before-catch-all"
    IdleAdjustment "check/scoring" "idle-adjustment"
    IdleRow "check/scoring" "idle-row"
    ContradictoryLimits "check/scoring" "contradictory-limits"
    IdleLimit "check/scoring" "idle-limit"
    IdleFlag "check/scoring" "idle-flag"
    FallingMatrix "check/scoring" "falling-matrix"
    FallingResult "check/scoring" "falling-result"
    FractionalPercent "check/scoring" "fractional-percent"
    MissingClause "check/scoring" "missing-clause"
    CompensationParadox "check/scoring" "compensation-paradox"
    LoweredSum "check/scoring" "lowered-sum"
    NotProven "check/scoring" "not-proven"
    UnreachablePolicy "check/scoring" "unreachable-policy"
    UnusedStep "check/scoring" "unused-step"
    UnusedInput "check/scoring" "unused-input"
    // Evaluations.
    UnknownRubric "check/evaluation" "unknown-rubric"
    OtherVersion "check/evaluation" "other-version"
    OtherFingerprint "check/evaluation" "other-fingerprint"
    OtherSubject "check/evaluation" "other-subject"
    OutsideEffective "check/evaluation" "outside-effective"
    NoEvaluator "check/evaluation" "no-evaluator"
    DuplicateEvaluator "check/evaluation" "duplicate-evaluator"
    SimilarId "check/evaluation" "similar-id"
    UnknownEvaluator "check/evaluation" "unknown-evaluator"
    MissingEvaluator "check/evaluation" "missing-evaluator"
    UnqualifiedEvaluator "check/evaluation" "unqualified-evaluator"
    EmptyScope "check/evaluation" "empty-scope"
    UnscoredScope "check/evaluation" "unscored-scope"
    UnknownIndicator "check/evaluation" "unknown-indicator"
    DuplicateRating "check/evaluation" "duplicate-rating"
    OutOfScope "check/evaluation" "out-of-scope"
    UnknownPractice "check/evaluation" "unknown-practice"
    MissingPractices "check/evaluation" "missing-practices"
    OtherThanDerived "check/evaluation" "other-than-derived"
    MissingComment "check/evaluation" "missing-comment"
    MissingEvidence "check/evaluation" "missing-evidence"
    OutsidePeriod "check/evaluation" "outside-period"
    UnfilledPlaceholder "check/evaluation" "unfilled-placeholder"
    LongPeriod "check/evaluation" "long-period"
    DatesOutOfOrder "check/evaluation" "dates-out-of-order"
    OutsideCalendar "check/evaluation" "outside-calendar"
    MissingEvent "check/evaluation" "missing-event"
    ExcessFte "check/evaluation" "excess-fte"
    OwnEvaluator "check/evaluation" "own-evaluator"
    OtherEvaluator "check/evaluation" "other-evaluator"
    UnknownPerson "check/evaluation" "unknown-person"
    UndatedResponse "check/evaluation" "undated-response"
    Incomplete "check/evaluation" "incomplete"
    BrokenSeal "check/evaluation" "broken-seal"
    SealedEvaluation "check/evaluation" "sealed-evaluation"
    UnknownNarrative "check/evaluation" "unknown-narrative"
    MissingNarrative "check/evaluation" "missing-narrative"
    OtherEvaluation "check/evaluation" "other-evaluation"
    OverlappingScope "check/evaluation" "overlapping-scope"
    ConflictingValue "check/evaluation" "conflicting-value"
    UnknownObservation "check/evaluation" "unknown-observation"
    MissingObservation "check/evaluation" "missing-observation"
    TooManyObservations "check/evaluation" "too-many-observations"
    UnknownServiceData "check/evaluation" "unknown-service-data"
    UnknownSupervision "check/evaluation" "unknown-supervision"
    RepeatedSupervision "check/evaluation" "repeated-supervision"
    UnknownInput "check/evaluation" "unknown-input"
    MissingInput "check/evaluation" "missing-input"
    MissingEntry "check/evaluation" "missing-entry"
    ShortSum "check/evaluation" "short-sum"
    MissingRationale "check/evaluation" "missing-rationale"
    ForbiddenEntry "check/evaluation" "forbidden-entry"
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
        let codes: Vec<_> = Self::ALL
            .iter()
            .map(|code| schemars::json_schema!({ "const": code.as_str(), "description": code.description() }))
            .collect();
        schemars::json_schema!({ "description": "What kind of fault a finding is about.", "type": "string", "oneOf": codes })
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
