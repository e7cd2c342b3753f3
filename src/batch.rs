//! Reads, scores and processes many evaluations on all cores, and returns the outcomes in the order of the input.
//!
//! ```
//! use std::ops::ControlFlow;
//!
//! use appraise::Library;
//! use appraise::batch::{Batch, Document};
//!
//! // Each line of NDJSON is one evaluation; its rubric is found by id, so that lines may be of different rubrics.
//! let lines = r#"{ "rubric": { "id": "connecticut_school_social_work" }, "employee": { "id": "E-1042", "name": "Jordan Rivera" }, "evaluators": [{ "id": "E-7", "name": "Priya Shah" }], "period": { "from": "2025-08-25", "to": "2026-06-12" }, "ratings": { "self_growth": "has_met" } }
//! { "rubric": { "id": "connecticut_school_social_work" }, "ratings": {} }"#;
//! let documents = (1..).zip(lines.lines()).map(|(number, line)| Document::new("all.ndjson", line).at_line(number));
//!
//! let mut scorecards = String::new();
//! Batch::new(Library::bundled()).run(
//!     documents,
//!     |scorecard| serde_json::to_string(&scorecard),
//!     |outcome| {
//!         match outcome.made {
//!             Ok(json) => scorecards += &json.expect("a scorecard is plain data"),
//!             // Everything found, at its place in the whole file.
//!             Err(found) => assert!(found.iter().all(|finding| finding.start.line == 2)),
//!         }
//!         ControlFlow::Continue(())
//!     },
//! );
//! assert!(scorecards.contains("Jordan Rivera"));
//! ```

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, mpsc};

use rayon::iter::{ParallelBridge, ParallelIterator};

use crate::diagnostic::Diagnostics;
use crate::evaluation::Evaluation;
use crate::library::Library;
use crate::score::Scorecard;
use crate::source::decode;

/// The number of inputs that a thread may be ahead of the first unfinished one, which bounds the memory.
const AHEAD: usize = 8;

/// Works on many evaluations at once, each with the rubric that it names.
///
/// Only a few documents for each thread are in memory at one time. A faulty document is an outcome of its own, and stops no
/// other.
#[derive(Debug, Clone)]
pub struct Batch {
    library: Library,
    jobs: usize,
}

/// An evaluation's text, with where it stands.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Document {
    /// The file's name in findings.
    pub name: String,
    /// The line of the file at which it begins, from 1.
    pub line: u32,
    /// YAML or JSON, which must be UTF-8.
    pub bytes: Vec<u8>,
}

impl Document {
    /// A document that is the whole of a file.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), line: 1, bytes: bytes.into() }
    }

    /// Makes the document one line of the file, so that findings have their places in the whole file.
    pub fn at_line(mut self, line: u32) -> Self {
        self.line = line;
        self
    }
}

/// The outcome of one document.
#[derive(Debug)]
#[non_exhaustive]
pub struct Processed<T> {
    /// The file's name in findings.
    pub name: String,
    /// The line of the file at which the document begins.
    pub line: u32,
    /// The value that was made of the evaluation; or every finding, when one is an error.
    pub made: Result<T, Diagnostics>,
}

impl Batch {
    /// Works on all cores, with these rubrics.
    pub fn new(library: Library) -> Self {
        Self { library, jobs: std::thread::available_parallelism().map_or(1, NonZero::get) }
    }

