//! The reasons of a result, in lines that a reader can follow with pencil and paper.

use crate::exact::{Exact, RoundingMode};
use crate::syntax::scoring::Take;

/// One line of the explanation of a result. `Display` writes the line in English; a host that writes its own uses the
/// fields. Texts are labels of the rubric and the policy.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let summative = scorecard.summative().expect("the policy's last step has one result");
/// let lines: Vec<String> = summative.reasons().iter().map(ToString::to_string).collect();
/// assert_eq!(lines[1], "mean of 1 score = 3.58");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// Members that are not in the number.
    LeftOut {
        /// The reason.
        why: LeftOut,
        /// The members, by name.
        members: Vec<String>,
    },
    /// Indicators with a choice that is no rating and counts as a level, by the rubric's own words.
    CountedAs {
        /// The choice, by its label.
        choice: String,
        /// The level that it counts as, by its label.
        level: String,
        /// The indicators, by their codes.
        indicators: Vec<String>,
    },
    /// The source of an input that is the result of an earlier evaluation.
    FromHistory {
        /// The label of the input.
        input: String,
        /// The evaluation and the result, "2024-25, Summative rating: 3.2"; "entered" for a value that the evaluation gives itself;
        /// "2024-25, Summative rating: not at hand" where it has no value.
        source: String,
    },
    /// The terms of the number, one after another.
    Terms {
        /// The members; equal ones as one term.
        terms: Vec<Term>,
        /// Their sum, each multiplied by its factor; `None` where they are not added up.
        sum: Option<Exact>,
    },
    /// The number that was taken of the members.
    Taken {
        /// The way in which the number is taken.
        take: Take,
        /// The number of members.
        members: u64,
        /// Whether the members are ratings of indicators; else they are scores or ratings of earlier steps.
        of_ratings: bool,
        /// The total weight of the members, where they have weights.
        weight: Option<Exact>,
        /// The number of members that meet expectations, where their share is taken.
        met: Option<u64>,
        /// The number.
        number: Exact,
        /// The highest sum that these members can come to, where a step is the plain sum of indicators with points of their own, or with numbers.
        possible: Option<Exact>,
    },
    /// The number was moved from one range into another.
    Rescaled {
        /// The range it was in.
        from: (Exact, Exact),
        /// The range it is in.
        to: (Exact, Exact),
        /// The number before.
        before: Exact,
        /// The number after.
        after: Exact,
    },
    /// A constant was added to the number.
    Adjusted {
        /// The constant. Where an input says how often it was added, its factor and label are those of the input; else it
        /// has neither.
        add: Term,
        /// The condition that was true; `None` for an unconditional adjustment.
        when: Option<Fact>,
        /// The number before.
        before: Exact,
        /// The number after.
        after: Exact,
    },
    /// The number was outside its bounds.
    Clamped {
        /// The number before.
        before: Exact,
        /// The bound, which is the number after.
        after: Exact,
    },
    /// A look-up table gives another number for it.
    Converted {
        /// The lower bound of its row, inclusive.
        from: Exact,
        /// The next row's lower bound; `None` for the last.
        below: Option<Exact>,
        /// The number before.
        before: Exact,
        /// The number after.
        after: Exact,
    },
    /// The number was rounded.
    Rounded {
        /// The digits after the point.
        places: u32,
        /// The rounding mode.
        mode: RoundingMode,
        /// The number before.
        before: Exact,
        /// The number after.
        after: Exact,
    },
    /// The band that the number is in.
    Band {
        /// Its lower bound, inclusive.
        from: Exact,
        /// The next band's lower bound; `None` for the last.
        below: Option<Exact>,
        /// The number.
        number: Exact,
        /// The rating.
        rating: String,
    },
    /// A rule, which decided or did not.
    Rule {
        /// Its number in the policy, from 1.
        number: usize,
        /// The rating it gives.
        rating: String,
        /// Its condition; `None` for a catch-all.
        when: Option<Fact>,
        /// Whether the condition of a rule above it is unknown.
        past_unknown: bool,
    },
    /// The cell of a matrix.
    Cell {
        /// The label of the rating or input that chooses the row, and its value.
        row: (String, String),
        /// The label of the rating or input that chooses the column, and its value.
        column: (String, String),
        /// The rating.
        rating: String,
        /// The flag, if it has one.
        flag: Option<String>,
    },
    /// A person entered the rating.
    Entered {
        /// The rating.
        rating: String,
        /// The rationale, in the person's words.
        rationale: Option<String>,
    },
    /// A limit changed the rating.
    Limited {
        /// Whether it sets the greatest rating, else the least.
        at_most: bool,
        /// The condition that was true.
        when: Fact,
        /// The rating before.
        before: String,
        /// The rating after, which is the limit.
        after: String,
    },
    /// A limit, an adjustment or a flag whose condition is unknown.
    NotTold {
        /// The consequence if the condition were true: "limited to at most Has met", "adjusted by -1", "flagged review".
        would: String,
        /// The condition.
        when: Fact,
    },
    /// The points of the rating, which later steps see.
    Counts {
        /// The rating.
        rating: String,
        /// Its value in points.
        points: Exact,
        /// The computed number, which the points replace.
        computed: Option<Exact>,
    },
    /// A flag was raised.
    Flagged {
        /// The flag.
        flag: String,
        /// The condition that was true.
        when: Fact,
    },
    /// The clause that the step comes from.
    Because {
        /// The clause, as the policy gives it.
        clause: String,
    },
    /// A high rating makes up for a low one by the instrument's own words.
    Compensatory {
        /// The clause of the instrument, as the policy gives it.
        clause: String,
    },
    /// The evidence is insufficient for a result.
    Insufficient {
        /// The reason.
        why: Why,
    },
    /// A required value is missing.
    Blocked {
        /// The missing values, each as a clause: "2 indicators are unrated: 1.2, 1.3".
        by: Vec<String>,
    },
}

