//! The rubrics at hand: the bundled ones, and the ones that a host adds.

mod built;
mod extend;
mod variants;

use std::sync::{Arc, OnceLock};

use crate::check;
use crate::diagnostic::{Checked, Diagnostics};
use crate::evaluation::Evaluation;
use crate::overlay;
use crate::rubric::{Rubric, RubricData};
use crate::source::{Field, Findings, Span};
use crate::syntax::evaluation::RubricReference;
use crate::syntax::{self, Source};

/// A rubric that comes with the crate, read when it is first asked for.
struct Bundled {
    id: &'static str,
    file: &'static str,
    text: &'static str,
    rubric: OnceLock<Option<Rubric>>,
}

macro_rules! bundled {
    ($count:literal: $($id:literal)*) => {
        static BUNDLED: [Bundled; $count] = [$(Bundled {
            id: $id,
            file: concat!("rubrics/", $id, ".yaml"),
            text: include_str!(concat!("../../rubrics/", $id, ".yaml")),
            rubric: OnceLock::new(),
        }),*];
    };
}

bundled! { 3:
    "connecticut_school_social_work"
    "connecticut_administrative_oversight"
    "connecticut_district_supports"
}

impl Bundled {
    fn rubric(&self) -> Option<Rubric> {
        self.rubric.get_or_init(|| Rubric::check(self.file, self.text, &Library::empty()).value).clone()
    }
}

/// The rubrics at hand, by id. A host adds its own; the newest version of an id is found first.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = std::fs::read_to_string("examples/rubrics/riverside_school_counselor.yaml")?;
/// let mut library = Library::bundled();
/// library.add(Rubric::parse("riverside.yaml", &text, &library)?);
/// assert_eq!(library.ids().len(), 4);
///
/// let evaluation = std::fs::read_to_string("examples/evaluations/novak_scored.yaml")?;
/// assert_eq!(library.rubric_for("novak.yaml", &evaluation)?.id(), "riverside_school_counselor");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Library {
    with_bundled: bool,
    added: Vec<Rubric>,
    /// The rubrics that evaluations may have been made against, and that none is read with.
    old: Vec<Rubric>,
    /// Whether the scoring policies of rubrics read with this library are proven.
    proves: bool,
    /// The variants of overlays with other versions of their bases; made when an evaluation asks for one.
    variants: Arc<OnceLock<Vec<Rubric>>>,
}

impl Library {
    /// The rubrics that come with the crate.
    ///
    /// ```
    /// let ids: Vec<String> = appraise::Library::bundled().ids();
    /// assert!(ids.contains(&"connecticut_school_social_work".to_owned()));
    /// ```
    pub fn bundled() -> Self {
        Self { with_bundled: true, added: Vec::new(), old: Vec::new(), proves: true, variants: Arc::default() }
    }

    /// An empty library.
    pub fn empty() -> Self {
        Self { with_bundled: false, added: Vec::new(), old: Vec::new(), proves: true, variants: Arc::default() }
    }

    /// Leaves out the proofs of scoring policies, for a test that scores with thousands of them. A policy that a proof
    /// would refuse is then read; where it has no rating, the result is insufficient evidence.
    #[doc(hidden)]
    #[must_use]
    pub fn without_proof(self) -> Self {
        Self { proves: false, ..self }
    }

    /// Adds a rubric, in place of one with the same id and version.
    pub fn add(&mut self, rubric: Rubric) {
        self.added.push(rubric);
        self.variants = Arc::default();
    }

    /// Adds an old rubric, which evaluations may have been made against and none is read with: a finding about an
    /// evaluation made against it then lists the changes since.
    pub fn add_old(&mut self, rubric: Rubric) {
        self.old.push(rubric);
        self.variants = Arc::default();
    }

    /// The ids at hand: the bundled ones first, each once.
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        let added = self.added.iter().map(Rubric::id);
        for id in self.bundled_rubrics().map(|bundled| bundled.id).chain(added) {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        ids
    }

