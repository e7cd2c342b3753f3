//! The state of a document before a change: as much of it as the change can reach.

use crate::source::Value;

use super::change::Change;

pub(super) enum Before {
    /// The rating of an indicator, with its place among the ratings, where there are ratings.
    Rating {
        indicator: String,
        place: Option<usize>,
        rating: Option<Value>,
    },
    Whole(Value),
}

impl Before {
    pub(super) fn of(document: &Value, change: &Change) -> Self {
        let indicator = match change {
            Change::Rate { indicator, observation: None, .. } | Change::Unrate { indicator, observation: None } => {
                indicator
            }
            _ => return Self::Whole(document.clone()),
        };
        let Some(Value::Map(ratings)) = document.get("ratings") else { return Self::Whole(document.clone()) };
        let mut found = ratings.iter().enumerate().filter(|(_, (id, _))| id == indicator);
        match (found.next(), found.next()) {
            (found, None) => Self::Rating {
                indicator: indicator.clone(),
                place: found.map(|(place, _)| place),
                rating: found.map(|(_, (_, rating))| rating.clone()),
            },
            _ => Self::Whole(document.clone()),
        }
    }

    /// Whether the document is as it was.
    pub(super) fn is_still(&self, document: &Value) -> bool {
        match self {
            Self::Whole(before) => before == document,
            Self::Rating { indicator, rating, .. } => {
                document.get("ratings").and_then(|ratings| ratings.get(indicator)) == rating.as_ref()
            }
        }
    }

    /// Makes the document as it was.
    pub(super) fn restore(self, document: &mut Value) {
        match self {
            Self::Whole(before) => *document = before,
            Self::Rating { indicator, place, rating } => {
                let Value::Map(keys) = document else { return };
                let ratings = keys.iter_mut().find(|(key, _)| key == "ratings").map(|(_, ratings)| ratings);
                let Some(Value::Map(ratings)) = ratings else { return };
                ratings.retain(|(id, _)| *id != indicator);
                if let Some((place, rating)) = place.zip(rating) {
                    ratings.insert(place.min(ratings.len()), (indicator, rating));
                }
            }
        }
    }
}
