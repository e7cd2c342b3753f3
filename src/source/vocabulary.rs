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
    /// Keys that people of other formats write for something that stands elsewhere, or is said in another way: keys that are
    /// known where they are written, the keys, those that they stand for, and how to say it.
    pub(crate) instead: &'static [Instead],
    /// Keys whose values people write in another form, the form that is wanted, and how to write it.
    pub(crate) written: &'static [(&'static str, Form, &'static str)],
    /// Keys that the program writes, and the next step where one is missing.
    pub(crate) made: &'static [(&'static str, &'static str)],
    pub(crate) keyed: Keyed,
}

/// Keys that stand for something that is said in another way.
#[derive(Debug)]
pub(crate) struct Instead {
    /// Keys that the mapping knows.
    pub(crate) beside: &'static [&'static str],
    /// The keys as people write them.
    pub(crate) keys: &'static [&'static str],
    /// The keys of the mapping that these stand for, which are not missing too.
    pub(crate) stand_for: &'static [&'static str],
    pub(crate) help: &'static str,
}

/// The form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    List,
    /// Keys of the user's own, with values.
    Mapping,
    /// One value, or keys and values.
    Either,
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
    instead: &[],
    written: &[],
    made: &[],
    keyed: Keyed { lacks: "", several: "", help: "" },
};

impl Vocabulary {
    /// The mapping that a key belongs to, where it stands in one with these keys.
    pub(super) fn home(&self, key: &str, known: &[&str]) -> Option<&'static str> {
        let (_, home, _) = self.homes.iter().find(|(here, _, keys)| known.contains(here) && keys.contains(&key))?;
        Some(home)
    }

    /// How to say what a key stands for, where it stands in a mapping with these keys.
    pub(super) fn instead(&self, key: &str, known: &[&str]) -> Option<&'static Instead> {
        let is_known = |beside: &&str| known.contains(beside);
        self.instead.iter().find(|one| one.keys.contains(&key) && one.beside.iter().all(is_known))
    }

    /// How to write the value of a key, which is in another form.
    pub(super) fn written(&self, key: &str, form: Form) -> Option<&'static str> {
        let (_, _, help) = self.written.iter().find(|(known, wanted, _)| *known == key && *wanted == form)?;
        Some(help)
    }

    /// The one of `known` that people call otherwise, who know other formats.
    pub(super) fn called<'k>(&self, written: &str, known: &[&'k str]) -> Option<&'k str> {
        let written = written.to_lowercase();
        let is_meant = |(here, others): &&(&str, &[&str])| known.contains(here) && others.contains(&&*written);
        let (here, _) = self.called.iter().find(is_meant)?;
        known.iter().copied().find(|known| known == here)
    }
}
