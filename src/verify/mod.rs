//! Finishes, amends and verifies evaluations.

mod amend;
mod finish;
