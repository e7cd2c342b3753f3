//! Statements of the fuzz targets of `tests/fuzz` about any bytes, tried on every test document and on a few thousand others that
//! are the same in every run.

#![cfg(all(feature = "batch", feature = "render", feature = "schema", feature = "table"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, unreachable_pub, reason = "the fuzz targets use it too")]

#[path = "fuzz/harness/mod.rs"]
mod harness;
mod support;

use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use harness::{Effort, TARGETS};
use rayon::prelude::*;

/// Generous, for tests run unoptimized and beside each other. The fuzz targets allow ten seconds optimized.
const SOON: Duration = Duration::from_secs(60);

/// Runs a target on bytes; when it fails, says with which.
fn run(target: &str, bytes: &[u8], from: &str) {
    let (_, run) = TARGETS.iter().find(|(name, _)| *name == target).unwrap();
    let start = Instant::now();
    let result = panic::catch_unwind(AssertUnwindSafe(|| run(bytes, Effort::Whole)));
    let bytes = String::from_utf8_lossy(bytes);
    assert!(result.is_ok(), "`{target}` fails with {from}:\n{bytes}\n{:?}", bytes.as_bytes());
    assert!(start.elapsed() < SOON, "`{target}` takes {:?} with {from}:\n{:?}", start.elapsed(), bytes.as_bytes());
}

/// The targets that a folder's documents are for.
const FOLDERS: [(&str, &[&str]); 10] = [
    ("tests/documents/rubric", &["rubric"]),
    ("tests/documents/rubrics", &["rubric", "overlay"]),
    ("tests/documents/overlay", &["overlay"]),
    ("tests/documents/evaluation", &["evaluation", "ndjson", "paths"]),
    ("tests/documents/combined", &["evaluation"]),
    ("tests/policies", &["policy"]),
    ("tests/scored", &["evaluation"]),
    ("examples/evaluations", &["evaluation", "paths"]),
    ("examples/rubrics", &["rubric", "overlay"]),
    ("rubrics", &["rubric"]),
];

/// Small forms of what a fuzzer found once: the target, and the bytes.
const FOUND: [(&str, &str); 5] = [
    // Numbers that not every format carries were written as text, and not read from it again.
    (
        "policy",
        "points: { has_not_met: 1, has_met: 2.00000000000000001, exceeds_expectations: 3 }\n\
         steps: [{ id: s, of: indicators, take: mean, bands: [{ from: 1, rating: has_not_met }, \
         { from: 1.500001, rating: has_met }, { from: 2.1234567890123456, rating: exceeds_expectations }] }]\n",
    ),
    (
        "evaluation",
        "rubric: { id: scored }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
         period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { plans: has_met }\n\
         inputs: { growth: 3.25, stage: experienced }\nextra: { a: 0.00000001, b: 1234567890.12345678 }\n",
    ),
    // As above for service data, whose numbers may have no more digits than every format carries.
    (
        "evaluation",
        "rubric: { id: small }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
         period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { plans: has_met }\n\
         service_data: { travel: 0.0000001 }\n",
    ),
    // An entry for a part that is gone lost its keys without a value.
    (
        "evaluation",
        "rubric: { id: small }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
         period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { plans: has_met }\n\
         orphaned: [{ kind: entered, id: summative, given_for: { rubric: small }, value: { rating: , rationale: As seen. } }]\n",
    ),
    // A list without items was written as nothing where it stood far to the right.
    (
        "rubric",
        "id: r\nversion: 1.0.0\ntitle: R\ndomains: [{ id: d, title: D, indicators: [{ id: i, statement: I. }] }]\n\
         extra: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
    ),
];

#[test]
fn inputs_found_by_fuzzing_stay_mended() {
    for (target, text) in FOUND {
        run(target, text.as_bytes(), "what was found");
    }
}

#[test]
fn every_test_document_holds() {
    let of_folder =
        |(folder, targets)| support::files_ending(folder, ".yaml").into_iter().map(move |path| (path, targets));
    let documents: Vec<_> = FOLDERS.into_iter().flat_map(of_folder).collect();
    assert!(documents.len() > 700, "{}", documents.len());
    documents.par_iter().for_each(|(path, targets)| {
        let bytes = std::fs::read(path).unwrap();
        targets.iter().for_each(|target| run(target, &bytes, path.to_str().unwrap()));
    });
}

/// Numbers that are the same in every run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }
}

/// How many inputs of a kind are tried. `APPRAISE_FUZZED` says how many times as many, for a longer run.
fn many(count: usize) -> usize {
    let times = std::env::var("APPRAISE_FUZZED").ok().and_then(|times| times.parse().ok());
    count * times.unwrap_or(1_usize)
}

#[test]
fn sound_documents_that_are_damaged_hold() {
    let mut numbers = Numbers(1);
    for _ in 0..many(80) {
        let length = 1 + numbers.below(24);
        run("structured", &numbers.bytes(length), "choices");
    }
    for _ in 0..many(150) {
        let length = 1 + numbers.below(24);
        run("paths", &numbers.bytes(length), "choices");
    }
}

/// Pieces of one document cut out, doubled, or put where another is; and single bytes changed.
#[test]
fn texts_that_are_damaged_hold() {
    let mut numbers = Numbers(2);
    let documents: Vec<(&str, Vec<Vec<u8>>)> = FOLDERS
        .into_iter()
        .flat_map(|(folder, targets)| {
            let texts: Vec<Vec<u8>> =
                support::files_ending(folder, ".yaml").iter().map(|path| std::fs::read(path).unwrap()).collect();
            targets.iter().map(move |target| (*target, texts.clone()))
        })
        .collect();
    for _ in 0..many(800) {
        let (target, texts) = &documents[numbers.below(documents.len())];
        let text = &texts[numbers.below(texts.len())];
        if text.len() > 4_000 && numbers.below(8) > 0 {
            continue;
        }
        let other = &texts[numbers.below(texts.len())];
        let mut damaged = text.clone();
        for _ in 0..1 + numbers.below(3) {
            let (from, length) = (numbers.below(other.len() + 1), numbers.below(60));
            let piece = &other[from..(from + length).min(other.len())];
            let start = numbers.below(damaged.len() + 1);
            let end = (start + numbers.below(60)).min(damaged.len());
            match numbers.below(4) {
                0 => drop(damaged.drain(start..end)),
                1 => drop(damaged.splice(start..end, piece.iter().copied())),
                2 => drop(damaged.splice(start..start, piece.iter().copied())),
                _ if start < damaged.len() => damaged[start] = b" \n:-{}[]\"'#&*,0x\xff"[numbers.below(17)],
                _ => {}
            }
        }
        run(target, &damaged, "a damaged document");
    }
}
