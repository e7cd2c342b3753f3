//! What a step sees of some of what it depends on, put together so that nothing else matters to its result.

use crate::exact::Exact;

/// What a step sees of some ratings, inputs and results. Two of the same sight lead to the same result.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    /// Something it needs is blocked, and then nothing else matters.
    pub(super) is_blocked: bool,
    /// An indicator that it depends on is rated.
    pub(super) any_rated: bool,
    /// An indicator that it looks at is rated.
    pub(super) rests: bool,
    /// A member is at its lowest level.
    pub(super) at_lowest: bool,
    /// How many members have what is taken of them; where only that matters, whether one has.
    pub(super) have: u64,
    /// How many members meet expectations.
    pub(super) met: u64,
    pub(super) sum: Exact,
    pub(super) weight: Exact,
    /// The lowest or the highest.
    pub(super) bound: Option<Exact>,
    /// The members' scores, rising, and how often each stands; for a median.
    pub(super) scores: Vec<(Exact, u64)>,
    /// What the conditions count.
    pub(super) counts: Vec<u64>,
    /// What else is looked at by itself: a condition's truth, a rating.
    pub(super) alone: Vec<u64>,
}

/// What of it matters to a step.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Matters {
    /// How many members have a score, not only whether any has.
    pub(super) have: bool,
    /// Whether the greatest score is the bound, else the least.
    pub(super) highest: bool,
    /// How many things conditions count.
    pub(super) counts: usize,
}

impl Seen {
    pub(super) fn nothing(matters: Matters) -> Self {
        Self {
            is_blocked: false,
            any_rated: false,
            rests: false,
            at_lowest: false,
            have: 0,
            met: 0,
            sum: Exact::zero(),
            weight: Exact::zero(),
            bound: None,
            scores: Vec::new(),
            counts: vec![0; matters.counts],
            alone: Vec::new(),
        }
    }

    pub(super) fn blocked(matters: Matters) -> Self {
        Self { is_blocked: true, ..Self::nothing(matters) }
    }

    /// What is seen of both.
    pub(super) fn and(&self, other: &Self, matters: Matters) -> Self {
        if self.is_blocked || other.is_blocked {
            return Self::blocked(matters);
        }
        let have = self.have + other.have;
        let bound = match (&self.bound, &other.bound) {
            (Some(one), Some(other)) if matters.highest => Some(one.max(other).clone()),
            (Some(one), Some(other)) => Some(one.min(other).clone()),
            (one, other) => one.as_ref().or(other.as_ref()).cloned(),
        };
        Self {
            is_blocked: false,
            any_rated: self.any_rated || other.any_rated,
            rests: self.rests || other.rests,
            at_lowest: self.at_lowest || other.at_lowest,
            have: if matters.have { have } else { have.min(1) },
            met: self.met + other.met,
            sum: if other.sum.is_zero() { self.sum.clone() } else { &self.sum + &other.sum },
            weight: if other.weight.is_zero() { self.weight.clone() } else { &self.weight + &other.weight },
            bound,
            scores: merged(&self.scores, &other.scores),
            counts: self.counts.iter().zip(&other.counts).map(|(one, other)| one + other).collect(),
            alone: [&self.alone[..], &other.alone[..]].concat(),
        }
    }

    /// What is seen of so many that are alike.
    pub(super) fn times(&self, count: u64, matters: Matters) -> Self {
        if count == 0 {
            return Self::nothing(matters);
        }
        let have = self.have * count;
        Self {
            have: if matters.have { have } else { have.min(1) },
            met: self.met * count,
            sum: self.sum.times(count),
            weight: self.weight.times(count),
            scores: self.scores.iter().map(|(score, times)| (score.clone(), times * count)).collect(),
            counts: self.counts.iter().map(|one| one * count).collect(),
            ..self.clone()
        }
    }
}

fn merged(one: &[(Exact, u64)], other: &[(Exact, u64)]) -> Vec<(Exact, u64)> {
    let mut all = one.to_vec();
    for (score, count) in other {
        match all.binary_search_by(|(known, _)| known.cmp(score)) {
            Ok(at) => {
                if let Some((_, times)) = all.get_mut(at) {
                    *times += count;
                }
            }
            Err(at) => all.insert(at, (score.clone(), *count)),
        }
    }
    all
}