/// The reason why a member is left out of the number.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// # let services = &scorecard.steps()[0].results[1];
/// use appraise::{LeftOut, Reason};
///
/// let Some(Reason::LeftOut { why, members }) = services.reasons().iter().find(|reason| matches!(reason, Reason::LeftOut { .. }))
/// else {
///     panic!("one indicator was not observed");
/// };
/// assert_eq!((why, members.as_slice()), (&LeftOut::NotRated("Not observed".to_owned()), ["2.3".to_owned()].as_slice()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeftOut {
    /// An indicator with a not-rated level, by its label.
    NotRated(String),
    /// The member is out of the evaluation's scope.
    OutOfScope,
    /// An earlier result without a score or rating.
    WithoutResult,
    /// An optional input that was not given.
    NotGiven,
    /// An indicator rated with a number whose scale says nothing of expectations, where a share of what is met is taken.
    InNoShare,
}

/// The reason why the evidence is insufficient for a result.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score().what_if("p.yaml", POLICY).value.expect("it is sound").new;
/// # const POLICY: &str = "
/// # inputs: [{ id: growth, label: Student growth, from: 1, to: 4, optional: true }]
/// # steps: [{ id: growth_score, of: growth, take: mean }]";
/// use appraise::{Reason, Why};
///
/// // The only member of the step is an optional input, which is not given.
/// let reasons = scorecard.steps()[0].results[0].reasons();
/// assert!(reasons.iter().any(|reason| matches!(reason, Reason::Insufficient { why: Why::NoMember })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// None of the members has a score.
    NoMember,
    /// Too few of the members have a score.
    TooFew {
        /// The number of members with a score.
        have: u64,
        /// The number of members.
        all: u64,
        /// The required percentage.
        needed: Exact,
    },
    /// No indicator under the subject is rated.
    NothingRated,
    /// The number is below the first row of the look-up table.
    NoRow(Exact),
    /// No band holds the number.
    NoBand(Exact),
    /// No rule applies.
    NoRule,
    /// The value that chooses the row or column is missing.
    NoCell(String),
    /// The result depends on conditions that are unknown.
    Unknown {
        /// The possible results: labels of ratings, "no rating", "a score of 2.5", "flagged review".
        between: Vec<String>,
        /// The missing values, each as a clause: "2.3 has “Not observed”".
        missing: Vec<String>,
    },
}

/// A member, or several equal ones.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// # let planning = &scorecard.steps()[0].results[0];
/// use appraise::Reason;
///
/// let Some(Reason::Terms { terms, .. }) = planning.reasons().iter().find(|reason| matches!(reason, Reason::Terms { .. })) else {
///     panic!("a mean has terms");
/// };
/// assert_eq!((terms[0].label.as_str(), terms[0].indicators[0].as_str()), ("Developing", "1.2"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Term {
    /// The label of the level, domain, step or input.
    pub label: String,
    /// The number of equal members, or the member's weight; `None` for a single member without a weight.
    pub factor: Option<Exact>,
    /// Its value in points.
    pub number: Exact,
    /// The codes of the indicators behind the term; empty for other members.
    pub indicators: Vec<String>,
}

/// A condition with its outcome: the values found, the values needed, and the truth value. Of several conditions only the
/// deciding ones.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// # let summative = scorecard.summative().expect("the policy's last step has one result");
/// use appraise::Reason;
///
/// let Some(Reason::Limited { when, .. }) = summative.reasons().iter().find(|reason| matches!(reason, Reason::Limited { .. })) else {
///     panic!("a limit applied");
/// };
/// assert_eq!(when.holds, Some(true));
/// assert_eq!(when.text, "2 of 10 indicators are rated “Ineffective” or “Developing” (needs at least 2)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// The values found and the values needed, in words.
    pub text: String,
    /// The truth value; `None` when unknown.
    pub holds: Option<bool>,
}

impl Reason {
    /// Whether the line belongs at the head of its step or result: the clause, and the reason why no result exists.
    pub fn is_in_head(&self) -> bool {
        self.is_why_not() || matches!(self, Self::Because { .. })
    }

    /// Whether the line is the reason why no result exists.
    pub fn is_why_not(&self) -> bool {
        matches!(self, Self::Blocked { .. } | Self::Insufficient { .. })
    }
}
