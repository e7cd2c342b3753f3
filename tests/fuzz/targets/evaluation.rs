#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| appraise_fuzz::evaluation(bytes));
