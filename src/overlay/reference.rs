//! The value of `extends`: a rubric's id, and a requirement on its version.

use std::fmt;

use semver::Version;

/// An id, and the parts of the version that are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) id: String,
    version: Wanted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    Newest,
    Major(u64),
    Minor(u64, u64),
    Exactly(Version),
}

impl Reference {
    /// `id`, `id@1`, `id@1.2` or `id@1.2.0`.
    pub(crate) fn parse(written: &str) -> Option<Self> {
        let (id, version) = match written.split_once('@') {
            None => (written, Wanted::Newest),
            Some((id, version)) => (id, Wanted::parse(version)?),
        };
        (!id.is_empty()).then(|| Self { id: id.to_owned(), version })
    }

    pub(crate) fn accepts(&self, version: &Version) -> bool {
        match &self.version {
            Wanted::Newest => true,
            Wanted::Major(major) => version.major == *major,
            Wanted::Minor(major, minor) => (version.major, version.minor) == (*major, *minor),
            Wanted::Exactly(exactly) => version == exactly,
        }
    }
}

impl Wanted {
    fn parse(written: &str) -> Option<Self> {
        // As in a semantic version, a number has no zero before it.
        let number = |part: &str| part.parse::<u64>().ok().filter(|number| number.to_string() == part);
        match written.split_once('.') {
            None => Some(Self::Major(number(written)?)),
            Some((major, minor)) if !minor.contains('.') => Some(Self::Minor(number(major)?, number(minor)?)),
            Some(_) => Version::parse(written).ok().map(Self::Exactly),
        }
    }
}

/// The versions that will do: "2.x.y of `id`".
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.version {
            Wanted::Newest => {}
            Wanted::Major(major) => write!(f, "{major}.x.y of ")?,
            Wanted::Minor(major, minor) => write!(f, "{major}.{minor}.x of ")?,
            Wanted::Exactly(version) => write!(f, "{version} of ")?,
        }
        write!(f, "`{}`", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_may_be_asked_for_in_part() {
        let accepts = |written: &str, version: &str| {
            Reference::parse(written).unwrap_or_else(|| panic!("{written}")).accepts(&version.parse().unwrap())
        };
        assert!(accepts("base", "7.1.0"));
        assert!(accepts("base@1", "1.9.3"));
        assert!(!accepts("base@1", "2.0.0"));
        assert!(accepts("base@1.2", "1.2.9"));
        assert!(!accepts("base@1.2", "1.20.0"));
        assert!(accepts("base@1.2.0", "1.2.0"));
        assert!(!accepts("base@1.2.0", "1.2.1"));
        assert!(!accepts("base@1.2.0", "1.2.0-draft.1"));
    }

    #[test]
    fn a_reference_with_a_faulty_version_is_refused() {
        for written in
            ["", "@1", "base@", "base@v1", "base@01", "base@1.", "base@1.02", "base@1.2.3.4", "base@^1", "a@b@1"]
        {
            assert_eq!(Reference::parse(written), None, "{written}");
        }
    }
}
