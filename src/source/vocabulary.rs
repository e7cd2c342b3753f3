//! The words of a language, which the reader is given.

/// The words of a language that are none of its keys, or keys in another mapping.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// The keys that documents begin with.
    pub(crate) beginning: &'static str,
    /// Keys, and the words that people write for each who know other formats.
    pub(crate) called: &'static [(&'static str, &'static [&'static str])],
    /// Keys that are written a mapping too high or too low: a key that is known where they are written, the mapping that they
    /// belong to, and the keys.
    pub(crate) homes: &'static [(&'static str, &'static str, &'static [&'static str])],
    /// Keys that name what is defined elsewhere, and how to mend a definition that stands at the name's place.
    pub(crate) named: &'static [(&'static str, &'static str)],
    pub(crate) keyed: Keyed,
}

/// The words about a mapping of which one key says what it is.
#[derive(Debug)]
pub(crate) struct Keyed {
    /// No key of it says so.
    pub(crate) lacks: &'static str,
    /// Two keys of it say so.
    pub(crate) several: &'static str,
    /// The help for two keys.
    pub(crate) help: &'static str,
}

/// No words at all, for texts of the program's own.
pub(super) static NONE: Vocabulary = Vocabulary {
    beginning: "",
    called: &[],
    homes: &[],
    named: &[],
    keyed: Keyed { lacks: "", several: "", help: "" },
};

impl Vocabulary {
    /// The mapping that a key belongs to, where it stands in one with these keys.
    pub(super) fn home(&self, key: &str, known: &[&str]) -> Option<&'static str> {
        let (_, home, _) = self.homes.iter().find(|(here, _, keys)| known.contains(here) && keys.contains(&key))?;
        Some(home)
    }

    /// The one of `known` that people call otherwise, who know other formats.
    pub(super) fn called<'k>(&self, written: &str, known: &[&'k str]) -> Option<&'k str> {
        let written = written.to_lowercase();
        let is_meant = |(here, others): &&(&str, &[&str])| known.contains(here) && others.contains(&&*written);
        let (here, _) = self.called.iter().find(is_meant)?;
        known.iter().copied().find(|known| known == here)
    }
}
