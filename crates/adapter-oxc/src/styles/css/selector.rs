//! Scopes selectors: each compound of a selector gets the class of the scope, so that it matches own elements only.

use super::{
    Note, Problem, is_marker,
    scan::{COMMENT, bracket_end, find, is_name, name_end, skip},
};

/// Appends a list of selectors, scoped by `class`. `at` is its offset, for problems.
pub(super) fn scope(
    list: &str,
    at: usize,
    class: &str,
    notes: &mut Vec<Note>,
    out: &mut String,
) -> Result<(), Problem> {
    let mut start = 0;
    loop {
        let end = find(list, start, |byte| byte == b',').map_err(|problem| problem.after(at))?;
        let selector = &list[start..end];
        if selector.trim().is_empty() {
            return Err(Problem::new(at + start, "a selector is missing; write one before `{` and between commas"));
        }
        let known = notes.len();
        complex(selector, class, notes, out).map_err(|problem| problem.after(at + start))?;
        notes[known..].iter_mut().for_each(|note| note.offset += at + start);
        if end == list.len() {
            return Ok(());
        }
        out.push(',');
        start = end + 1;
    }
}

/// Appends compounds and the combinators between them.
fn complex(selector: &str, class: &str, notes: &mut Vec<Note>, out: &mut String) -> Result<(), Problem> {
    let bytes = selector.as_bytes();
    let is_column = |at: usize| bytes[at] == b'|' && bytes.get(at + 1) == Some(&b'|');
    let (mut at, mut is_first) = (0, true);
    loop {
        let (mut combinator, mut combinator_at) = ("", at);
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || matches!(bytes[at], b'>' | b'+' | b'~' | b'|')) {
            let length = match bytes[at] {
                b'|' if is_column(at) => 2,
                b'|' => break, // `|a`: an element without a namespace.
                _ => 1,
            };
            if !bytes[at].is_ascii_whitespace() {
                if !combinator.is_empty() {
                    let message = format!(
                        "two combinators follow each other here: `{}`; write one",
                        &selector[combinator_at..=at]
                    );
                    return Err(Problem::new(combinator_at, message));
                }
                (combinator, combinator_at) = (&selector[at..at + length], at);
            }
            at += length;
        }
        if at == bytes.len() {
            return match combinator {
                "" => Ok(()),
                _ => Err(Problem::new(
                    combinator_at,
                    format!("the selector ends with `{combinator}`; write what follows it"),
                )),
            };
        }
        out.push_str(if combinator.is_empty() && !is_first { " " } else { combinator });
        is_first = false;
        let mut end = at;
        while end < bytes.len() {
            end = match bytes[end] {
                b'(' | b'[' => bracket_end(selector, end)?,
                b'>' | b'+' | b'~' => break,
                byte if byte.is_ascii_whitespace() || is_column(end) => break,
                _ => skip(selector, end)?,
            };
        }
        let known = notes.len();
        compound(&selector[at..end], class, notes, out).map_err(|problem| problem.after(at))?;
        notes[known..].iter_mut().for_each(|note| note.offset += at);
        at = end;
    }
}

/// Appends one compound, such as `a.link[href]:hover::before`, with the class before its first pseudo-class.
fn compound(text: &str, class: &str, notes: &mut Vec<Note>, out: &mut String) -> Result<(), Problem> {
    let bytes = text.as_bytes();
    let mut class_at = None;
    let (mut is_own, mut is_global, mut is_root) = (false, false, false);
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'&' => {
                if matches!(bytes.get(at + 1), Some(b'-' | b'_')) {
                    let message = "`&` followed by the rest of a name is Sass, not CSS; write the whole class name";
                    return Err(Problem::new(at, message));
                }
                // What `&` stands for has the class.
                return unwrap(&text[at..], out).map_err(|problem| problem.after(at));
            }
            b':' => {
                let pseudo = Pseudo::at(text, at)?;
                if pseudo.name == "global" {
                    global(pseudo.arguments.unwrap_or_default().trim(), at, out)?;
                    is_global = true;
                } else {
                    is_root |=
                        matches!(pseudo.name.as_str(), "root" | "scope") || pseudo.name.starts_with("view-transition");
                    class_at.get_or_insert(out.len());
                    unwrap(&text[at..pseudo.end], out).map_err(|problem| problem.after(at))?;
                }
                at = pseudo.end;
                continue;
            }
            b'[' => bracket_end(text, at)?,
            b'.' | b'#' if bytes.get(at + 1).is_some_and(|byte| is_name_start(*byte)) => name_end(text, at + 1),
            b'*' | b'|' | COMMENT => at + 1,
            byte if is_name_start(byte) => name_end(text, at),
            _ => {
                let character = text[at..].chars().next().unwrap_or_default();
                return Err(Problem::new(
                    at,
                    format!("`{character}` cannot stand here in a selector; write plain CSS"),
                ));
            }
        };
        let part = &text[at..end];
        if matches!(part, "html" | "body") {
            notes.push(Note { offset: at, element: part.to_owned() });
        }
        if bytes[at] != COMMENT {
            is_own = true;
            out.push_str(part);
        }
        at = end;
    }
    if !is_root && (is_own || !is_global) {
        out.insert_str(class_at.unwrap_or(out.len()), &format!(".{class}"));
    }
    Ok(())
}

