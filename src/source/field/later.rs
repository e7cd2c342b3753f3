//! Values of an overlay, which are read where they stand in the end: in the rubric that it makes with its base.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use super::super::findings::Findings;
use super::super::reader::{Read, Reader, Wanted, read_value};
use super::super::tree::Node;
use super::Field;

/// A value that is read later, as a `T`.
#[derive(Debug, Clone)]
pub(crate) struct Unread<T> {
    node: Node<'static>,
    kind: PhantomData<T>,
}

impl<T: Read> Unread<T> {
    pub(crate) fn word(&self) -> Option<&str> {
        self.node.word()
    }
}

impl<T: Read> Read for Unread<T> {
    fn read(reader: Reader<'_>) -> Option<Self> {
        Some(Self { node: reader.present(Wanted::Anything)?.to_owned_node(), kind: PhantomData })
    }
}

impl<T> Serialize for Unread<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.node.serialize(serializer)
    }
}

/// Finds the faults of a value that goes nowhere, since the operation that it is part of could not be done.
pub(crate) fn look<T: Read>(field: &Field<Unread<T>>, texts: &[&str], findings: &Findings) {
    if let Some(unread) = field.get() {
        let _: Option<T> = read_value(&unread.node, texts, findings);
    }
}

/// A value with the tree that it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Kept<T> {
    pub(crate) value: T,
    pub(crate) node: Node<'static>,
}

impl<T: Read> Read for Kept<T> {
    fn read(reader: Reader<'_>) -> Option<Self> {
        let node = reader.present(Wanted::Anything)?.to_owned_node();
        Some(Self { value: T::read(reader)?, node })
    }
}

impl<T: Serialize> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
