//! The scale: ordered levels, and the choices that are no rating.

/// The most levels and choices of a scale. Every table has a column for each.
pub(crate) const MOST_LEVELS: usize = 20;

/// The levels that indicators are rated at, lowest first, and the choices that are no rating.
#[derive(Debug, Clone)]
pub struct Scale {
    /// The rated levels, lowest first, then the not-rated ones.
    levels: Vec<Level>,
    rated: usize,
    meets_at: usize,
}

/// A level of the scale, or a choice that is no rating.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Level {
    /// What ratings call it.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What it means.
    pub description: Option<String>,
}

impl Scale {
    /// `meets_at` is the number of a rated level.
    pub(crate) fn new(rated: Vec<Level>, not_rated: Vec<Level>, meets_at: usize) -> Self {
        let count = rated.len();
        let mut levels = rated;
        levels.extend(not_rated);
        Self { levels, rated: count, meets_at }
    }

    /// Every level: the rated ones, lowest first, then the not-rated ones.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The rated levels, lowest first.
    pub fn rated(&self) -> &[Level] {
        self.levels.get(..self.rated).unwrap_or_default()
    }

    /// The choices that are no rating.
    pub fn not_rated(&self) -> &[Level] {
        self.levels.get(self.rated..).unwrap_or_default()
    }

    /// The first level that meets expectations.
    pub fn meets_at(&self) -> Option<&Level> {
        self.levels.get(self.meets_at)
    }

    /// The level or choice with this id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.get(self.position(id)?)
    }

    /// The number of the level with this id, in the order of [`Scale::levels`].
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.id == id)
    }

    pub(crate) fn is_rated(&self, level: usize) -> bool {
        level < self.rated
    }

    pub(crate) fn meets(&self, level: usize) -> bool {
        level >= self.meets_at && level < self.rated
    }

    pub(crate) fn meeting_level(&self) -> usize {
        self.meets_at
    }
}

/// What the source of the first rubric asks for, and the scale of a rubric that gives none.
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
