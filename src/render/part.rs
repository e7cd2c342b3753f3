//! Parts of pages: what a template makes of an indicator's rating, made once for all ratings that have the same in common. What
//! they do not, such as the words of a comment, is left blank, and filled in for each of them.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{AutoEscape, Error, Output, State};

use super::escape;
use super::misuse::misuse;

/// What the ratings of a part have in common: all that a template may look at that makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) indicator: usize,
    /// None for what is unrated.
    pub(super) level: Option<usize>,
    pub(super) said: Said,
}

/// What was said of a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Said {
    pub(super) comment: Comment,
    pub(super) has_evidence: bool,
    pub(super) lacks_qualification: bool,
    pub(super) is_one_of_several: bool,
    pub(super) is_judged: bool,
}

/// Whether there is a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Comment {
    #[default]
    None,
    Short,
    /// One that takes much of a page.
    Long,
}

/// The parts of one indicator at one level, by what was said.
type Slot = Vec<(Said, Arc<Part>)>;

/// The parts that one template made.
#[derive(Debug)]
pub(super) struct Parts {
    levels: usize,
    made: RwLock<Vec<Slot>>,
}

impl Parts {
    /// None yet, for so many indicators and levels.
    pub(super) fn new(indicators: usize, levels: usize) -> Self {
        Self { levels, made: RwLock::new(vec![Slot::new(); indicators * (levels + 1)]) }
    }

    /// The part for a kind of rating; it is made if there is none yet.
    pub(super) fn get(&self, kind: Kind, make: impl FnOnce() -> Result<Part, Error>) -> Result<Arc<Part>, Error> {
        let slot = kind.indicator * (self.levels + 1) + kind.level.map_or(0, |level| level + 1);
        let find = |slots: &[Slot]| {
            let (_, part) = slots.get(slot)?.iter().find(|(said, _)| *said == kind.said)?;
            Some(part.clone())
        };
        if let Some(part) = find(&self.made.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(part);
        }
        // Not while it is locked: a template takes its time. Of two that are the same, the first stays.
        let part = Arc::new(make()?);
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = find(&made) {
            return Ok(part);
        }
        if let Some(slot) = made.get_mut(slot) {
            slot.push((kind.said, part.clone()));
        }
        Ok(part)
    }
}

/// What a template made, with blanks in it.
#[derive(Debug)]
pub(super) struct Part(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Text(Value),
    Blank(Left),
}

/// What is left to be filled in.
#[derive(Debug, Clone)]
struct Left {
    what: String,
    escape: AutoEscape,
}

/// What stands in a blank.
pub(super) enum Filled<'a> {
    /// What a person wrote.
    Text(&'a str),
    /// What a template made.
    Made(String),
    Nothing,
}

impl<'a> From<Option<&'a str>> for Filled<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

impl Part {
    /// What `render` makes, which is given the function `blank` of the template.
    pub(super) fn made(render: impl FnOnce(Value) -> Result<String, Error>) -> Result<Self, Error> {
        // A rubric can say anything, but not what nobody knows beforehand.
        let mark = format!("\u{0}{:x}\u{0}", RandomState::new().hash_one(()));
        let blanks = Arc::new(Blanks { mark: mark.clone(), left: Mutex::default() });
        let text = render(Value::from_dyn_object(blanks.clone()))?;
        let left = std::mem::take(&mut *blanks.lock());
        // Between two marks stands the number of a blank.
        let pieces = text.split(&mark).enumerate().map(|(place, text)| match place % 2 {
            0 => Some(Piece::Text(Value::from_safe_string(text.to_owned()))),
            _ => left.blanks.get(text.parse::<usize>().ok()?).cloned().map(Piece::Blank),
        });
        let pieces: Option<Vec<Piece>> = pieces.collect();
        let is_there = |number| text.contains(&format!("{mark}{number}{mark}"));
        // A block that was caught and cut, or measured, has lost what would be filled in.
        match pieces.filter(|pieces| pieces.len() % 2 == 1 && (0..left.blanks.len()).all(is_there)) {
            Some(pieces) if !left.was_read => Ok(Self(pieces)),
            _ => Err(misuse("a blank can be printed, and nothing else")),
        }
    }

    /// Bytes, without what is filled in.
    pub(super) fn len(&self) -> usize {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.as_str().map_or(0, str::len),
            Piece::Blank(_) => 0,
        };
        self.0.iter().map(text).sum()
    }

    /// The whole of it where nothing is left to fill in.
    pub(super) fn whole(&self) -> Option<Value> {
        match self.0.as_slice() {
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        }
    }

    /// Adds it to a page; `fill` says what stands in each blank.
    pub(super) fn write<'a>(
        &self,
        out: &mut String,
        mut fill: impl FnMut(&str) -> Result<Filled<'a>, Error>,
    ) -> Result<(), Error> {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text.as_str().unwrap_or_default()),
                Piece::Blank(Left { what, escape }) => match fill(what)? {
                    Filled::Text(text) => escape::text(text, escape, out),
                    Filled::Made(made) => out.push_str(&made),
                    Filled::Nothing => {}
                },
            }
        }
        Ok(())
    }
}

/// The function `blank` of one part, and what it left.
#[derive(Debug)]
struct Blanks {
    /// Stands before and after the number of each, and nowhere else.
    mark: String,
    left: Mutex<AllLeft>,
}

#[derive(Debug, Default)]
struct AllLeft {
    blanks: Vec<Left>,
    was_read: bool,
}

impl Blanks {
    fn lock(&self) -> MutexGuard<'_, AllLeft> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Object for Blanks {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        match args {
            [what] if what.as_str().is_some() => {
                let what = what.as_str().unwrap_or_default().to_owned();
                Ok(Value::from_object(Blank { what, blanks: self.clone() }))
            }
            _ => Err(misuse(format!("`blank` takes {FILLS}"))),
        }
    }
}

/// What `blank` returns.
#[derive(Debug)]
pub(super) struct Blank {
    what: String,
    blanks: Arc<Blanks>,
}

impl Blank {
    /// Leaves a mark where the page goes on.
    pub(super) fn print(&self, out: &mut Output<'_>, escape: &AutoEscape) -> fmt::Result {
        let number = {
            let mut left = self.blanks.lock();
            left.blanks.push(Left { what: self.what.clone(), escape: escape.clone() });
            left.blanks.len() - 1
        };
        let mark = &self.blanks.mark;
        write!(out, "{mark}{number}{mark}")
    }
}

impl Object for Blank {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    /// Whatever makes text of it, such as a filter, would take it for the words that are not there yet.
    fn render(self: &Arc<Self>, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.blanks.lock().was_read = true;
        Ok(())
    }
}

/// What a blank can be for.
pub(super) const FILLS: &str = "`comment`, `by_name` or the name of a template that begins with `_`";
