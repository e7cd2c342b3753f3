//! Number scales: the range of the numbers that indicators are rated with.

use crate::exact::{Decimal, Exact, Range};

/// The numbers of a number scale.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: clerk
/// version: 1.0.0
/// title: Clerk
/// scales: { fifteen_points: { from: 0, to: 15, places: 1, meets_at: 9, unit: points } }
/// domains:
///   - id: office
///     title: Office
///     scale: fifteen_points
///     indicators: [{ id: portfolio, statement: Keeps a portfolio. }]";
/// let rubric = Rubric::parse("clerk.yaml", text, &Library::empty())?;
/// let range = rubric.scales()[1].range().expect("it is a number scale");
/// assert_eq!((range.from.shown(), range.to.shown(), range.places), ("0".to_owned(), "15".to_owned(), 1));
/// assert_eq!(range.meets_at.as_ref().map(|number| number.shown()), Some("9".to_owned()));
/// assert_eq!(range.unit.as_deref(), Some("points"));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NumberRange {
    /// The least number.
    pub from: Exact,
    /// The greatest number.
    pub to: Exact,
    /// The most digits after the point.
    pub places: u32,
    /// The least number that meets expectations; `None` where the scale says nothing of expectations.
    pub meets_at: Option<Exact>,
    /// The unit that is printed after a number, such as "points".
    pub unit: Option<String>,
}

impl NumberRange {
    pub(crate) fn range(&self) -> Range<'_> {
        Range { from: &self.from, to: &self.to, places: self.places }
    }

    /// Whether a number meets expectations; `None` where the scale says nothing of them.
    pub(crate) fn meets(&self, number: &Exact) -> Option<bool> {
        self.meets_at.as_ref().map(|meets_at| number >= meets_at)
    }

    /// The numbers, as printed: "0 to 15 points".
    pub(crate) fn words(&self) -> String {
        self.with_unit(&format!("{} to {}", self.from.shown(), self.to.shown()))
    }

    /// A text about numbers with their unit: "0 to 15 points", "80%".
    pub(crate) fn with_unit(&self, text: &str) -> String {
        match self.unit.as_deref() {
            Some("%") => format!("{text}%"),
            Some(unit) => format!("{text} {unit}"),
            None => text.to_owned(),
        }
    }

    /// The least number that meets expectations with its unit: "9 points".
    pub(crate) fn meeting_label(&self) -> Option<String> {
        self.meets_at.as_ref().and_then(Decimal::of).map(|number| self.label(number))
    }

    /// A number with its unit: "12.5 points".
    pub(crate) fn label(&self, number: Decimal) -> String {
        self.with_unit(&number.to_string())
    }
}
