//! The events of computing a step that tell something about the policy.

/// An event that some ratings cause, or none. The numbers are indices into the step's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Event {
    /// The number is below the first row of the look-up table.
    BelowRows,
    /// The number is in this row of the look-up table.
    Row(usize),
    /// The number is below the first band.
    BelowBands,
    /// The number is above this band's printed end, and below the next band.
    BetweenBands(usize),
    /// The number is above the last band's printed end.
    AboveBands,
    /// Every rule is false.
    NoRule,
    /// The rule decides.
    Rule(usize),
    /// The last rule, which has no condition, is reached although one above it, with another rating, is unknown.
    PastUnknown,
    /// The adjustment is added.
    Adjust(usize),
    /// The limit changes the rating.
    Limit(usize),
    /// Both limits hold, and the one asks for a higher rating than the other allows.
    Contradiction { floor: usize, ceiling: usize },
    /// The flag is raised.
    Flag(usize),
    /// The level is the rating, after limits.
    Rating(usize),
    /// The rating meets expectations although a member is at its lowest level.
    Paradox,
}

impl Event {
    /// Whether the event counts although the step comes to no result.
    pub(super) fn needs_no_result(self) -> bool {
        matches!(
            self,
            Self::BelowRows
                | Self::Row(_)
                | Self::BelowBands
                | Self::BetweenBands(_)
                | Self::AboveBands
                | Self::NoRule
                | Self::PastUnknown
        )
    }

    /// The event of a number that no band holds, and that is not below the first `above` of all bands.
    pub(super) fn no_band(above: usize, all: usize) -> Self {
        match above.checked_sub(1) {
            None => Self::BelowBands,
            Some(_) if above == all => Self::AboveBands,
            Some(band) => Self::BetweenBands(band),
        }
    }
}