    /// Every rubric with this id; of equal versions, the last one counts.
    fn versions(&self, id: &str) -> impl Iterator<Item = Rubric> {
        let bundled = self.bundled_rubrics().filter(move |bundled| bundled.id == id).filter_map(Bundled::rubric);
        bundled.chain(self.added.iter().filter(move |rubric| rubric.id() == id).cloned())
    }

    /// The newest rubric with this id.
    pub fn get(&self, id: &str) -> Option<Rubric> {
        self.versions(id).max_by(|a, b| a.0.version.cmp(&b.0.version))
    }

    /// Every rubric at hand, in all its versions: those of one id together, the oldest first.
    ///
    /// ```
    /// use appraise::{Library, Rubric};
    ///
    /// let mut library = Library::empty();
    /// let text = |version: &str| {
    ///     format!("{{ id: plan, version: {version}, title: Plan, domains: [{{ id: a, title: A, indicators: [{{ id: b, statement: B. }}] }}] }}")
    /// };
    /// for version in ["1.10.0", "1.9.0"] {
    ///     library.add(Rubric::parse("plan.yaml", &text(version), &library)?);
    /// }
    /// assert_eq!(library.rubrics().iter().map(Rubric::version).collect::<Vec<_>>(), ["1.9.0", "1.10.0"]);
    ///
    /// let old = library.get_version("plan", "1.9.0").expect("it is there");
    /// assert_eq!(library.by_fingerprint(old.fingerprint()).map(|rubric| rubric.version()), Some("1.9.0".to_owned()));
    /// assert!(library.remove("plan", "1.9.0") && library.get_version("plan", "1.9.0").is_none());
    /// # Ok::<(), appraise::Diagnostics>(())
    /// ```
    pub fn rubrics(&self) -> Vec<Rubric> {
        let mut rubrics: Vec<Rubric> = Vec::new();
        for id in self.ids() {
            let mut versions: Vec<Rubric> = Vec::new();
            for rubric in self.versions(&id) {
                versions.retain(|known| known.0.version != rubric.0.version);
                versions.push(rubric);
            }
            versions.sort_by(|a, b| a.0.version.cmp(&b.0.version));
            rubrics.append(&mut versions);
        }
        rubrics
    }

    /// The rubric with this id and version.
    pub fn get_version(&self, id: &str, version: &str) -> Option<Rubric> {
        self.versions(id).filter(|rubric| rubric.version() == version).last()
    }

    /// The rubric with this fingerprint, also an old one, and one whose base is given in another version.
    pub fn by_fingerprint(&self, fingerprint: &str) -> Option<Rubric> {
        let is_meant = |rubric: &Rubric| rubric.fingerprint().eq_ignore_ascii_case(fingerprint);
        let at_hand = self.rubrics().into_iter().chain(self.old.iter().cloned()).find(is_meant);
        at_hand.or_else(|| self.variants().iter().find(|rubric| is_meant(rubric)).cloned())
    }

    /// Takes out the rubric with this id and version that a host added, old or not; whether there was one. A bundled one with
    /// the same id and version is then found again.
    pub fn remove(&mut self, id: &str, version: &str) -> bool {
        let before = self.added.len().saturating_add(self.old.len());
        let stays = |rubric: &Rubric| rubric.id() != id || rubric.version() != version;
        self.added.retain(stays);
        self.old.retain(stays);
        self.variants = Arc::default();
        self.added.len().saturating_add(self.old.len()) < before
    }