    /// Sets the number of threads; at least one.
    pub fn with_jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs.max(1);
        self
    }

    /// The number of threads.
    pub fn jobs(&self) -> usize {
        self.jobs
    }

    /// Scores every document, makes something of the scorecard, and gives that to `each`, in the order of the documents.
    ///
    /// `make` runs on the threads, `each` on the calling one. When `each` breaks, evaluations under way are finished and
    /// dropped.
    pub fn run<T: Send>(
        &self,
        documents: impl IntoIterator<Item = Document, IntoIter: Send>,
        make: impl Fn(Scorecard) -> T + Sync,
        each: impl FnMut(Processed<T>) -> ControlFlow<()>,
    ) {
        let work = |document: Document| {
            let made = self.evaluation(&document).map(|evaluation| make(evaluation.score()));
            Processed { name: document.name, line: document.line, made }
        };
        self.in_order(documents, work, each);
    }

    /// Reads one document with the rubric that it names, as every one of a batch is read.
    ///
    /// # Errors
    ///
    /// Every finding, when one is an error.
    pub fn evaluation(&self, document: &Document) -> Result<Evaluation, Diagnostics> {
        let name = document.name.as_str();
        let above = document.line.saturating_sub(1);
        let text = decode(name, &document.bytes).map_err(|found| found.below(above))?;
        let mut evaluation = self.library.check(name, text).ok().map_err(|found| found.below(above))?;
        if above > 0 {
            let parts = Arc::make_mut(&mut evaluation.0);
            parts.diagnostics = parts.diagnostics.take().unwrap_or_default().below(above).into();
        }
        Ok(evaluation)
    }

    /// Works on any inputs on all threads, and passes the outcomes to `each` in the order of the inputs. [`Batch::run`]
    /// rests on this; a host that reads or writes files meanwhile can too.
    ///
    /// An input that is slow to come holds up nothing that is done.
    pub fn in_order<I: Send, T: Send>(
        &self,
        inputs: impl IntoIterator<Item = I, IntoIter: Send>,
        work: impl Fn(I) -> T + Sync,
        mut each: impl FnMut(T) -> ControlFlow<()>,
    ) {
        let mut inputs = inputs.into_iter();
        let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build() else {
            // Where no thread can be started, one thread is enough.
            let _ = inputs.map(work).try_for_each(each);
            return;
        };
        // An input takes a place, and what comes of it gives the place back once its turn has come.
        let (places, given_back) = mpsc::sync_channel::<()>(self.jobs.saturating_mul(AHEAD));
        let (results, made) = mpsc::channel();
        let numbered = std::iter::from_fn(move || {
            places.send(()).ok()?;
            inputs.next()
        })
        .enumerate();
        let work = &work;
        pool.in_place_scope(move |scope| {
            scope.spawn(move |_| {
                numbered.par_bridge().for_each_with(results, |results, (number, input)| {
                    let result = panic::catch_unwind(AssertUnwindSafe(|| work(input)));
                    let _ = results.send((number, result));
                });
            });
            let mut early = BTreeMap::new();
            let mut turn = 0;
            for (number, result) in made {
                early.insert(number, result);
                while let Some(result) = early.remove(&turn) {
                    turn = usize::saturating_add(turn, 1);
                    let _ = given_back.recv();
                    let result = result.unwrap_or_else(|cause| panic::resume_unwind(cause));
                    if each(result).is_break() {
                        return;
                    }
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn batch(jobs: usize) -> Batch {
        Batch::new(Library::bundled()).with_jobs(jobs)
    }

    #[test]
    fn outcomes_come_in_the_order_of_the_input_however_long_they_took() {
        for jobs in [1, 2, 5] {
            let mut seen = Vec::new();
            let slow_first = |number: u64| {
                std::thread::sleep(Duration::from_micros(if number.is_multiple_of(7) { 3000 } else { 10 }));
                number
            };
            batch(jobs).in_order(0..300, slow_first, |number| {
                seen.push(number);
                ControlFlow::Continue(())
            });
            assert_eq!(seen, (0..300).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_is_taken_than_there_is_room_for() {
        let (taken, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let most = AtomicUsize::new(0);
        let inputs = (0..2000).inspect(|_| {
            let ahead = taken.fetch_add(1, Ordering::SeqCst) + 1 - done.load(Ordering::SeqCst);
            most.fetch_max(ahead, Ordering::SeqCst);
        });
        batch(3).in_order(
            inputs,
            |number| number,
            |_| {
                std::thread::sleep(Duration::from_micros(50));
                done.fetch_add(1, Ordering::SeqCst);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(done.load(Ordering::SeqCst), 2000);
        // The one whose turn it is has given its place back.
        assert!(most.load(Ordering::SeqCst) <= 3 * AHEAD + 1, "{most:?}");
    }

    #[test]
    fn finished_outcomes_are_passed_on_while_the_next_input_is_slow_to_come() {
        let (answers, answered) = mpsc::channel();
        // The second input waits for the answer to the first.
        let inputs = (0..3).inspect(move |number| {
            if *number > 0 {
                assert_eq!(answered.recv_timeout(Duration::from_secs(20)), Ok(number - 1));
            }
        });
        batch(1).in_order(
            inputs,
            |number| number,
            |number| {
                let _ = answers.send(number);
                ControlFlow::Continue(())
            },
        );
    }

    #[test]
    fn it_ends_when_it_is_told_to() {
        let mut seen = 0;
        batch(2).in_order(
            0u64..,
            |number| number,
            |_| {
                seen += 1;
                if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 10);
    }

    #[test]
    #[should_panic(expected = "the host's own")]
    fn a_panic_of_the_host_is_passed_on_and_does_not_hang() {
        let work = |number: u64| assert_ne!(number, 5, "the host's own");
        batch(2).in_order(0u64.., work, |()| ControlFlow::Continue(()));
    }

    #[test]
    fn findings_are_at_their_line_of_the_file_and_drawn_there() {
        let line = r#"{ "rubric": { "id": "connecticut_school_social_work" }, "ratings": { "self_growth": "has_met", "self_growth": "has_met", "nobody": "has_met" } }"#;
        let found = batch(1).evaluation(&Document::new("all.ndjson", line).at_line(17)).unwrap_err();
        assert!(found.iter().all(|finding| (finding.start.line, finding.end.line) == (17, 17)), "{found}");
        let drawn = found.to_string();
        assert!(drawn.contains("--> all.ndjson:17:96\n   |\n17 | { \"rubric\""), "{drawn}");
        assert!(drawn.contains("the first one is at line 17;"), "{drawn}");
    }

    #[test]
    fn bytes_that_are_no_utf8_are_a_finding_at_their_line() {
        let found = batch(1).evaluation(&Document::new("all.ndjson", b"{\"a\xff".as_slice()).at_line(3)).unwrap_err();
        let places: Vec<_> =
            found.iter().map(|finding| (finding.code.as_str(), finding.start.line, finding.start.column)).collect();
        assert_eq!(places, [("not-utf8", 3, 4)]);
    }
}
