//! Reads mappings whose variant one key decides.

use crate::diagnostic::Code;

use super::super::help::Help;
use super::super::quote::shorten;
use super::super::tree::{Node, NodeKind};
use super::wanted::Wanted;
use super::{Reader, Value};

impl Reader<'_> {
    /// Whether it is a mapping with a key; notes nothing.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        let Value::Present(node) = self.value else { return false };
        let NodeKind::Map(entries) = &node.kind else { return false };
        entries.iter().any(|(name, _)| name.text() == Some(key))
    }

    /// The one of `keys` that the mapping has.
    pub(crate) fn key_of(&self, keys: &[&'static str]) -> Option<&'static str> {
        let wanted = Wanted::Mapping(&[]);
        let words = &self.findings().vocabulary.keyed;
        let NodeKind::Map(entries) = &self.present(wanted)?.kind else { return self.wrong(wanted) };
        let names: Vec<(&str, &Node<'_>)> = entries
            .iter()
            .filter_map(|(key, _)| match &key.kind {
                NodeKind::Scalar { text, .. } => Some((text.as_ref(), key)),
                _ => None,
            })
            .collect();
        let mut found: Option<&'static str> = None;
        for (name, node) in &names {
            let Some(key) = keys.iter().copied().find(|key| key == name) else { continue };
            // One that stands twice is found with the other keys.
            let Some(first) = found.replace(key).filter(|first| *first != key) else { continue };
            self.findings().error(
                Code::UnknownKey,
                node.span,
                format!("`{key}` does not go with `{first}`: {}", words.several),
                words.help.to_owned(),
            );
            return None;
        }
        if found.is_some() {
            return found;
        }
        let mistyped = names.iter().find_map(|(name, node)| {
            let meant = self.findings().meant_key(name, keys)?;
            Some((name, node, meant))
        });
        match mistyped {
            Some((name, node, meant)) => self.findings().error(
                Code::UnknownKey,
                node.span,
                format!("unknown key `{}`", shorten(name)),
                Help::did_you_mean(name, meant),
            ),
            None => {
                let list: Vec<String> = keys.iter().map(|key| format!("`{key}:`")).collect();
                self.findings().lacking(
                    Code::MissingKey,
                    self.at,
                    words.lacks.to_owned(),
                    format!("write one of {}", list.join(", ")),
                );
            }
        }
        None
    }
}
