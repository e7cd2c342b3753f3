//! Rules of the members of a step: `of` and `under`.

use crate::diagnostic::Code;
use crate::policy::{InputKind, Node, Of, Reach, Single};
use crate::source::{Field, OneOrList, Span, Word};
use crate::syntax::scoring::{Step, Take};

use super::super::{each_once, value};
use super::names::{Named, Wanted, tier_name};
use super::{At, Checker, not_empty};

impl Checker<'_> {
    /// The members, or a finding.
    pub(super) fn members(&self, step: &Step, at: &At) -> Option<Of> {
        let field = step.of.as_ref()?;
        let take = step.take.as_ref();
        let list = match field.get()? {
            OneOrList::One(word) => {
                let name = Field { span: field.span, value: Some(word.clone()) };
                if word.0 == "indicators" {
                    return self.indicators(take, at);
                }
                return self.one(&name, take, step, at);
            }
            OneOrList::List(list) => list,
        };
        not_empty(list, field.span, "no member", self.findings);
        let named = list.iter().filter_map(|name| Some((name.word()?, name.span)));
        let message = |name: &str| format!("`{}` stands twice", value::shorten(name));
        each_once(named, Code::RepeatedItem, self.findings, message, "remove one: a member counts once, by its weight");
        self.stands_alone(step, at);
        let members: Vec<Option<Single>> = list.iter().map(|name| self.single(name, take, at)).collect();
        members.into_iter().collect::<Option<_>>().map(Of::List)
    }

    fn indicators(&self, take: Option<&Field<Take>>, at: &At) -> Option<Of> {
        at.reaches(Reach::Indicators);
        let Some(take) = take else { return Some(Of::Indicators) };
        if !self.has_points && *take.get()? != Take::ShareMeeting {
            // Told once: what is missing is missing for all steps.
            if !self.without_points.replace(true) {
                let message = "this counts ratings, but the policy gives no points for them".to_owned();
                let help = "add `points:` under `scoring:`, with a number for each rated level";
                self.error(Code::MissingPoints, take.span, message, help);
            }
            return None;
        }
        Some(Of::Indicators)
    }

    fn one(&self, name: &Field<Word>, take: Option<&Field<Take>>, step: &Step, at: &At) -> Option<Of> {
        let id = value::shorten(name.word()?);
        match self.named(name, at, Wanted::Members)? {
            Named::Step(number) => {
                let Some(each) = self.outlines.get(number)?.each? else {
                    self.stands_alone(step, at);
                    return self.of_step(number, name, take, at).map(|single| Of::List(vec![single]));
                };
                if !self.lies_under(each, name, at) || !self.has_what_is_taken(number, name, take) {
                    return None;
                }
                at.reaches(Reach::Results(number));
                Some(Of::Results(number))
            }
            Named::Input(_) => {
                self.stands_alone(step, at);
                self.single(name, take, at).map(|single| Of::List(vec![single]))
            }
            Named::Node(_) => {
                let message = format!("`{id}` is a part of the rubric, not a member");
                let help = format!("write `of: indicators` and `under: [{id}]`, or name a step");
                self.error(Code::WrongKind, name.span, message, help);
                None
            }
        }
    }

    /// A member of a list: a step with one result, or an input with a number.
    fn single(&self, name: &Field<Word>, take: Option<&Field<Take>>, at: &At) -> Option<Single> {
        let id = value::shorten(name.word()?);
        let wrong = |message: String, help: &str| {
            self.error(Code::WrongKind, name.span, message, help);
            None
        };
        if id == "indicators" {
            let help = "write `of: indicators` alone, or a step that takes them first";
            return wrong("`indicators` are no member of a list".to_owned(), help);
        }
        match self.named(name, at, Wanted::Member)? {
            Named::Step(number) => {
                if let Some(each) = self.outlines.get(number)?.each? {
                    let message =
                        format!("`{id}` has a result for each {}, and a list wants one each", tier_name(each));
                    return wrong(message, "write its name alone, `of: <step>`, in a step of its own");
                }
                self.of_step(number, name, take, at)
            }
            Named::Input(number) => {
                if matches!(self.inputs.get(number)?.checked.as_ref()?.kind, InputKind::Choice(_)) {
                    return wrong(
                        format!("the input `{id}` is a choice, not a number"),
                        "use it in a condition or a matrix",
                    );
                }
                if take.and_then(Field::get) == Some(&Take::ShareMeeting) {
                    return wrong(format!("the input `{id}` is no rating, so it meets nothing"), "take another number");
                }
                at.reaches(Reach::Input(number));
                Some(Single::Input(number))
            }
            Named::Node(_) => {
                wrong(format!("`{id}` is a part of the rubric, not a member"), "name earlier steps and inputs")
            }
        }
    }

    fn of_step(&self, number: usize, name: &Field<Word>, take: Option<&Field<Take>>, at: &At) -> Option<Single> {
        if !self.has_what_is_taken(number, name, take) {
            return None;
        }
        let slot = self.outlines.get(number)?.first;
        at.reaches(Reach::Result(crate::policy::ResultOf::Slot(slot)));
        Some(Single::Result(slot))
    }

    /// Whether an earlier step has the score, or the rating, that is taken of it.
    fn has_what_is_taken(&self, number: usize, name: &Field<Word>, take: Option<&Field<Take>>) -> bool {
        let (Some(outline), Some(take)) = (self.outlines.get(number), take.and_then(Field::get)) else { return true };
        let id = value::shorten(name.word().unwrap_or_default());
        if *take == Take::ShareMeeting {
            if !outline.rates {
                let message = format!("the step `{id}` gives no rating, so it meets nothing");
                self.error(Code::WrongKind, name.span, message, "give it `bands`, or take another number");
                return false;
            }
            if outline.levels.as_ref().is_some_and(|levels| levels.meets_at.is_none()) {
                let message = format!("the levels of `{id}` do not say which of them meets expectations");
                self.error(Code::MissingMeetsAt, name.span, message, "add `meets_at:` beside its `levels:`");
                return false;
            }
            return true;
        }
        // A step that gives neither is a finding of its own.
        if !outline.has_score && outline.rates {
            let message = format!("the step `{id}` gives a rating without a score");
            let help = "add `points:` to it, with a number for each of its levels";
            self.error(Code::MissingPoints, name.span, message, help);
        }
        outline.has_score
    }

    /// Members that stand by themselves lie under nothing.
    fn stands_alone(&self, step: &Step, at: &At) {
        let help = "remove it, or name `indicators` or a step with `each` in `of`";
        if let (Some(each), Some(field)) = (at.each, &step.each) {
            let message = format!("no {} has these members of its own", tier_name(each));
            self.error(Code::MisplacedKey, field.span, message, help);
        }
        if let Some(under) = &step.under {
            let message = "these members lie under no part of the rubric".to_owned();
            self.error(Code::MisplacedKey, under.span, message, help);
        }
    }

    /// The nodes that a step looks at; `None` within where it looks at all, `None` where they could not be read.
    pub(super) fn under(&self, step: &Step) -> Option<Option<Vec<Node>>> {
        let Some(field) = &step.under else { return Some(None) };
        let list = field.get()?;
        not_empty(list, field.span, "nothing", self.findings);
        let named = list.iter().filter_map(|name| Some((name.word()?, name.span)));
        let message = |name: &str| format!("`{}` stands twice", value::shorten(name));
        each_once(named, Code::RepeatedItem, self.findings, message, "remove one of them");
        let nodes: Vec<Option<&Node>> = list.iter().map(|name| self.node(name)).collect();
        nodes.into_iter().map(Option::<&Node>::cloned).collect::<Option<_>>().map(Some)
    }

    /// A key that wants another beside it.
    pub(super) fn misplaced(&self, place: Span, message: &str, help: &str) {
        self.error(Code::MisplacedKey, place, message.to_owned(), help);
    }
}