    /// The text of a bundled rubric, with its comments.
    pub fn text(&self, id: &str) -> Option<&'static str> {
        self.bundled_rubrics().find(|bundled| bundled.id == id).map(|bundled| bundled.text)
    }

    /// The rubric that an evaluation names: with the fingerprint it names if that is at hand, else of the version it names,
    /// else the newest.
    ///
    /// A rubric that extends another is at hand with every version of its base that is: where the base was given a newer
    /// version since, an evaluation is read with the version that its fingerprint leads to.
    ///
    /// # Errors
    ///
    /// The findings, when the text does not say which rubric, or that rubric is not at hand.
    pub fn rubric_for(&self, name: &str, text: &str) -> Result<Rubric, Diagnostics> {
        let source = Source::parse(name, text);
        let findings = source.findings();
        // Checking the evaluation reports its other faults; here only the reference matters.
        let found = source.read(&findings).and_then(|document| self.find(&document, &findings));
        found.ok_or_else(|| source.conclude(None::<Evaluation>, findings, &[]).diagnostics)
    }

    /// Reads an evaluation and checks it against the rubric it names, found as by [`Library::rubric_for`]. Returns the
    /// evaluation if it can be used, and every finding.
    ///
    /// Where the evaluation was made against another text of the rubric that is in the library too, the finding lists the
    /// changes since, and the ones that touch its ratings.
    pub fn check(&self, name: &str, text: &str) -> Checked<Evaluation> {
        self.check_source(&Source::parse(name, text))
    }

    /// As [`Library::check`], for a parsed text.
    pub fn check_source(&self, source: &Source<'_>) -> Checked<Evaluation> {
        self.load(source, |document, findings| self.find(document, findings))
    }

    /// As [`Library::check`], with a given rubric. Where that rubric extends another with several versions in the library,
    /// the evaluation's fingerprint decides between them.
    pub fn check_with(&self, name: &str, text: &str, rubric: &Rubric) -> Checked<Evaluation> {
        self.load(&Source::parse(name, text), |document, _| {
            let other = document.rubric.get().filter(|reference| rubric.is_meant_by(reference) == Some(false));
            let variant = other.and_then(|reference| self.variant_meant(rubric, reference));
            Some(variant.unwrap_or_else(|| rubric.clone()))
        })
    }

    fn load(
        &self,
        source: &Source<'_>,
        rubric: impl Fn(&syntax::Evaluation, &Findings) -> Option<Rubric>,
    ) -> Checked<Evaluation> {
        let Checked { value, diagnostics } = source.load(|document: syntax::Evaluation, findings| {
            let rubric = rubric(&document, findings)?;
            let reference = document.rubric.get().filter(|reference| rubric.is_meant_by(reference) == Some(false));
            let old = reference.and_then(|reference| self.meant_by(reference));
            check::evaluation(&Arc::new(document), &rubric, old.as_ref(), findings)
        });
        let value = value.map(|evaluation| evaluation.accepted_with(&diagnostics).read_from(source.text()));
        Checked { value, diagnostics }
    }

    /// The rubric that an evaluation was made against, by the fingerprint it names or else the version. `None` when that is
    /// not at hand, or the text does not say it.
    pub fn made_against(&self, name: &str, text: &str) -> Option<Rubric> {
        let find = |document: syntax::Evaluation, _: &Findings| self.meant_by(document.rubric.get()?);
        Source::parse(name, text).load(find).value
    }

    fn meant_by(&self, reference: &RubricReference) -> Option<Rubric> {
        let id = reference.id.word()?;
        let old = self.old.iter().cloned();
        let at_hand = old.chain(self.versions(id)).find(|rubric| rubric.is_meant_by(reference) == Some(true));
        at_hand.or_else(|| self.variant_at_hand(reference))
    }

    /// The rubric to read an evaluation with, or a finding that it is not at hand.
    fn find(&self, document: &syntax::Evaluation, findings: &Findings) -> Option<Rubric> {
        let reference = document.rubric.get()?;
        let id = reference.id.word()?;
        let version = reference.version.as_deref().and_then(Field::word);
        let meant = || self.versions(id).filter(|rubric| rubric.is_meant_by(reference) == Some(true)).last();
        let of_version = || self.versions(id).filter(|rubric| Some(&*rubric.version()) == version).last();
        let variant = || self.variant_at_hand(reference).filter(|_| self.get(id).is_some());
        let found = meant().or_else(variant).or_else(of_version).or_else(|| self.get(id));
        if found.is_none() {
            let ids = self.ids();
            check::unknown_rubric(&reference.id, ids.iter().map(String::as_str), findings);
        }
        found
    }

    fn bundled_rubrics(&self) -> impl Iterator<Item = &'static Bundled> {
        BUNDLED.iter().filter(|_| self.with_bundled)
    }
}

