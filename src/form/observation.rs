//! Forms for one observation, each on its own day.

use std::fmt::Write as _;

use serde_json::Value;

use crate::error::Error;
use crate::rubric::ObservationKind;

use super::Form;
use super::yaml::{comment, entry};

/// The keys that a form for an observation takes over: who is evaluated, by whom and when, and the parts that are answered for.
const OF_AN_OBSERVATION: [&str; 8] =
    ["rubric", "type", "employee", "organization", "evaluators", "period", "scope", "not_assigned"];

/// One observation to come.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    kind: String,
    /// The ids of the observations that the evaluation has.
    taken: Vec<String>,
}

impl Form {
    /// Limits the form to one observation of a kind. An evaluation that is made of it has nothing but the people, the period
    /// and the observation: [`Evaluation::combine`](crate::Evaluation::combine) puts it into the draft.
    ///
    /// ```
    /// use appraise::{Form, Library, Rubric};
    ///
    /// let text = "
    /// id: plan
    /// version: 1.0.0
    /// title: Plan
    /// observations: { kinds: [{ id: walkthrough, label: Walkthrough }] }
    /// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
    /// let rubric = Rubric::parse("plan.yaml", text, &Library::empty()).expect("it keeps every rule");
    /// let form = Form::new(&rubric).observation("walkthrough")?;
    /// assert!(form.yaml().contains("kind: walkthrough"));
    /// # Ok::<(), appraise::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::UnknownObservation`] when the rubric lacks the kind.
    pub fn observation(mut self, kind: &str) -> Result<Self, Error> {
        if self.rubric.observation_kind(kind).is_none() {
            return Err(Error::UnknownObservation { rubric: self.rubric.id().to_owned(), kind: kind.to_owned() });
        }
        let observed = self.document.get("observations").and_then(Value::as_array).into_iter().flatten();
        let taken = observed.filter_map(|one| Some(one.get("id")?.as_str()?.to_owned())).collect();
        self.document.retain(|key, _| OF_AN_OBSERVATION.contains(&key.as_str()));
        self.observation = Some(Asked { kind: kind.to_owned(), taken });
        self.followed.clear();
        Ok(self)
    }

    /// The kind of observation that the form is for.
    pub(super) fn occasion(&self) -> Option<&ObservationKind> {
        self.rubric.observation_kind(&self.observation.as_ref()?.kind)
    }

    /// The ids of the observations that the evaluation has, which are not the observation's to take.
    pub(super) fn taken(&self) -> &[String] {
        self.observation.as_ref().map_or(&[], |asked| &asked.taken)
    }

    /// Writes one observation, or all that an evaluation has.
    pub(super) fn parts_yaml(&self, out: &mut String) {
        if let Some(kind) = self.occasion() {
            return self.occasion_yaml(kind, out);
        }
        self.ratings(out);
        if let Some(observations) = self.document.get("observations") {
            out.push('\n');
            entry(out, "observations", observations);
        }
        self.narratives_yaml(out);
        self.rest(out);
    }

    /// One observation, with a place for each rating. Its day must be written before the form can be read.
    fn occasion_yaml(&self, kind: &ObservationKind, out: &mut String) {
        let mut ratings = String::new();
        self.ratings(&mut ratings);
        let (head, body) = ratings.split_once("\nratings:\n").unwrap_or(("", &ratings));
        out.push_str(head);
        let _ = writeln!(out, "\nratings: {{}}\nobservations:");
        comment(out, 2, &format!("{}. Its id is its own among the observations of the evaluation.", kind.label));
        let mut ids = (1..).map(|number| format!("{}_{number}", kind.id));
        let id = ids.find(|id| !self.taken().contains(id)).unwrap_or_default();
        let _ = writeln!(out, "  - id: {id}\n    kind: {}", kind.id);
        comment(out, 4, "FILL IN the day, such as 2026-03-02");
        let _ = writeln!(out, "    date:");
        comment(out, 4, "With several evaluators: by: …");
        comment(out, 4, "More of it: minutes: 40, at: …, notes: …, each on a line of its own");
        let _ = writeln!(out, "    ratings:");
        for line in body.lines() {
            let _ = if line.is_empty() { writeln!(out) } else { writeln!(out, "    {line}") };
        }
    }
}
