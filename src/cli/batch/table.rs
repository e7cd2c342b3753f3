//! Writes a scorecard as a row of CSV.

use super::super::many::MARK;
use appraise::batch::Document;
use appraise::table::Row;

use appraise::{
    Domain, Evaluation, Indicator, Observation, Outcome, Rubric, Scorecard, Status, SupervisionCount, Tally,
};

/// A row, with the header that it stands under.
pub(super) struct TableRow {
    pub(super) header: String,
    pub(super) row: String,
}

impl TableRow {
    pub(super) fn of(document: &Document, scorecard: &Scorecard) -> Self {
        let mut columns = Columns::default();
        let evaluation = scorecard.evaluation();
        let rubric = evaluation.rubric();
        let (whom, period) = (evaluation.whom(), evaluation.period());
        columns.text("file", &document.name);
        columns.number("line", document.line);
        columns.text("rubric", rubric.id());
        columns.text("rubric_version", &rubric.version());
        columns.text("rubric_fingerprint", rubric.fingerprint());
        columns.text("fingerprint", evaluation.fingerprint());
        columns.text("id", whom.id());
        columns.text("name", whom.name());
        columns.text("title", whom.title().unwrap_or_default());
        columns.text("type", evaluation.kind().id());
        columns.text("status", if evaluation.status() == Status::Final { "final" } else { "draft" });
        columns.text("period_from", &period.from());
        columns.text("period_to", &period.to());
        columns.text("completed_on", &evaluation.completed_on().unwrap_or_default());
        columns.text("sealed", &evaluation.seal().map(appraise::Seal::on).unwrap_or_default());
        columns.tally("", rubric, None, scorecard.overall());
        for (domain, tallies) in rubric.domains().iter().zip(scorecard.domains()) {
            columns.tally(&format!("{}.", domain.id), rubric, Some(&domain.id), &tallies.tally);
            columns.numbers(&format!("{}.", domain.id), scorecard, domain);
        }
        for (step, subject) in rubric.results() {
            let outcomes = scorecard.steps().iter().filter(|found| found.id == step).flat_map(|step| &step.results);
            let outcome = outcomes.into_iter().find(|outcome| outcome.subject.as_deref() == subject);
            let of = subject.map_or_else(|| format!("{step}."), |subject| format!("{step}.{subject}."));
            columns.outcome(&of, outcome);
        }
        columns.observations(evaluation);
        columns.supervision(evaluation);
        Self { header: format!("{MARK}{}", columns.names.line()), row: columns.cells.line() }
    }
}

#[derive(Default)]
struct Columns {
    names: Row,
    cells: Row,
}

impl Columns {
    fn text(&mut self, name: &str, text: &str) {
        self.names.text(name);
        self.cells.text(text);
    }

    fn number(&mut self, name: &str, number: impl std::fmt::Display) {
        self.names.text(name);
        self.cells.number(number);
    }

    fn outcome(&mut self, of: &str, outcome: Option<&Outcome>) {
        let rating = outcome.and_then(|outcome| outcome.rating.as_ref());
        let score = outcome.and_then(|outcome| outcome.score.as_ref());
        self.text(&format!("{of}status"), outcome.map_or("", |outcome| outcome.status.as_str()));
        self.text(&format!("{of}rating"), rating.map_or("", |level| level.id.as_str()));
        self.number(&format!("{of}score"), score.map(appraise::Exact::decimal).unwrap_or_default());
        self.text(&format!("{of}flags"), &outcome.map(|outcome| outcome.flags.join(" ")).unwrap_or_default());
    }

    /// The number of each indicator of a domain that is rated on a number scale; empty where it has none.
    fn numbers(&mut self, of: &str, scorecard: &Scorecard, domain: &Domain) {
        let evaluation = scorecard.evaluation();
        let is_number = |indicator: &&Indicator| {
            evaluation.rubric().scale_of(indicator).is_some_and(|scale| scale.range().is_some())
        };
        for indicator in domain.all_indicators().filter(is_number) {
            let number = evaluation.rating(indicator).and_then(|rating| evaluation.number(rating));
            self.number(
                &format!("{of}number.{}", indicator.id),
                number.map(|number| number.shown()).unwrap_or_default(),
            );
        }
    }

    /// The observations of the period, where the rubric has kinds of them: their number and minutes, in all and by kind.
    fn observations(&mut self, evaluation: &Evaluation) {
        let Some(asked) = evaluation.rubric().observations() else { return };
        self.observed("observations.", evaluation.observations().iter());
        for kind in &asked.kinds {
            let of_kind = evaluation.observations().iter().filter(|observation| observation.kind == kind.id);
            self.observed(&format!("observations.{}.", kind.id), of_kind);
        }
    }

    /// The number of observations, and their minutes; empty where none says how long it was.
    fn observed<'a>(&mut self, of: &str, observations: impl Iterator<Item = &'a Observation> + Clone) {
        self.number(&format!("{of}number"), observations.clone().count());
        let minutes = observations.filter_map(|observation| observation.minutes);
        self.maybe(&format!("{of}minutes"), minutes.reduce(u32::saturating_add));
    }

    /// The supervision that the district provided, where the rubric asks for it; empty where the evaluation says nothing of it.
    fn supervision(&mut self, evaluation: &Evaluation) {
        let Some(asked) = evaluation.rubric().supervision() else { return };
        let supervised = evaluation.supervised();
        let of_all = supervised.as_ref();
        self.count("supervision.", of_all.map(|of| of.total));
        self.maybe("supervision.of_weeks", of_all.map(|of| of.weeks));
        self.maybe("supervision.longest_gap_days", of_all.map(|of| of.gap.days));
        for (number, kind) in asked.kinds.iter().enumerate() {
            let count = of_all.and_then(|of| of.kinds.get(number)).map(|(_, count)| *count);
            self.count(&format!("supervision.{}.", kind.id), count);
        }
    }

    fn count(&mut self, of: &str, count: Option<SupervisionCount>) {
        self.maybe(&format!("{of}sessions"), count.map(|count| count.sessions));
        self.maybe(&format!("{of}minutes"), count.map(|count| count.minutes));
        self.maybe(&format!("{of}weeks"), count.map(|count| count.weeks));
    }

    fn maybe(&mut self, name: &str, number: Option<u32>) {
        self.number(name, number.map(|number| number.to_string()).unwrap_or_default());
    }

    /// The tally of a node, or of all, with a column for each level that indicators under the node can have.
    fn tally(&mut self, of: &str, rubric: &Rubric, node: Option<&str>, tally: &Tally) {
        self.number(&format!("{of}indicators"), tally.indicators);
        self.number(&format!("{of}rated"), tally.rated);
        self.number(&format!("{of}met"), tally.met);
        self.number(&format!("{of}unrated"), tally.unrated);
        self.number(&format!("{of}share_met"), tally.share_met().map(|share| share.decimal()).unwrap_or_default());
        if rubric.scales().iter().any(|scale| scale.range().is_some()) {
            self.number(&format!("{of}in_no_share"), tally.in_no_share);
        }
        for number in rubric.printed_levels(node) {
            let (Some(level), Some(count)) = (rubric.levels().get(number), tally.levels.get(number)) else { continue };
            self.number(&format!("{of}tally.{}", level.id), count);
        }
    }
}
