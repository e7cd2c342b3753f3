//! The guides, one for each reader. The files under `src/guide/` hold the same as Markdown; their examples run as tests.

/// Where a guide's links lead in these pages. Of two definitions of a link the first counts, and so the files at the foot of a
/// guide count only where it is read as a file.
macro_rules! links {
    () => {
        "[README]: crate
[rubrics]: crate::guide::rubrics
[evaluations]: crate::guide::evaluations
[forms]: crate::guide::forms
[scoring]: crate::guide::scoring
[templates]: crate::guide::templates
[hosts]: crate::guide::hosts
[codes]: crate::guide::codes
[architecture]: crate::guide::architecture
[changes]: crate::guide::changes

"
    };
}

macro_rules! guides {
    ($($name:ident)*) => {$(
        #[doc = links!()]
        #[doc = include_str!(concat!(stringify!($name), ".md"))]
        pub mod $name {}
    )*};
}

guides! { rubrics evaluations forms scoring templates hosts codes architecture changes }

/// The README's examples run, too.
#[cfg(all(doctest, feature = "render"))]
#[doc = include_str!("../../README.md")]
struct Readme;
