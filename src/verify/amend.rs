//! Amends a sealed evaluation.

use serde::Serialize;

use crate::error::Error;
use crate::evaluation::Evaluation;
use crate::seal::{self, Path};
use crate::source::Any;

use super::finish::{NAME, pretty};

/// The keys that no amendment changes, each with what is done instead.
const KEPT: [(&str, &str); 6] = [
    ("seal", "the seal stays as it is"),
    ("amendments", "an amendment is changed by another one of the same value"),
    ("format", "it is no part of what was sealed"),
    ("rubric", "the seal is by this rubric: `appraise migrate` writes the evaluation for another one"),
    ("responses", "responses are added to the document, without an amendment"),
    ("record", "events are added to the document, without an amendment"),
];

impl Evaluation {
    /// Changes values of a sealed evaluation, and keeps with each what was there: the sealed original can be computed back
    /// from the amendments. An evaluation is reopened by an amendment of `status`.
    ///
    /// A change is a place and the value from then on. The place is such as `ratings.deadlines.level`, `summary` or
    /// `goals[0].status`; the place behind the last item of a list adds one. `None` takes the value out. The amendments say
    /// that they were made on the day `on`, by the person whom `by` identifies, and why.
    ///
    /// ```
    /// use appraise::{Library, Status};
    ///
    /// let text = "
    /// rubric: { id: connecticut_school_social_work }
    /// employee: { id: E-1042, name: Jordan Rivera }
    /// evaluators: [{ id: E-0007, name: Priya Shah }]
    /// period: { from: 2025-08-25, to: 2026-06-12 }
    /// scope: [deadlines]
    /// ratings: { deadlines: { level: has_met, comment: On time. } }
    /// ";
    /// let mut evaluation = Library::bundled().check("rivera.yaml", text).value.expect("it keeps every rule");
    /// evaluation.finish("2026-06-12", "E-0007")?;
    /// let changes = [("ratings.deadlines.level", "exceeds_expectations"), ("ratings.deadlines.comment", "A week early.")];
    /// evaluation.amend(&changes, "2026-09-15", "E-0100", "Decided in the grievance of 2026-09-10.")?;
    /// assert_eq!((evaluation.status(), evaluation.amendments().len()), (Status::Final, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Amendment`] when the evaluation is not sealed, the place is none of it, or the value is there already;
    /// [`Error::Refused`] when a document that says the same is refused, such as for a level that the rubric does not have.
    /// The evaluation is then as it was.
    pub fn amend<V: Serialize>(
        &mut self,
        changes: &[(&str, V)],
        on: &str,
        by: &str,
        because: &str,
    ) -> Result<(), Error> {
        let rubric = self.rubric().clone();
        let mut document = Any::of(self);
        let mut made = Vec::new();
        for (at, value) in changes {
            let refused = |reason: String| Error::Amendment { at: (*at).to_owned(), reason };
            if self.seal().is_none() {
                return Err(refused("the evaluation is not sealed, and is changed as it is".to_owned()));
            }
            let path = Path::parse(at).ok_or_else(|| refused("it names no place of the evaluation".to_owned()))?;
            if let Some((key, instead)) = KEPT.iter().find(|(key, _)| *key == path.root()) {
                return Err(refused(format!("`{key}` is not amended: {instead}")));
            }
            let wanted = set(&document, &path, &Any::of(value)).map_err(|reason| refused(reason.to_owned()))?;
            let after = self.as_written(&wanted)?;
            let (path, was, is) = difference(&document, &after, path).map_err(|reason| refused(reason.to_owned()))?;
            let text = |text: &str| Any::Text(text.to_owned());
            let mut amendment = Any::Map(Vec::new());
            for (key, value) in [("on", on), ("by", by), ("because", because), ("at", &path.to_string())] {
                amendment = amendment.with(key, text(value));
            }
            for (key, value) in [("was", was), ("is", is)] {
                if let Some(value) = value {
                    amendment = amendment.with(key, value);
                }
            }
            made.push(seal::amendment(amendment, &made_so_far(self, &made)));
            document = after;
        }
        let amended = made_so_far(self, &made).get("amendments").cloned().unwrap_or(Any::Null);
        let amended = Self::parse(NAME, &pretty(&document.with("amendments", amended)), &rubric);
        *self = amended.map_err(|found| first(&found))?;
        Ok(())
    }

