//! The events of computing a step that tell something about the policy.

/// Something that happens, or that no ratings bring about. The numbers are places in the step's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Event {
    /// The number is below the first band.
    BelowBands,
    /// It is above this band's printed end, and below the next band.
    BetweenBands(usize),
    /// It is above the last band's printed end.
    AboveBands,
    /// Every rule is false.
    NoRule,
    /// This rule decides.
    Rule(usize),
    /// The last rule, which has no condition, is reached although one above it, with another rating, is unknown.
    PastUnknown,
    /// Something is added.
    Adjust(usize),
    /// This limit changes the rating.
    Limit(usize),
    /// Both limits hold, and the one asks for a higher rating than the other allows.
    Contradiction { floor: usize, ceiling: usize },
    /// This flag is raised.
    Flag(usize),
    /// This is the rating, after limits.
    Rating(usize),
    /// The rating meets expectations although a member is at its lowest level.
    Paradox,
}

impl Event {
    /// Whether it says something about a step that comes to no result, too.
    pub(super) fn needs_no_result(self) -> bool {
        matches!(self, Self::BelowBands | Self::BetweenBands(_) | Self::AboveBands | Self::NoRule | Self::PastUnknown)
    }

    /// For a number that no band holds; it is not below so many of all bands.
    pub(super) fn no_band(above: usize, all: usize) -> Self {
        match above.checked_sub(1) {
            None => Self::BelowBands,
            Some(_) if above == all => Self::AboveBands,
            Some(band) => Self::BetweenBands(band),
        }
    }
}
