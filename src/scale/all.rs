//! The scales of a rubric, and the levels of all of them in one list.

use super::{Level, Means, NumberRange, Scale};

/// The word that a part of a rubric chooses the default scale by.
pub(crate) const DEFAULT: &str = "default";

/// The scales of a rubric, the default one first. A level is known by its number among the levels of all scales: the rated
/// levels of each scale in turn, lowest first, then the choices that are no rating, each once.
#[derive(Debug, Clone)]
pub(crate) struct Scales {
    /// One at least.
    each: Vec<Scale>,
    /// The default scale of a list without one.
    built_in: Scale,
    levels: Vec<Level>,
    /// How many of the levels are ratings.
    rated: usize,
    /// By rated level: its scale.
    of: Vec<usize>,
    /// By rated level: whether it meets expectations.
    meets: Vec<bool>,
    /// By choice that is no rating: its meaning.
    means: Vec<Means>,
    /// Whether one of them is a number scale.
    has_numbers: bool,
    /// By choice that is no rating: the level that it counts as; empty where none counts.
    counts_as: Vec<Option<usize>>,
}

impl Scales {
    /// Numbers the levels of all scales. Choices with the same id are one.
    pub(crate) fn of(mut each: Vec<Scale>) -> Self {
        let mut all = Self {
            each: Vec::new(),
            built_in: Scale::default(),
            levels: Vec::new(),
            rated: 0,
            of: Vec::new(),
            meets: Vec::new(),
            means: Vec::new(),
            has_numbers: each.iter().any(|scale| scale.range().is_some()),
            counts_as: Vec::new(),
        };
        for (number, scale) in each.iter_mut().enumerate() {
            scale.numbers.clear();
            for (place, level) in scale.levels.iter().take(scale.rated).enumerate() {
                scale.numbers.push(all.levels.len());
                all.levels.push(level.clone());
                all.of.push(number);
                all.meets.push(place >= scale.meets_at);
            }
        }
        all.rated = all.levels.len();
        for scale in &mut each {
            for (level, means) in scale.levels.iter().skip(scale.rated).zip(&scale.means) {
                let known = all.levels.iter().skip(all.rated).position(|known| known.id == level.id);
                scale.numbers.push(known.map_or(all.levels.len(), |known| known.saturating_add(all.rated)));
                if known.is_none() {
                    all.levels.push(level.clone());
                    all.means.push(*means);
                }
            }
        }
        let counts = |level: &Level| {
            let mut found =
                each.iter().filter_map(|scale| scale.number(scale.counts_as(scale.position(&level.id)?)?.id.as_str()));
            found.next()
        };
        if each.iter().any(|scale| !scale.counts_as.is_empty()) {
            all.counts_as = all.levels.iter().skip(all.rated).map(counts).collect();
        }
        Self { each, ..all }
    }

    /// The same levels, in scales without the choices that count as a level.
    pub(crate) fn without_counting(&self) -> Self {
        Self { each: self.each.iter().map(Scale::without_counting).collect(), counts_as: Vec::new(), ..self.clone() }
    }

    /// The level that a choice which is no rating counts as; `None` for a rated level, and a choice that is no number.
    pub(crate) fn counts_as(&self, level: usize) -> Option<usize> {
        *self.counts_as.get(level.checked_sub(self.rated)?)?
    }

    /// Whether some choice that is no rating counts as a level.
    pub(crate) fn has_counting(&self) -> bool {
        !self.counts_as.is_empty()
    }

    /// The level that an entry counts as: itself, but for a choice that counts as another.
    pub(crate) fn counted(&self, level: usize) -> usize {
        self.counts_as(level).unwrap_or(level)
    }

    pub(crate) fn default_scale(&self) -> &Scale {
        self.each.first().unwrap_or(&self.built_in)
    }

    /// The scales, the default one first.
    pub(crate) fn each(&self) -> &[Scale] {
        &self.each
    }

    /// The number of the scale that a part chooses; the default one where it chooses none.
    pub(crate) fn find(&self, id: Option<&str>) -> Option<usize> {
        match id {
            None | Some(DEFAULT) => Some(0),
            id => self.each.iter().position(|scale| scale.id() == id),
        }
    }

    /// Whether the default scale is the only one.
    pub(crate) fn is_one(&self) -> bool {
        self.each.len() == 1
    }

    /// The numbers of a number scale, by the scale's number; `None` for a scale of levels.
    pub(crate) fn range(&self, scale: usize) -> Option<&NumberRange> {
        self.each.get(scale)?.range()
    }

    /// Whether one of them is a number scale.
    pub(crate) fn has_numbers(&self) -> bool {
        self.has_numbers
    }

    /// The levels of all scales.
    pub(crate) fn levels(&self) -> &[Level] {
        &self.levels
    }

    pub(crate) fn level(&self, number: usize) -> Option<&Level> {
        self.levels.get(number)
    }

    /// The number of the level with an id.
    pub(crate) fn number(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.id == id)
    }

    /// The rated levels of all scales.
    pub(crate) fn rated(&self) -> &[Level] {
        self.levels.get(..self.rated).unwrap_or_default()
    }

    pub(crate) fn is_rated(&self, level: usize) -> bool {
        level < self.rated
    }

    /// Whether a rating at a level meets expectations.
    pub(crate) fn meets(&self, level: usize) -> bool {
        self.meets.get(level).copied().unwrap_or_default()
    }

    /// Whether a level is the lowest of its scale.
    pub(crate) fn is_lowest(&self, level: usize) -> bool {
        let below = level.checked_sub(1).and_then(|below| self.of.get(below));
        self.is_rated(level) && below != self.of.get(level)
    }

    /// Whether a level is rated, and lower ones of its scale meet expectations already.
    pub(crate) fn exceeds(&self, level: usize) -> bool {
        let below = level.checked_sub(1).filter(|below| self.of.get(*below) == self.of.get(level));
        self.is_rated(level) && below.is_some_and(|below| self.meets(below))
    }

    /// The steps from the level of the same scale that meets expectations; `None` for a choice that is no rating.
    #[cfg(feature = "render")]
    pub(crate) fn steps_from_met(&self, level: usize) -> Option<i64> {
        let scale = self.each.get(self.of_level(level)?)?;
        let met = *scale.numbers().get(scale.meeting_level())?;
        i64::try_from(level).ok()?.checked_sub(i64::try_from(met).ok()?)
    }

    /// The number of the scale that a rated level is of.
    pub(crate) fn of_level(&self, level: usize) -> Option<usize> {
        self.of.get(level).copied()
    }

    /// The meaning of a choice that is no rating; `None` for a rated level.
    pub(crate) fn means(&self, level: usize) -> Option<Means> {
        self.means.get(level.checked_sub(self.rated)?).copied()
    }

    /// The numbers of the levels of some scales as people read them: scale by scale, each level once.
    pub(crate) fn in_print(&self, scales: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut numbers = Vec::with_capacity(self.levels.len());
        for scale in scales.into_iter().filter_map(|scale| self.each.get(scale)) {
            for number in scale.in_print().filter_map(|place| scale.numbers.get(place)) {
                if self.is_one() || !numbers.contains(number) {
                    numbers.push(*number);
                }
            }
        }
        numbers
    }
}
