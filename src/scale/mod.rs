//! A scale: ordered levels or a range of numbers, and the choices that are no rating.

mod all;
mod label;
mod range;

pub(crate) use self::all::{DEFAULT, Scales};

#[cfg(feature = "table")]
pub(crate) use self::label::in_words;
pub(crate) use self::label::{Direction, direction, is_not_rated, meaning};
pub use self::range::NumberRange;
pub(crate) use crate::syntax::scale::Means;

/// The most levels and choices of a scale. Every table has a column for each.
pub(crate) const MOST_LEVELS: usize = 20;
/// The most levels and choices of all scales of a rubric.
pub(crate) const MOST_OF_ALL: usize = 100;

/// The levels that indicators are rated at, lowest first, and the choices that are no rating. A number scale has a
/// [range](Scale::range) of numbers instead of rated levels.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let scale = rubric.scale();
/// assert_eq!((scale.rated().len(), scale.not_rated().len()), (3, 1));
/// assert_eq!(scale.meets_at().map(|level| level.id.as_str()), Some("has_met"));
/// ```
#[derive(Debug, Clone)]
pub struct Scale {
    /// `None` for the rubric's default scale.
    id: Option<String>,
    /// The rated levels, lowest first, then the not-rated ones.
    levels: Vec<Level>,
    /// By level: its number among those of all scales of the rubric.
    numbers: Vec<usize>,
    rated: usize,
    meets_at: usize,
    /// The meaning of each not-rated level.
    means: Vec<Means>,
    /// The number of the rated level that each not-rated level counts as; empty where none counts.
    counts_as: Vec<Option<usize>>,
    /// Whether people read the rated levels highest first.
    is_highest_first: bool,
    /// The numbers of the levels that descriptors are written for, where not all are.
    described: Option<Vec<usize>>,
    /// The numbers that indicators are rated with; `None` on a scale of levels.
    range: Option<NumberRange>,
}

/// A level of the scale, or a choice that is no rating.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let level = rubric.scale().level("has_met").expect("it is of the scale");
/// assert_eq!(level.label, "Has met");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Level {
    /// The id that ratings use.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// The meaning, in a sentence.
    pub description: Option<String>,
}

impl Scale {
    /// `meets_at` is the number of a rated level.
    pub(crate) fn new(rated: Vec<Level>, not_rated: Vec<Level>, meets_at: usize) -> Self {
        let count = rated.len();
        let means = not_rated.iter().map(|level| meaning(&level.label)).collect();
        let mut levels = rated;
        levels.extend(not_rated);
        let numbers = (0..levels.len()).collect();
        Self {
            id: None,
            levels,
            numbers,
            rated: count,
            meets_at,
            means,
            counts_as: Vec::new(),
            is_highest_first: false,
            described: None,
            range: None,
        }
    }

    /// A scale whose ratings are numbers.
    pub(crate) fn of_numbers(range: NumberRange, not_rated: Vec<Level>) -> Self {
        Self { range: Some(range), ..Self::new(Vec::new(), not_rated, 0) }
    }

    /// The numbers that indicators are rated with; `None` on a scale of levels.
    pub fn range(&self) -> Option<&NumberRange> {
        self.range.as_ref()
    }

    /// The scale with the id that the rubric's parts choose it by.
    pub(crate) fn named(self, id: &str) -> Self {
        Self { id: Some(id.to_owned()), ..self }
    }

    /// The id that the rubric's parts choose it by; `None` for the default scale.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The numbers of its levels among those of all scales of the rubric, in the order of [`Scale::levels`].
    pub(crate) fn numbers(&self) -> &[usize] {
        &self.numbers
    }

