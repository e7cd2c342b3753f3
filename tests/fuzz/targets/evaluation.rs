#![no_main]

use appraise_fuzz::Effort;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| appraise_fuzz::evaluation(bytes, Effort::of(bytes)));