    /// The evaluation that some data say, as it is written: with a rating in its short form where that says all. Read as an
    /// unsealed draft, since several changes together may be sound and the first alone not.
    fn as_written(&self, document: &Any) -> Result<Any, Error> {
        let Any::Map(entries) = document else { return Ok(document.clone()) };
        let kept = |key: &str| ["seal", "amendments", "status"].contains(&key);
        let draft = Any::Map(entries.iter().filter(|(key, _)| !kept(key)).cloned().collect());
        let read = Self::parse(NAME, &pretty(&draft), self.rubric()).map_err(|found| first(&found))?;
        let written = Any::of(&read);
        let kept = entries.iter().filter(|(key, _)| kept(key));
        Ok(kept.fold(written, |written, (key, value)| written.with(key, value.clone())))
    }
}

/// The seal and the amendments of an evaluation, with more amendments.
fn made_so_far(evaluation: &Evaluation, made: &[Any]) -> Any {
    let document = Any::of(evaluation);
    let mut list = match document.get("amendments") {
        Some(Any::List(list)) => list.clone(),
        _ => Vec::new(),
    };
    list.extend(made.iter().cloned());
    let seal = document.get("seal").cloned().unwrap_or(Any::Null);
    Any::Map(vec![("seal".to_owned(), seal), ("amendments".to_owned(), Any::List(list))])
}

fn first(found: &crate::diagnostic::Diagnostics) -> Error {
    let error = found.iter().find(|finding| finding.severity == crate::diagnostic::Severity::Error);
    match error {
        Some(finding) => Error::Refused { finding: Box::new(finding.clone()) },
        None => Error::Sealed,
    }
}

/// The data with another value at a place. The level of a rating can be named where the rating is the level alone.
fn set(document: &Any, path: &Path, value: &Any) -> Result<Any, &'static str> {
    const NO_PLACE: &str = "the evaluation has nothing that would hold it";
    let new = Some(value).filter(|value| **value != Any::Null);
    let mut changed = document.clone();
    let there = path.get(document).cloned();
    if seal::same(there.as_ref(), new) {
        return Err("the value is there already");
    }
    if seal::change(&mut changed, path, there.as_ref(), new) {
        return Ok(changed);
    }
    // A place within what is not there yet, or within a rating in its short form.
    let above = path.parent().ok_or(NO_PLACE)?;
    let Some(key) = path.key() else {
        // The first item of a list that is not there yet.
        let is_first = path.is_first() && seal::same(above.get(document), None);
        return if is_first { set(document, &above, &Any::List(vec![value.clone()])) } else { Err(NO_PLACE) };
    };
    let holder = match above.get(document) {
        None | Some(Any::Null) => Any::Map(Vec::new()),
        Some(short @ (Any::Text(_) | Any::Number(_))) if above.root() == "ratings" => {
            Any::Map(vec![("level".to_owned(), short.clone())])
        }
        Some(_) => return Err(NO_PLACE),
    };
    let there = holder.get(key).cloned();
    if seal::same(there.as_ref(), new) {
        return Err("the value is there already");
    }
    set(document, &above, &holder.with(key, value.clone()))
}

/// The narrowest place whose replacement makes `after` of `before`, on the way to a place; with the values there.
fn difference(before: &Any, after: &Any, path: Path) -> Result<(Path, Option<Any>, Option<Any>), &'static str> {
    let mut next = Some(path);
    while let Some(path) = next {
        let (was, is) = (path.get(before).cloned(), path.get(after).cloned());
        for (was, is) in in_list(before, after, &path).into_iter().chain([(was, is)]) {
            let mut changed = before.clone();
            if seal::change(&mut changed, &path, was.as_ref(), is.as_ref()) && seal::same(Some(&changed), Some(after)) {
                if seal::same(was.as_ref(), is.as_ref()) {
                    return Err("the value is there already");
                }
                return Ok((path, was, is));
            }
        }
        next = path.parent();
    }
    Err("it changes more than this value")
}

/// Where a place is an item of a list: the item taken out, or put in before the one that is there.
fn in_list(before: &Any, after: &Any, path: &Path) -> Vec<(Option<Any>, Option<Any>)> {
    match path.key() {
        Some(_) => Vec::new(),
        None => vec![(path.get(before).cloned(), None), (None, path.get(after).cloned())],
    }
}
