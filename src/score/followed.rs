//! The rating of record that follows from observations, for JSON and templates.

use crate::evaluation;
use crate::view::view;

view! {
    /// The rating of record that follows from the observations.
    #[derive(Debug, Clone)]
    pub(crate) struct Followed of |followed: evaluation::Followed|
    {
        /// The level's label, or the number with its unit.
        label: String = followed.label,
        /// The id of the observation that the rating is from.
        observation: String = followed.observation,
        /// The rule, the number of ratings and the day: "latest of 3: Has met on 2026-03-02".
        reason: String = followed.reason,
        /// Whether a person gave another rating, which is the rating of record.
        differs: bool = followed.differs,
    }
}
