//! Turns proofs about a policy into findings: faults with a witness, and events that can never happen.

#![allow(clippy::arithmetic_side_effects, reason = "numbers of steps and of their parts, counted from one")]

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Severity};
use crate::exact::Exact;
use crate::policy::{self, Bound, Bounds, Event, Known, Policy, Rate, Witness};
use crate::source::{Either, Entries, Field, Finding, Findings, Number, Span, Word};
use crate::syntax::{Scoring, scoring};

use super::super::items;

/// The most results that are examined; no district has a tenth of them.
const MOST_RESULTS: usize = 5_000;

/// Proves what can be proven of a policy, all of whose steps are sound.
pub(super) fn prove(document: &Scoring, policy: &Policy, findings: &Findings) {
    if policy.slots > MOST_RESULTS {
        findings.warning(
            Code::NotProven,
            document.steps.span,
            format!("the steps have {} results: their outcomes are not proven", policy.slots),
            format!("up to {MOST_RESULTS} are examined; look at the bounds and rules yourself"),
        );
        return;
    }
    let known = policy.prove(Bounds::default());
    // One paradox is told, of the step that is nearest to the summative rating; none where the instrument wants it so.
    let is_shown = |known: &BTreeMap<Event, Known>| matches!(known.get(&Event::Paradox), Some(Known::Shown(_)));
    let paradox = known.iter().rposition(is_shown).filter(|_| policy.compensatory.is_none());
    let asks_for_paradox = paradox.is_none() && policy.compensatory.is_none();
    for ((number, known), (_, written)) in known.iter().enumerate().zip(items(Some(&document.steps))) {
        let Some(step) = policy.steps.get(number) else { continue };
        let proven = Proven { policy, step, written, known, findings };
        proven.table();
        proven.bands();
        proven.rules();
        proven.contradictions();
        proven.idle();
        proven.falling();
        proven.unreachable();
        if paradox == Some(number) {
            proven.paradox();
        }
        proven.open(asks_for_paradox);
    }
}

/// A gap between the printed bounds of two bands, with what shows it.
pub(super) fn gap(place: Span, upper: &Exact, next: &Exact, shown: Option<(&Exact, String)>) -> Finding {
    let printed = upper.places().unwrap_or(0).max(next.places().unwrap_or(0));
    let unit = Exact::from(10u64.pow(printed.min(18))).inverse();
    let lies_between = match &shown {
        Some((number, _)) => format!("ratings can come to {}, which no band holds", number.shown()),
        None => format!("a score between {} and {} has no band", upper.shown(), next.shown()),
    };
    let example = shown.map(|(_, example)| format!("{example}; ")).unwrap_or_default();
    if next - upper <= unit {
        let message = format!("{lies_between}: the bounds want scores rounded as they are printed");
        let help =
            format!("{example}add `round: {{ places: {printed}, mode: … }}` as the clause has it, or leave `to` out");
        Finding::new(Severity::Error, Code::UndeclaredRounding, place, message, help)
    } else {
        let help = format!("{example}let the next band begin where this one ends, or leave `to` out");
        Finding::new(Severity::Error, Code::BandGap, place, lies_between, help)
    }
}

/// One step, and what is known of it.
pub(super) struct Proven<'a> {
    pub(super) policy: &'a Policy,
    pub(super) step: &'a crate::policy::Step,
    pub(super) written: &'a scoring::Step,
    pub(super) known: &'a BTreeMap<Event, Known>,
    findings: &'a Findings,
}