    /// The number, among the levels of all scales, of the level with an id.
    pub(crate) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(self.position(id)?).copied()
    }

    /// The scale with the written meanings of the not-rated levels; the label decides where none is written.
    pub(crate) fn meaning(mut self, written: &[Option<Means>]) -> Self {
        for (means, written) in self.means.iter_mut().zip(written) {
            *means = written.unwrap_or(*means);
        }
        self
    }

    /// The scale with the rated level that each not-rated level counts as, where one does.
    pub(crate) fn counting(self, counts_as: Vec<Option<usize>>) -> Self {
        let counts_as = if counts_as.iter().any(Option::is_some) { counts_as } else { Vec::new() };
        Self { counts_as, ..self }
    }

    /// The level that a choice counts as, by the choice's place; `None` for a rated level, and a choice that is no number.
    pub(crate) fn counts_as(&self, level: usize) -> Option<&Level> {
        self.levels.get((*self.counts_as.get(level.checked_sub(self.rated)?)?)?)
    }

    /// The scale without the choices that count as a level: all that ratings can be where each such choice is the level.
    fn without_counting(&self) -> Self {
        if self.counts_as.is_empty() {
            return self.clone();
        }
        let stays = |place: &usize| self.counts_as(*place).is_none();
        let places: Vec<usize> = (0..self.levels.len()).filter(stays).collect();
        let unrated = || places.iter().filter_map(|place| place.checked_sub(self.rated));
        Self {
            levels: places.iter().filter_map(|place| self.levels.get(*place).cloned()).collect(),
            numbers: places.iter().filter_map(|place| self.numbers.get(*place).copied()).collect(),
            means: unrated().filter_map(|place| self.means.get(place).copied()).collect(),
            counts_as: Vec::new(),
            ..self.clone()
        }
    }

    /// The scale with descriptors for these levels alone.
    pub(crate) fn describing(self, described: Option<Vec<usize>>) -> Self {
        Self { described, ..self }
    }

    /// The scale read highest first; the meaning of its levels stays.
    pub(crate) fn highest_first(self) -> Self {
        Self { is_highest_first: true, ..self }
    }

    /// Every level: the rated ones, lowest first, then the not-rated ones.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// Every level as people read them, on forms and in reports: the rated ones in the scale's `order`, then the not-rated ones.
    pub fn printed(&self) -> impl Iterator<Item = &Level> {
        self.in_print().filter_map(|number| self.levels.get(number))
    }

    /// The place in [`Scale::levels`] of each level, in the order of [`Scale::printed`].
    pub fn in_print(&self) -> impl Iterator<Item = usize> + use<> {
        let (rated, is_highest_first) = (self.rated, self.is_highest_first);
        let turned = move |number: usize| match rated.checked_sub(number).and_then(|number| number.checked_sub(1)) {
            Some(number) if is_highest_first => number,
            _ => number,
        };
        (0..self.levels.len()).map(turned)
    }

    /// Whether people read the rated levels highest first.
    pub(crate) fn is_highest_first(&self) -> bool {
        self.is_highest_first
    }

    /// The rated levels, lowest first.
    pub fn rated(&self) -> &[Level] {
        self.levels.get(..self.rated).unwrap_or_default()
    }

    /// The rated levels that descriptors are written for, lowest first: all, unless the scale names some.
    pub fn described(&self) -> impl Iterator<Item = &Level> {
        let is_described = |number: &usize| self.described.as_ref().is_none_or(|described| described.contains(number));
        (0..self.rated).filter(is_described).filter_map(|number| self.levels.get(number))
    }

    /// Whether the scale names the levels that descriptors are written for.
    pub(crate) fn is_described_in_part(&self) -> bool {
        self.described.is_some()
    }

    /// The choices that are no rating.
    pub fn not_rated(&self) -> &[Level] {
        self.levels.get(self.rated..).unwrap_or_default()
    }

    /// The first level that meets expectations; `None` on a number scale.
    pub fn meets_at(&self) -> Option<&Level> {
        self.rated().get(self.meets_at)
    }

    /// The level or number at which expectations are met, as people call it.
    #[cfg(feature = "render")]
    pub(crate) fn meeting_label(&self) -> Option<std::borrow::Cow<'_, str>> {
        match &self.range {
            Some(range) => range.meeting_label().map(Into::into),
            None => self.meets_at().map(|level| level.label.as_str().into()),
        }
    }

    /// The level or choice with this id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.get(self.position(id)?)
    }

    /// The place of the level with this id, in the order of [`Scale::levels`].
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.id == id)
    }

    /// The meaning of a not-rated level, by the level's place; `None` for a rated one.
    pub(crate) fn means(&self, level: usize) -> Option<Means> {
        self.means.get(level.checked_sub(self.rated)?).copied()
    }

    pub(crate) fn meeting_level(&self) -> usize {
        self.meets_at
    }
}

/// The scale of a rubric without one: the levels that Connecticut's guidelines ask for.
impl Default for Scale {
    fn default() -> Self {
        let level = |id: &str, label: &str| Level { id: id.to_owned(), label: label.to_owned(), description: None };
        Self::new(
            vec![
                level("has_not_met", "Has not met"),
                level("has_met", "Has met"),
                level("exceeds_expectations", "Exceeds expectations"),
            ],
            vec![level("no_opportunity_to_practice", "No opportunity to practice")],
            1,
        )
    }
}
