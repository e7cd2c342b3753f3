//! Writes the reasons of a result in English.

use std::fmt;

use crate::exact::{Exact, RoundingMode};
use crate::syntax::scoring::Take;

use super::reason::{Fact, LeftOut, Reason, Term, Why};

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number.shown();
        match &self.factor {
            Some(factor) => write!(f, "{} × {number} ({})", factor.shown(), self.label),
            None => write!(f, "{number} ({})", self.label),
        }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRated(level) => write!(f, "with “{level}”"),
            Self::OutOfScope => f.write_str("not in the scope"),
            Self::WithoutResult => f.write_str("without a result"),
            Self::NotGiven => f.write_str("not given"),
            Self::InNoShare => f.write_str("rated on a scale without expectations"),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMember => f.write_str("nothing that goes into it has a score"),
            Self::TooFew { have, all, needed } => {
                let has = if *have == 1 { "has" } else { "have" };
                write!(f, "{have} of {all} {has} a score, which is less than {} %", needed.shown())
            }
            Self::NothingRated => f.write_str("no indicator is rated"),
            Self::NoRow(number) => write!(f, "the look-up table begins above {}", number.shown_near()),
            Self::NoBand(number) => write!(f, "no band holds {}", number.shown()),
            Self::NoRule => f.write_str("no rule applies"),
            Self::NoCell(what) => write!(f, "{what} has no rating"),
            Self::Unknown { between, missing } => {
                // Of many scores only the first and the last are named.
                let between = match between.as_slice() {
                    [first, .., last] if between.len() > MOST_BETWEEN => format!("from {first} to {last}"),
                    [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
                    all => all.concat(),
                };
                write!(f, "{between}, depending on missing evidence: {}", missing.join("; "))
            }
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeftOut { why, members } => {
                let count = members.len();
                write!(f, "left out: {count} {why}: {}", members.join(", "))
            }
            Self::CountedAs { choice, level, indicators } => {
                write!(f, "counted as “{level}”: {} with “{choice}”: {}", indicators.len(), indicators.join(", "))
            }
            Self::FromHistory { input, source } => write!(f, "{input}: {source}"),
            Self::Terms { terms, sum } => {
                let said: Vec<String> = terms.iter().map(Term::to_string).collect();
                // A single number is its own sum.
                let is_sum = !matches!(terms.as_slice(), [term] if term.factor.is_none());
                match sum.as_ref().filter(|_| is_sum) {
                    Some(sum) => write!(f, "{} = {}", said.join(" + "), sum.shown()),
                    None => f.write_str(&said.join(", ")),
                }
            }
            Self::Taken { members, met: Some(met), number, .. } => {
                write!(f, "{met} of {members} ratings meet expectations, which is {} %", number.shown_near())
            }
            Self::Taken { take, members, of_ratings, weight, number, possible, .. } => {
                let how = match take {
                    Take::Mean => "mean",
                    Take::Sum => "sum",
                    Take::Median => "median",
                    Take::Lowest => "lowest",
                    Take::Highest => "highest",
                    Take::ShareMeeting => "share",
                };
                let what = match (*of_ratings, *members == 1) {
                    (true, true) => "rating",
                    (true, false) => "ratings",
                    (false, true) => "score",
                    (false, false) => "scores",
                };
                write!(f, "{how} of {members} {what}")?;
                if let Some(weight) = weight {
                    match members {
                        1 => write!(f, ", divided by its weight of {},", weight.shown())?,
                        _ => write!(f, ", divided by their weights of {} together,", weight.shown())?,
                    }
                }
                write!(f, " = {}", number.shown_near())?;
                possible.as_ref().map_or(Ok(()), |possible| write!(f, " of {} possible", possible.shown()))
            }
            Self::Rescaled { from, to, before, after } => write!(
                f,
                "moved from {}–{} into {}–{}: {} becomes {}",
                from.0.shown(),
                from.1.shown(),
                to.0.shown(),
                to.1.shown(),
                before.shown_near(),
                after.shown_near()
            ),
            Self::Adjusted { add, when, before, after } => {
                write!(f, "adjusted by {}: {} becomes {}", added(add), before.shown_near(), after.shown_near())?;
                because(f, when.as_ref())
            }
            Self::Clamped { before, after } => {
                let bound = if before < after { "least" } else { "greatest" };
                write!(f, "{} becomes {}, the {bound} there is", before.shown_near(), after.shown())
            }
            Self::Converted { from, below, before, after } => {
                within(f, from, below.as_ref(), before)?;
                write!(f, " in the look-up table: becomes {}", after.shown())
            }
            Self::Rounded { places, mode, before, after } => {
                let how = match mode {
                    RoundingMode::HalfUp => "rounded, a half up,",
                    RoundingMode::HalfEven => "rounded, a half to the even digit,",
                    RoundingMode::Truncate => "cut off",
                    RoundingMode::Ceiling => "rounded up",
                    RoundingMode::Floor => "rounded down",
                };
                let ending = if *places == 1 { "" } else { "s" };
                write!(f, "{how} to {places} place{ending}: {} becomes {}", before.shown_near(), after.shown())
            }
            Self::Band { from, below, number, rating } => {
                within(f, from, below.as_ref(), number)?;
                write!(f, ": {rating}")
            }
            Self::Rule { number, rating, when: Some(when @ Fact { holds: Some(false), .. }), .. } => {
                write!(f, "rule {number}, for {rating}, does not apply: {when}")
            }
            Self::Rule { number, rating, when: Some(when @ Fact { holds: None, .. }), .. } => {
                write!(f, "rule {number}, for {rating}, is undecided: {when}")
            }
            Self::Rule { number, rating, when, past_unknown: true } => {
                write!(f, "rule {number}: {rating}, unless an undecided rule above it applies")?;
                because(f, when.as_ref())
            }
            Self::Rule { number, rating, when, .. } => match when {
                None if *number == 1 => write!(f, "rule 1 decides: {rating}, for everybody"),
                None => write!(f, "rule {number} decides: {rating}, since no rule above it applies"),
                Some(when) => write!(f, "rule {number} decides: {rating}, because {when}"),
            },
            Self::Cell { row, column, rating, flag } => {
                write!(f, "row {} = {}, column {} = {}: {rating}", row.0, row.1, column.0, column.1)?;
                flag.as_ref().map_or(Ok(()), |flag| write!(f, ", flagged {flag}"))
            }
            Self::Entered { rating, rationale } => {
                write!(f, "entered by the evaluator: {rating}")?;
                rationale.as_ref().map_or(Ok(()), |rationale| write!(f, ", because: {rationale}"))
            }
            Self::Limited { at_most, when, before, after } => {
                let bound = if *at_most { "at most" } else { "at least" };
                write!(f, "{bound} {after}: {before} becomes {after}")?;
                because(f, Some(when))
            }
            Self::NotTold { would, when } => write!(f, "undecided whether {would}: {when}"),
            Self::Counts { rating, points, computed } => {
                write!(f, "{rating} counts {}", points.shown())?;
                let other = computed.as_ref().filter(|computed| *computed != points);
                other.map_or(Ok(()), |computed| write!(f, ", in place of {}", computed.shown_near()))
            }
            Self::Flagged { flag, when } => {
                write!(f, "flagged {flag}")?;
                because(f, Some(when))
            }
            Self::Because { clause } => write!(f, "from: {clause}"),
            Self::Compensatory { clause } => write!(f, "a high rating makes up for a low one, from: {clause}"),
            Self::Insufficient { why } => write!(f, "insufficient evidence: {why}"),
            Self::Blocked { by } => write!(f, "blocked: {}", by.join("; ")),
        }
    }
}

/// The most possible results that are named one by one; of more, the first and the last are named.
const MOST_BETWEEN: usize = 8;

/// The amount of an adjustment: "+60", "-10", "3 × -5 (Number of infractions)".
pub(super) fn added(add: &Term) -> String {
    match &add.factor {
        Some(_) => add.to_string(),
        None => format!("{}{}", if add.number.is_negative() { "" } else { "+" }, add.number.shown()),
    }
}

/// "2.5 ≤ 3 < 3.5".
fn within(f: &mut fmt::Formatter<'_>, from: &Exact, below: Option<&Exact>, number: &Exact) -> fmt::Result {
    write!(f, "{} ≤ {}", from.shown(), number.shown_near())?;
    below.map_or(Ok(()), |below| write!(f, " < {}", below.shown()))
}

fn because(f: &mut fmt::Formatter<'_>, when: Option<&Fact>) -> fmt::Result {
    when.map_or(Ok(()), |when| write!(f, ", because {when}"))
}