impl Proven<'_> {
    fn shown(&self, event: Event) -> Option<&Witness> {
        match self.known.get(&event)? {
            Known::Shown(witness) => Some(witness),
            Known::Never | Known::Open => None,
        }
    }

    pub(super) fn is_never(&self, event: Event) -> bool {
        matches!(self.known.get(&event), Some(Known::Never))
    }

    fn error(&self, code: Code, place: Span, message: String, help: String) {
        self.findings.error(code, place, message, help);
    }

    pub(super) fn warn(&self, code: Code, place: Span, message: String, help: &str) {
        let help = format!("{help}, or accept this under `allow`");
        self.findings.push(Finding::new(Severity::Warning, code, place, message, help).about(&self.step.id));
    }

    fn example(&self, witness: &Witness) -> String {
        format!("for example {}", self.policy.example(witness))
    }

    /// Whether a member is a rating that a person enters: it is there however few ratings are.
    fn has_entered_member(&self) -> bool {
        let is_entered = |step: &policy::Step| matches!(step.rate, Some(policy::Rate::Entered));
        match &self.step.of {
            Some(policy::Of::Results(of)) => self.policy.steps.get(*of).is_some_and(is_entered),
            Some(policy::Of::List(list)) => list.iter().any(|member| match member {
                policy::Single::Result(slot) => self.policy.at(*slot).is_some_and(|(step, _)| is_entered(step)),
                policy::Single::Input(_) => false,
            }),
            _ => false,
        }
    }

    /// Scores that no band holds.
    fn bands(&self) {
        let bands: Vec<&scoring::Band> = items(self.written.bands.as_ref()).map(|(_, band)| band).collect();
        if let (Some(witness), Some(first)) = (self.shown(Event::BelowBands), bands.first()) {
            self.below("band", witness, first.from.span);
        }
        let mut is_told = false;
        for (number, pair) in bands.windows(2).enumerate() {
            let (Some(witness), [band, next]) = (self.shown(Event::BetweenBands(number)), pair) else { continue };
            let (Some(to), Some(Number(from))) = (&band.to, next.from.get()) else { continue };
            let Some(Number(upper)) = to.get() else { continue };
            let score = witness.number.clone().unwrap_or_else(Exact::zero);
            let finding = gap(to.span, upper, from, Some((&score, self.example(witness))));
            // One rounding that is not declared opens all the gaps of a step.
            if finding.code != Code::UndeclaredRounding || !std::mem::replace(&mut is_told, true) {
                self.findings.push(finding);
            }
        }
        if let (Some(witness), Some(to)) =
            (self.shown(Event::AboveBands), bands.last().and_then(|band| band.to.as_ref()))
        {
            let number = witness.number.as_ref().map(Exact::shown).unwrap_or_default();
            let message = format!("ratings can come to {number}, which is above the end of the last band");
            let help = format!("{}; let it end higher, or leave `to` out", self.example(witness));
            self.error(Code::ScoreAboveBands, to.span, message, help);
        }
    }

    /// A number below the first band, or the first row of a look-up table.
    fn below(&self, what: &str, witness: &Witness, place: Span) {
        let number = witness.number.as_ref().map(Exact::shown).unwrap_or_default();
        let message = format!("ratings can come to {number}, which is below the first {what}");
        let lacks_a_rating = self.policy.lacks_a_rating(witness) && !self.has_entered_member();
        let asks = if self.step.takes_of_fewer() && lacks_a_rating {
            ", or ask for every member with `minimum_rated: 100`"
        } else {
            ""
        };
        let help = format!("{}; let the first {what} begin lower{asks}", self.example(witness));
        self.error(Code::ScoreBelowBands, place, message, help);
    }

    /// Numbers that no row of the look-up table holds, and rows beyond every number. A row between numbers is no mistake:
    /// a chart is made for more numbers than these ratings come to.
    fn table(&self) {
        let rows: Vec<Span> = items(self.written.convert.as_ref()).map(|(_, row)| row.from.span).collect();
        if let (Some(witness), Some(first)) = (self.shown(Event::BelowRows), rows.first()) {
            return self.below("row of the look-up table", witness, *first);
        }
        let is_never = |number: &usize| self.is_never(Event::Row(*number));
        let above = rows.len() - (0..rows.len()).rev().take_while(is_never).count();
        let below = (0..above).take_while(is_never).count();
        for beyond in [0..below, above..rows.len()] {
            let mut places = rows.get(beyond.clone()).unwrap_or_default().iter();
            let Some(place) = places.next() else { continue };
            let message = match beyond.len() {
                1 => "no number reaches this row".to_owned(),
                2 => "no number reaches this row and the next one".to_owned(),
                count => format!("no number reaches this row and the {} after it", count - 1),
            };
            self.warn(Code::IdleRow, *place, message, "change where it begins, or remove it");
        }
    }

    fn rules(&self) {
        if let Some(witness) = self.shown(Event::NoRule) {
            let message = format!("`{}` can end without a rating: no rule decides", self.step.id);
            let help =
                format!("{}; add a last rule without `when`, which takes all that is left", self.example(witness));
            self.error(Code::NoRuleDecides, self.written.id.span, message, help);
        }
        for (number, (_, rule)) in items(self.written.rules.as_ref()).enumerate() {
            if self.is_never(Event::Rule(number)) {
                let message = match rule.when {
                    Some(_) => {
                        "this rule never decides: whenever it is true, one above it is true or unknown, or it never is"
                    }
                    None if !self.is_never(Event::PastUnknown) => return self.past_unknown(rule),
                    None => "this rule never decides: one above it always does",
                };
                self.warn(Code::IdleRule, rule.rating.span, message.to_owned(), "change it, or remove it");
            }
        }
    }

    /// Two limits that ask for what cannot be: the first pair of the step.
    fn contradictions(&self) {
        let pairs = self.known.iter().filter_map(|(event, known)| match (event, known) {
            (Event::Contradiction { floor, ceiling }, Known::Shown(witness)) => Some((*floor, *ceiling, witness)),
            _ => None,
        });
        for (floor, ceiling, witness) in pairs.take(1) {
            let id = |number: usize| {
                let rating = match self.step.limits.get(number)?.bound {
                    Bound::AtLeast(rating) | Bound::AtMost(rating) => rating,
                };
                Some(super::value::shorten(&self.step.levels.list.get(rating)?.id))
            };
            let later = items(self.written.limits.as_ref()).nth(floor.max(ceiling));
            let place = later.and_then(|(_, limit)| Some(limit.at_most.as_ref().or(limit.at_least.as_ref())?.span));
            let (Some(least), Some(most), Some(place)) = (id(floor), id(ceiling), place) else { continue };
            let message = format!(
                "limit {} asks for at least `{least}` and limit {} allows at most `{most}`, and both can apply at once",
                floor + 1,
                ceiling + 1
            );
            let help = format!(
                "{}; say in the condition of one of them that the other does not apply: `{{ all: [ …, {{ not: … }} ] }}`",
                self.example(witness)
            );
            self.error(Code::ContradictoryLimits, place, message, help);
        }
    }

    /// A last rule without `when`, for which one above it is never false: what is missing never gives its rating.
    fn past_unknown(&self, rule: &scoring::Rule) {
        let Some(witness) = self.shown(Event::PastUnknown) else { return };
        let rating = rule.rating.word().map_or_else(String::new, super::value::shorten);
        let message =
            format!("the last rule never gives `{rating}`: it is reached only where a condition above it is unknown");
        let missing = self.policy.missing_id(witness);
        let missing = missing.as_deref().map_or_else(|| "…".to_owned(), super::value::shorten);
        let help = format!(
            "{}, which is insufficient evidence; remove this rule, or say what missing evidence means in a rule above \
             the others: `{{ rating: {rating}, when: {{ not: {{ known: {missing} }} }} }}`",
            self.example(witness)
        );
        self.warn(Code::UnknownBeforeCatchAll, rule.rating.span, message, &help);
    }

    /// Parts of a step that never have an effect.
    fn idle(&self) {
        // A number that no band holds is told, and may be one that an adjustment makes.
        let is_out_of_bands = self.known.iter().any(|(event, known)| {
            let is_out =
                matches!(event, Event::BelowRows | Event::BelowBands | Event::BetweenBands(_) | Event::AboveBands);
            is_out && matches!(known, Known::Shown(_))
        });
        for (number, (_, adjust)) in items(self.written.adjust.as_ref()).enumerate() {
            if self.is_never(Event::Adjust(number)) && !is_out_of_bands {
                let message = "this adjustment is never made: its condition is never true".to_owned();
                self.warn(Code::IdleAdjustment, adjust.add.span, message, "change the condition, or remove it");
            }
        }
        for (number, (_, limit)) in items(self.written.limits.as_ref()).enumerate() {
            let bound = limit.at_most.as_ref().or(limit.at_least.as_ref());
            if let (true, Some(bound)) = (self.is_never(Event::Limit(number)), bound) {
                let message = "this limit never changes a rating".to_owned();
                self.warn(Code::IdleLimit, bound.span, message, "change its condition or its rating, or remove it");
            }
        }
        for (number, (_, flag)) in items(self.written.flags.as_ref()).enumerate() {
            if let (true, Some(name)) = (self.is_never(Event::Flag(number)), flag.flag.word()) {
                let message =
                    format!("the flag `{}` is never raised: its condition is never true", super::value::shorten(name));
                self.warn(Code::IdleFlag, flag.flag.span, message, "change the condition, or remove it");
            }
        }
    }

    /// Levels that are no rating of anybody.
    fn unreachable(&self) {
        let levels = &self.step.levels.list;
        let never: Vec<usize> = (0..levels.len()).filter(|level| self.is_never(Event::Rating(*level))).collect();
        if never.len() == levels.len() {
            let message = format!("no ratings lead to any rating of `{}`", self.step.id);
            self.warn(Code::UnreachableRating, self.written.id.span, message, "change what it rests on");
            return;
        }
        let mut unnamed: Vec<&str> = Vec::new();
        for level in never {
            let Some(id) = levels.get(level).map(|level| level.id.as_str()) else { continue };
            match self.names(id) {
                Gives::Here(place) => {
                    let message = format!("no ratings lead to `{}`", super::value::shorten(id));
                    self.warn(
                        Code::UnreachableRating,
                        place,
                        message,
                        "change the bounds or conditions that lead to it",
                    );
                }
                Gives::Told => {}
                Gives::Nothing => unnamed.push(id),
            }
        }
        if !unnamed.is_empty() {
            let message = format!("nothing in `{}` gives {}", self.step.id, super::some_of(&unnamed));
            let help = "give it, or write the `levels` that this step rates with";
            self.warn(Code::UnreachableRating, self.written.id.span, message, help);
        }
    }

    /// The part of the step that gives a level that is never the rating.
    fn names(&self, id: &str) -> Gives {
        let is = |field: &Field<Word>| field.word() == Some(id);
        for (_, band) in items(self.written.bands.as_ref()) {
            if is(&band.rating) {
                return Gives::Here(band.rating.span);
            }
        }
        let mut here = None;
        for (number, (_, rule)) in
            items(self.written.rules.as_ref()).enumerate().filter(|(_, (_, rule))| is(&rule.rating))
        {
            if self.is_never(Event::Rule(number)) {
                return Gives::Told;
            }
            here = Some(rule.rating.span);
        }
        for (number, (_, limit)) in items(self.written.limits.as_ref()).enumerate() {
            let bound = limit.at_most.as_ref().or(limit.at_least.as_ref());
            if bound.is_some_and(is) && self.is_never(Event::Limit(number)) {
                return Gives::Told;
            }
        }
        if let Some(place) = here.or_else(|| self.first_cell(id)) {
            return Gives::Here(place);
        }
        match self.step.rate {
            Some(Rate::Entered) => Gives::Here(self.written.id.span),
            _ => Gives::Nothing,
        }
    }

    fn first_cell(&self, id: &str) -> Option<Span> {
        let rows = self.written.matrix.as_ref()?.get()?.cells.get()?;
        let cells = rows.iter().filter_map(|(_, _, cells)| cells.get()).flat_map(Entries::iter);
        cells.into_iter().find_map(|(_, _, cell)| {
            let rating = match cell.get()? {
                Either::Short(Word(rating)) => rating.as_str(),
                Either::Long(long) => long.rating.word()?,
            };
            (rating == id).then_some(cell.span)
        })
    }

    fn paradox(&self) {
        let Some(witness) = self.shown(Event::Paradox) else { return };
        let Some((member, lowest)) = self.policy.lowest_member(witness) else { return };
        let message =
            format!("`{}` can meet expectations although {member} is at `{lowest}`, the lowest level", self.step.id);
        let help = format!(
            "{}; add a limit if that is not meant; if the instrument says so, write `compensatory: true` and `because:` beside the `steps` of the policy",
            self.example(witness)
        );
        self.warn(Code::CompensationParadox, self.written.id.span, message, &help);
    }

    /// The question that could not be decided.
    fn open(&self, asks_for_paradox: bool) {
        // Whether the last rule is reached past an unknown one matters only where it decides nothing else.
        let last = items(self.written.rules.as_ref()).count().saturating_sub(1);
        let matters = |event: Event| match event {
            Event::PastUnknown => self.is_never(Event::Rule(last)),
            // A row that no number reaches does no harm.
            Event::Row(_) => false,
            Event::Paradox => asks_for_paradox,
            _ => true,
        };
        let open = self.known.iter().filter(|(event, known)| matches!(known, Known::Open) && matters(**event));
        let questions: Vec<String> = open.map(|(event, _)| self.question(*event)).collect();
        if questions.is_empty() {
            return;
        }
        let message = format!("it is not proven whether {}", listed(&questions));
        let help = "there are too many evaluations to try them all, and no example was found; look into it by hand, or round in an earlier step, which leaves fewer scores";
        self.warn(Code::NotProven, self.written.id.span, message, help);
    }

    fn question(&self, event: Event) -> String {
        let level = |level: usize| self.step.levels.list.get(level).map_or("", |level| level.id.as_str());
        let bands = match &self.step.rate {
            Some(Rate::Bands(bands)) => bands.as_slice(),
            _ => &[],
        };
        let from = |number: usize| bands.get(number).map(|band| band.from.shown()).unwrap_or_default();
        let to = |number: usize| bands.get(number).and_then(|band| Some(band.to.as_ref()?.shown())).unwrap_or_default();
        match event {
            Event::BelowRows => "a number can be below the first row of the look-up table".to_owned(),
            Event::Row(number) => format!("a number can reach row {}", number + 1),
            Event::BelowBands => format!("a score can be below {}", from(0)),
            Event::BetweenBands(band) => format!("a score can lie between {} and {}", to(band), from(band + 1)),
            Event::AboveBands => format!("a score can be above {}", to(bands.len().saturating_sub(1))),
            Event::NoRule => "the rules can end without a rating".to_owned(),
            Event::PastUnknown => "the last rule is reached where a condition above it is unknown".to_owned(),
            Event::Rule(number) => format!("rule {} can decide", number + 1),
            Event::Adjust(number) => format!("adjustment {} can be made", number + 1),
            Event::Limit(number) => format!("limit {} can change a rating", number + 1),
            Event::Contradiction { floor, ceiling } => {
                format!("limits {} and {}, which contradict each other, can apply at once", floor + 1, ceiling + 1)
            }
            Event::Flag(number) => format!("flag {} can be raised", number + 1),
            Event::Rating(rating) => format!("`{}` can be the rating", level(rating)),
            Event::Paradox => "a rating can meet expectations although a member is at its lowest level".to_owned(),
        }
    }
}

/// Where a level that is never the rating stands.
enum Gives {
    Here(Span),
    /// The reason is reported already.
    Told,
    Nothing,
}

/// "a", "a, or b", "a, b, or 3 more".
fn listed(questions: &[String]) -> String {
    const SHOWN: usize = 3;
    match questions {
        [one] => one.clone(),
        [before @ .., last] if questions.len() <= SHOWN => format!("{}, or {last}", before.join(", ")),
        _ => {
            let shown: Vec<&str> = questions.iter().take(SHOWN).map(String::as_str).collect();
            format!("{}, and {} more", shown.join(", "), questions.len() - SHOWN)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_questions_are_listed_and_of_more_the_rest_is_counted() {
        let questions = ["a", "b", "c", "d", "e"].map(str::to_owned);
        let listed = [1, 2, 3, 4, 5].map(|count| listed(&questions[..count]));
        assert_eq!(listed, ["a", "a, or b", "a, b, or c", "a, b, c, and 1 more", "a, b, c, and 2 more"]);
    }
}