fn is_name_start(byte: u8) -> bool {
    is_name(byte) && !byte.is_ascii_digit()
}

/// A pseudo-class or pseudo-element.
struct Pseudo<'t> {
    name: String,
    arguments: Option<&'t str>,
    end: usize,
}

impl<'t> Pseudo<'t> {
    fn at(text: &'t str, at: usize) -> Result<Self, Problem> {
        let start = at + if text[at..].starts_with("::") { 2 } else { 1 };
        let end = name_end(text, start);
        if start == end {
            return Err(Problem::new(at, "a `:` without a name; is a `;` missing before it?"));
        }
        let name = text[start..end].to_ascii_lowercase();
        refuse_pseudo(&name, at)?;
        if text.as_bytes().get(end) == Some(&b'(') {
            let close = bracket_end(text, end)?;
            return Ok(Self { name, arguments: Some(&text[end + 1..close - 1]), end: close });
        }
        Ok(Self { name, arguments: None, end })
    }
}

/// Appends the argument of `:global(…)`, which is not scoped.
fn global(argument: &str, at: usize, out: &mut String) -> Result<(), Problem> {
    if argument.is_empty() {
        let message = "`:global` needs a selector in parentheses: `:global(.name)`";
        return Err(Problem::new(at, message));
    }
    let is_list = find(argument, 0, |byte| byte == b',')? < argument.len();
    let is_complex = find(argument, 0, |byte| byte.is_ascii_whitespace() || b">+~".contains(&byte))? < argument.len();
    let joins = at > 0 && (is_complex || !argument.starts_with(['.', '#', '[', ':']));
    if is_list || joins {
        out.push_str(":is(");
        unwrap(argument, out)?;
        out.push(')');
    } else {
        unwrap(argument, out)?;
    }
    Ok(())
}

/// Appends the arguments of a pseudo-class. They are not scoped, since they only restrict what the rest of the selector
/// matches; `:global(…)` in them becomes `:is(…)`.
fn unwrap(arguments: &str, out: &mut String) -> Result<(), Problem> {
    let mut at = 0;
    while at < arguments.len() {
        if arguments[at..].starts_with(":global(") {
            out.push_str(":is");
            at += ":global".len();
            continue;
        }
        if arguments.as_bytes()[at] == b':' && at + 1 < arguments.len() {
            refuse_pseudo(&arguments[at + 1..name_end(arguments, at + 1)].to_ascii_lowercase(), at)?;
        }
        let mut end = skip(arguments, at)?;
        while !arguments.is_char_boundary(end) {
            end += 1;
        }
        if arguments.as_bytes()[at] != COMMENT {
            out.push_str(&arguments[at..end]);
        }
        at = end;
    }
    Ok(())
}

fn refuse_pseudo(name: &str, at: usize) -> Result<(), Problem> {
    let message = match name {
        "host" | "host-context" | "slotted" => {
            "`:host`, `:host-context` and `::slotted` match in shadow trees only; give the element a class"
        }
        "deep" | "v-deep" => "`:deep` is Vue's; write `:global(…)` around what is not an own element",
        "local" => "`:local` is of CSS modules; every selector is local here, so leave it out",
        _ if name.contains(is_marker) => "an expression cannot be the name of a pseudo-class; write the name out",
        _ => return Ok(()),
    };
    Err(Problem::new(at, message))
}
