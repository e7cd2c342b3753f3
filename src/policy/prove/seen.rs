//! The state of a step over some of its dependencies: an abstraction that determines the step's result.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use crate::exact::Exact;

use super::PartId;

/// The state of a step after some ratings, inputs and results. Equal states lead to equal results.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    /// Whether a required value is blocked; then nothing else matters.
    pub(super) is_blocked: bool,
    /// An indicator that it depends on is rated.
    pub(super) any_rated: bool,
    /// An indicator that it looks at is rated.
    pub(super) rests: bool,
    /// A member is at its lowest level.
    pub(super) at_lowest: bool,
    /// The number of members with the value that is taken; 0 or 1 where only their presence matters.
    pub(super) have: u64,
    /// The number of members that meet expectations.
    pub(super) met: u64,
    pub(super) sum: Exact,
    pub(super) weight: Exact,
    /// The lowest or the highest.
    pub(super) bound: Option<Exact>,
    /// The members' scores, rising, and how often each stands; for a median.
    pub(super) scores: Vec<(Exact, u64)>,
    /// The counts of the conditions, each capped where more makes no difference.
    pub(super) counts: Vec<u64>,
    /// For each share, the distance of the counted members from the percentage compared with; negative below it.
    pub(super) margins: Vec<Exact>,
    /// Other values read on their own: a condition's truth value, a rating.
    pub(super) alone: Vec<u64>,
}

/// The aspects of a state that matter to a step.
#[derive(Debug, Clone, Default)]
pub(super) struct Matters {
    /// Whether the number of members with a score matters, not only the presence of one.
    pub(super) have: bool,
    /// Whether the greatest score is the bound, else the least.
    pub(super) highest: bool,
    /// The cap of each count, where more makes no difference.
    pub(super) caps: Vec<u64>,
    /// The number of shares that conditions compare.
    pub(super) margins: usize,
}

impl Seen {
    pub(super) fn nothing(matters: &Matters) -> Self {
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
            counts: vec![0; matters.caps.len()],
            margins: vec![Exact::zero(); matters.margins],
            alone: Vec::new(),
        }
    }

    pub(super) fn blocked(matters: &Matters) -> Self {
        Self { is_blocked: true, ..Self::nothing(matters) }
    }

    /// Joins two states.
    pub(super) fn and(&self, other: &Self, matters: &Matters) -> Self {
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
            counts: capped(self.counts.iter().zip(&other.counts).map(|(one, other)| one + other), matters),
            margins: self.margins.iter().zip(&other.margins).map(|(one, other)| one + other).collect(),
            alone: self.alone.iter().chain(&other.alone).copied().collect(),
        }
    }

    /// The state after `count` equal contributions.
    pub(super) fn times(&self, count: u64, matters: &Matters) -> Self {
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
            counts: capped(self.counts.iter().map(|one| one * count), matters),
            margins: self.margins.iter().map(|one| one.times(count)).collect(),
            ..self.clone()
        }
    }
}

fn capped(counts: impl Iterator<Item = u64>, matters: &Matters) -> Vec<u64> {
    counts.zip(&matters.caps).map(|(count, cap)| count.min(*cap)).collect()
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

/// Distinct states in order of arrival, each with a value that leads to it.
#[derive(Debug)]
pub(super) struct Once<T> {
    /// Each with the place of the one before it that has the same hash.
    list: Vec<(T, PartId, Option<usize>)>,
    /// The index of the last state by hash; states are large and stay in place.
    last: HashMap<u64, usize, BuildHasherDefault<Quick>>,
}

impl<T: Eq + Hash> Once<T> {
    pub(super) fn new() -> Self {
        Self { list: Vec::new(), last: HashMap::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Adds one that is new, with the part that `make` makes.
    pub(super) fn add(&mut self, sight: T, make: impl FnOnce() -> PartId) {
        let mut hasher = Quick::default();
        sight.hash(&mut hasher);
        let hash = hasher.finish();
        let before = self.last.get(&hash).copied();
        let mut at = before;
        while let Some((known, _, next)) = at.and_then(|at| self.list.get(at)) {
            if *known == sight {
                return;
            }
            at = *next;
        }
        self.last.insert(hash, self.list.len());
        self.list.push((sight, make(), before));
    }

    pub(super) fn into_list(self) -> Vec<(T, PartId)> {
        self.list.into_iter().map(|(sight, part, _)| (sight, part)).collect()
    }
}

/// Hashes faster than the standard way, which guards against keys that an attacker chooses: here the number of keys is
/// bounded, and a rubric's author only slows the check of that rubric.
#[derive(Debug, Default)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        // The table looks at the highest bits and the lowest.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }
}
