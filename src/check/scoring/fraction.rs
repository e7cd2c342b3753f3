//! The rule that a percentage is written as a number up to 100, not as a part of 1.

use crate::diagnostic::{Code, Severity};
use crate::exact::Exact;
use crate::source::{Field, Finding, Number, Span};
use crate::syntax::scoring::{Step, Take};

use super::super::items;
use super::{At, Checker};

/// Whether the score of a step is the share of members that meet expectations, in percent.
pub(super) fn is_percent(step: &Step) -> bool {
    let takes_share = step.take.as_ref().and_then(Field::get) == Some(&Take::ShareMeeting);
    takes_share && step.rescale.is_none() && step.adjust.is_none() && step.convert.is_none()
}

impl Checker<'_> {
    /// Warns of a percentage that is above 0 and at most 1: half of a percent is rarely meant.
    pub(super) fn fraction(&self, field: &Field<Number>, at: &At) {
        let numbers = field.get().map(|Number(number)| number);
        self.fractions(numbers.into_iter(), field.span, at);
    }

    /// Warns where the bands of a share, its look-up table, or the range that it is moved from, end at 1 or below.
    pub(super) fn fractional_share(&self, step: &Step, at: &At) {
        if let (Some(bands), true) = (&step.bands, is_percent(step)) {
            let bounds = items(Some(bands)).filter_map(|(_, band)| Some(&band.from.get()?.0));
            self.fractions(bounds, bands.span, at);
        }
        let takes_share = step.take.as_ref().and_then(Field::get) == Some(&Take::ShareMeeting);
        if let (Some(rescale), true) = (step.rescale.as_ref().and_then(Field::get), takes_share) {
            let bounds = items(Some(&rescale.from)).map(|(_, Number(bound))| bound);
            self.fractions(bounds, rescale.from.span, at);
        } else if let (Some(table), true) = (&step.convert, takes_share && step.adjust.is_none()) {
            let bounds = items(Some(table)).filter_map(|(_, row)| Some(&row.from.get()?.0));
            self.fractions(bounds, table.span, at);
        }
    }

    fn fractions<'n>(&self, numbers: impl Iterator<Item = &'n Exact>, place: Span, at: &At) {
        let Some(greatest) = numbers.max() else { return };
        if !greatest.is_negative() && !greatest.is_zero() && *greatest <= Exact::from(1) {
            let shown = greatest.shown();
            let message = format!("percentages go up to 100, so {shown} is {shown} percent");
            let hundredfold = &Exact::from(100) * greatest;
            let help = format!("write {} for that part of all, or accept this under `allow`", hundredfold.shown());
            let finding = Finding::new(Severity::Warning, Code::FractionalPercent, place, message, help);
            let id = self.outlines.get(at.number).and_then(|outline| outline.id);
            self.findings.push(id.map_or(finding.clone(), |id| finding.about(id)));
        }
    }
}
