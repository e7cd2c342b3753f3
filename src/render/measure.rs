//! How much text a template may make: the engine bounds its steps, and this what the steps put together.

use minijinja::value::{Rest, Value, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, State, filters};

use super::growth::{MEASURED, PRINTED};
use super::misuse::misuse;

/// The largest text that a template may keep or put together, in bytes.
pub(super) const MAX_TEXT: usize = 16 * 1024 * 1024;
/// The longest list that a template may keep or put together.
const MAX_ITEMS: usize = 1_000_000;
/// The bytes that may be read and written in putting texts together, of one page.
const MAX_MADE: usize = 256 * 1024 * 1024;
/// Shorter texts are printed without being counted: a step costs more.
const SHORT: usize = 64;

/// The bytes that were put together so far.
#[derive(Debug, Default)]
struct Made(usize);

/// Bounds what filters put together, and adds those that measure what operators do.
pub(super) fn bound(environment: &mut Environment<'_>) {
    environment.add_filter(MEASURED, |state: &mut State<'_, '_>, value: Value| measured(state, value));
    environment
        .add_filter(PRINTED, |state: &mut State<'_, '_>, bytes: usize| charge(state, bytes).map(|()| Value::from(())));
    wrap(environment, "join", Value::from_function(filters::join), joined);
    wrap(environment, "sum", Value::from_function(filters::sum), joined);
    wrap(environment, "replace", Value::from_function(filters::replace), replaced);
    wrap(environment, "format", Value::from_function(filters::format), formatted);
    wrap(environment, "indent", Value::from_function(filters::indent), indented);
    wrap(environment, "batch", Value::from_function(filters::batch), counted);
    wrap(environment, "slice", Value::from_function(filters::slice), counted);
}

/// Counts a text that is printed: a block may catch it, and print it again.
pub(super) fn printed(state: &mut State<'_, '_>, text: &str) -> Result<(), Error> {
    if text.len() > SHORT { charge(state, text.len()) } else { Ok(()) }
}

/// Replaces a filter by one that first asks how large its result can become.
fn wrap(environment: &mut Environment<'_>, name: &'static str, filter: Value, size: fn(&[Value]) -> usize) {
    environment.add_filter(name, move |state: &mut State<'_, '_>, arguments: Rest<ValueOrKwargs>| {
        let arguments = arguments.into_values();
        let size = size(&arguments);
        if size > MAX_TEXT {
            return Err(too_large());
        }
        charge(state, size)?;
        filter.call(state, &arguments)
    });
}

/// The value, where it is of a size that may be kept.
fn measured(state: &mut State<'_, '_>, value: Value) -> Result<Value, Error> {
    if let Some(length) = value.as_str().map(str::len) {
        if length > MAX_TEXT {
            return Err(too_large());
        }
        charge(state, length)?;
    } else if matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable)
        && let Some(items) = value.len()
    {
        if items > MAX_ITEMS {
            return Err(misuse(
                "a list that it makes has more than 1,000,000 items: go through its parts one after the other",
            ));
        }
        // The items that a list gained stand at one of its ends.
        for end in [Some(0), items.checked_sub(1).filter(|last| *last > 0)].into_iter().flatten() {
            let item = value.get_item_by_index(end).ok();
            charge(state, item.as_ref().and_then(Value::as_str).map_or(0, str::len))?;
        }
    }
    Ok(value)
}

fn charge(state: &mut State<'_, '_>, bytes: usize) -> Result<(), Error> {
    let made = &mut state.get_or_insert_extension_with(Made::default).0;
    *made = made.saturating_add(bytes);
    if *made > MAX_MADE {
        return Err(misuse(
            "the texts that it makes are larger than 256 MiB together: print each part where it belongs",
        ));
    }
    Ok(())
}

fn too_large() -> Error {
    misuse("a text that it makes is larger than 16 MiB: print its parts instead of putting them together")
}

/// The bytes of a text; anything else is taken to be short.
fn bytes(value: &Value) -> usize {
    value.as_str().map_or(SHORT, str::len)
}

/// The bytes of all items of a list with what is put between them.
fn joined(arguments: &[Value]) -> usize {
    let Some(list) = arguments.first().filter(|list| list.len().is_some()) else { return 0 };
    let between: usize = arguments.iter().skip(1).filter(|value| value.as_str().is_some()).map(bytes).sum();
    let mut size = 0_usize;
    for item in list.try_iter().into_iter().flatten() {
        let item = item.as_str().map_or(0, str::len);
        size = size.saturating_add(item).saturating_add(between);
        if size > MAX_TEXT {
            break;
        }
    }
    size
}

/// The bytes of a text when all that is looked for in it is replaced.
fn replaced(arguments: &[Value]) -> usize {
    let [text, from, to, ..] = arguments else { return 0 };
    let (Some(text), Some(from)) = (text.as_str(), from.as_str()) else { return bytes(text) };
    let times = if from.is_empty() { text.chars().count().saturating_add(1) } else { text.matches(from).count() };
    text.len().saturating_add(times.saturating_mul(bytes(to)))
}

/// The bytes of a format with all that is put into it, and of the widths that it asks for.
fn formatted(arguments: &[Value]) -> usize {
    let format = arguments.first().and_then(Value::as_str).unwrap_or_default();
    let digits = format.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let widths = digits.map(|digits| digits.parse().unwrap_or(usize::MAX)).fold(0, usize::saturating_add);
    let given = arguments.iter().skip(1).map(|value| {
        // A width may be given too.
        let width = if format.contains('*') { value.as_usize().unwrap_or_default() } else { 0 };
        bytes(value).max(width)
    });
    // A named value may stand in it more than once.
    let times = format.matches('%').count().max(1);
    given.fold(0, usize::saturating_add).saturating_mul(times).saturating_add(widths).saturating_add(format.len())
}

/// The bytes of a text when each of its lines is indented.
fn indented(arguments: &[Value]) -> usize {
    let text = arguments.first().and_then(Value::as_str).unwrap_or_default();
    let lines = text.matches('\n').count().saturating_add(1);
    text.len().saturating_add(lines.saturating_mul(count(arguments)))
}

/// The items that are asked for, as bytes.
fn counted(arguments: &[Value]) -> usize {
    count(arguments).saturating_mul(size_of::<Value>())
}

/// The greatest number among the arguments, named or not.
fn count(arguments: &[Value]) -> usize {
    let number = |value: &Value| match value.kind() {
        ValueKind::Number => value.as_usize().unwrap_or_default(),
        ValueKind::Map => {
            let values = value.try_iter().into_iter().flatten().filter_map(|key| value.get_item(&key).ok());
            values.filter_map(|value| value.as_usize()).max().unwrap_or_default()
        }
        _ => 0,
    };
    arguments.iter().skip(1).map(number).max().unwrap_or_default()
}