impl Default for Library {
    fn default() -> Self {
        Self::bundled()
    }
}

impl Rubric {
    /// Reads and checks a rubric; the rubric if it can be used, and everything found, warnings too.
    ///
    /// `name` is the document's name in findings. `library` holds the rubrics that it may extend.
    pub fn check(name: &str, text: &str, library: &Library) -> Checked<Self> {
        library.check_rubric(&Source::parse(name, text), None)
    }

    /// Reads and checks a rubric. The short way, which leaves warnings out.
    ///
    /// # Errors
    ///
    /// Every finding, when one is an error.
    pub fn parse(name: &str, text: &str, library: &Library) -> Result<Self, Diagnostics> {
        Self::check(name, text, library).ok()
    }
}

impl Rubric {
    /// This rubric with another scoring policy in place of its own; the rubric if the policy can be used, and everything
    /// found.
    ///
    /// The policy is a document of its own: the value of `scoring` in a rubric, with or without that key; a list of
    /// policies needs the key. The rubric's
    /// fingerprint stays. Read an evaluation again with the returned rubric, whose policy decides on its inputs and entered
    /// ratings.
    ///
    /// ```
    /// use appraise::{Checked, Library};
    ///
    /// let library = Library::bundled();
    /// let rubric = library.get("connecticut_school_social_work").expect("it is bundled");
    /// let policy = "
    /// points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
    /// steps:
    ///   - { id: domain_score, each: domain, of: indicators, take: mean }
    ///   - id: summative
    ///     of: domain_score
    ///     take: mean
    ///     bands: [{ from: 1, rating: has_not_met }, { from: 1.75, rating: has_met }, { from: 2.5, rating: exceeds_expectations }]
    /// ";
    /// let Checked { value: scored, diagnostics: findings } = rubric.with_policy("policy.yaml", policy);
    /// assert!(findings.is_empty(), "{findings}");
    /// assert!(scored.expect("it is sound").scoring_fingerprint().is_some());
    /// ```
    pub fn with_policy(&self, name: &str, text: &str) -> Checked<Self> {
        let source = Source::parse(name, text);
        let under_a_key = source.tree().and_then(|tree| tree.get("scoring"));
        let with =
            |scoring: Field<syntax::scoring::Policies>, findings: &Findings| check::policy(self, scoring, findings);
        let checked = if under_a_key.is_some() {
            source.load(|document: syntax::scoring::Document, findings| with(document.scoring, findings))
        } else {
            source.load(|scoring, findings| with(Field { span: Span::default(), value: Some(scoring) }, findings))
        };
        checked.map(|rubric| {
            // As an overlay would have it, so that the document is the whole of what the rubric is.
            let section = under_a_key.or(source.tree());
            let Some((section, base)) = section.zip(self.0.origin.as_base()) else { return rubric };
            let tree = overlay::with_section(base, "scoring", section);
            let origin = self.0.origin.extended_by(name, text, tree);
            Self(Arc::new(RubricData { origin, ..(*rubric.0).clone() }))
        })
    }
}

impl Evaluation {
    /// Reads an evaluation and checks it against a rubric; the evaluation if it can be used, and everything found.
    ///
    /// `name` is the document's name in findings.
    pub fn check(name: &str, text: &str, rubric: &Rubric) -> Checked<Self> {
        Library::empty().check_with(name, text, rubric)
    }

    /// Reads an evaluation and checks it against a rubric. Warnings are kept in [`Evaluation::diagnostics`].
    ///
    /// # Errors
    ///
    /// Every finding, when one is an error.
    pub fn parse(name: &str, text: &str, rubric: &Rubric) -> Result<Self, Diagnostics> {
        Self::check(name, text, rubric).ok()
    }
}
