//! Where the inputs of a flow stand in a request.

use std::collections::{BTreeMap, BTreeSet};

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::endpoint::wrong;
use super::not_yet;
use crate::model::{
    AttributeType, DefaultValue, Flow, FlowInput, InputKind, Literal, Method, Place, Segment,
};
use crate::read::Source;
use crate::resolve::{Context, header};
use crate::syntax::Node;

/// A default that says what a value that may be null is anyway.
const NULL: DefaultValue = DefaultValue::Literal(Literal::Null);

/// The place of each input, in their order, given those in the path. Where something is wrong that is
/// reported.
pub(super) fn places(
    method: Method,
    (route, path): (&[Segment], Span),
    node: &Node,
    flow: &Flow,
    context: &mut Context,
) -> Option<Vec<Place>> {
    let inputs = route.iter().filter_map(|segment| match segment {
        Segment::Input(position) => Some(*position),
        Segment::Word(_) => None,
    });
    let mut named: BTreeMap<usize, (Place, Span)> =
        inputs.map(|position| (position, (Place::Path, path))).collect();
    let mut good = true;
    // Of what is said to stand somewhere, no more is reported.
    let mut said: BTreeSet<usize> = named.keys().copied().collect();
    let query = node.get("query").map_or(&[][..], Node::items).iter().filter_map(Node::source);
    for source in query {
        let Some(position) = value(source, flow, context) else {
            good = false;
            continue;
        };
        said.insert(position);
        good &= fits(&flow.inputs[position], &Place::Query, source.span, context)
            && put(&mut named, position, Place::Query, source, context).is_some();
    }
    for entry in node.get("headers").map_or(&[][..], Node::entries) {
        let source = Source::key(&entry.key);
        let header = entry.value.source().and_then(|header| {
            let taken = named.values().any(|(place, _)| {
                matches!(place, Place::Header(known) if known.eq_ignore_ascii_case(header.text))
            });
            named_header(header, taken, context)
        });
        let (Some(header), Some(position)) = (header, value(source, flow, context)) else {
            good = false;
            continue;
        };
        said.insert(position);
        good &= fits(&flow.inputs[position], &header, source.span, context)
            && put(&mut named, position, header, source, context).is_some();
    }
    let mut places = Vec::new();
    for (position, input) in flow.inputs.iter().enumerate() {
        let rest = if method.has_body() { Place::Body } else { Place::Query };
        if !said.contains(&position) && rest == Place::Query {
            good &= fits(input, &rest, input.name.span, context);
        }
        places.push(named.remove(&position).map_or(rest, |(place, _)| place));
    }
    good.then_some(places)
}

/// Says where an input stands, once.
fn put(
    named: &mut BTreeMap<usize, (Place, Span)>,
    position: usize,
    place: Place,
    source: Source<'_>,
    context: &mut Context,
) -> Option<()> {
    if let Some((_, first)) = named.get(&position) {
        let message = format!("`{}` stands in two places", source.text);
        let finding = Diagnostic::error(Code::E0319, message).at(source.span, "named again");
        context.report(finding.also(*first, "first named here").help("leave one of them out"));
        return None;
    }
    named.insert(position, (place, source.span));
    Some(())
}

/// The position of an input that is a value.
fn value(source: Source<'_>, flow: &Flow, context: &mut Context) -> Option<usize> {
    let found = flow.inputs.iter().position(|input| input.name.value == source.text);
    let Some(position) = found else {
        let values = flow.inputs.iter().filter(|it| matches!(it.kind, InputKind::Value(_)));
        let known: Vec<String> = values.map(|input| input.name.value.clone()).collect();
        context.unknown("input", source.text, source.span, &known);
        return None;
    };
    if matches!(flow.inputs[position].kind, InputKind::Row(_)) {
        let message = format!("`{}` is a row: its key stands in the path", source.text);
        wrong(source.span, message, "leave it out here", context);
        return None;
    }
    Some(position)
}

/// The header of a name.
fn named_header(source: Source<'_>, taken: bool, context: &mut Context) -> Option<Place> {
    let name = source.text;
    if !header::is_name(name) {
        let help = "write letters, digits and `-`, such as `X-Source`";
        wrong(source.span, "this can't be the name of a header", help, context);
        return None;
    }
    let keys = context.key_header.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(name));
    let other = header::is_taken(name) || keys;
    if other || taken {
        let what = if other { "means something else" } else { "stands here twice" };
        let message = format!("the header `{name}` {what}");
        wrong(source.span, message, "choose another name", context);
        return None;
    }
    Some(Place::Header(name.to_owned()))
}

/// Whether values of the type of an input can stand there; else that is reported.
fn fits(input: &FlowInput, place: &Place, span: Span, context: &mut Context) -> bool {
    let InputKind::Value(found) = &input.kind else { return true };
    if found.nullable && found.default.as_ref().is_some_and(|default| *default != NULL) {
        let name = &input.name.value;
        let message = format!("nobody can send null for `{name}` here");
        let finding = Diagnostic::error(Code::E0319, message).at(span, "");
        let finding = finding.also(found.span, "may be null, and has a default");
        context.report(finding.help("take the `?` or the default away, or send it in the body"));
        return false;
    }
    let lines = matches!(place, Place::Header(_));
    let what = match &found.ty {
        _ if found.list => "lists",
        AttributeType::Json => "JSON values",
        AttributeType::Bytes { .. } => "octets",
        AttributeType::Text { .. } if lines => "texts of several lines",
        _ => return true,
    };
    let (place, help) = match place {
        Place::Header(_) => ("headers", "declare a `string`, or send it in the body"),
        _ => ("the query", "send it in the body, by `POST`"),
    };
    not_yet(span, &format!("{what} in {place}"), help, context);
    false
}

/// Whether values of the type of an input can stand in a path; else that is reported.
pub(super) fn in_path(input: &FlowInput, span: Span, context: &mut Context) -> bool {
    let InputKind::Value(found) = &input.kind else { return true };
    let name = &input.name.value;
    let (message, help) = match &found.ty {
        _ if found.default.is_some() => (
            format!("`{name}` has a default, and what stands in a path is always there"),
            "take the default away, or send it in the query",
        ),
        _ if found.nullable => (
            format!("`{name}` may be null, and what stands in a path is always there"),
            "take the `?` away, or send it in the query",
        ),
        AttributeType::Enum(id) if !found.list => {
            let members = &context.enums[id.index()].members;
            let mut values = members.iter().map(|member| member.value.value.as_str());
            let Some(value) = values.find(|it| it.contains('/') || [".", ".."].contains(it)) else {
                return true;
            };
            let message = format!("the value `{value}` of `{name}` can't stand in a path");
            (message, "send it in the query")
        }
        AttributeType::Int(_)
        | AttributeType::BigInt(_)
        | AttributeType::Uuid
        | AttributeType::Date
            if !found.list =>
        {
            return true;
        }
        _ => (
            format!("`{name}` can't stand in a path"),
            "numbers without a fraction, days, UUIDs and members of enums can; send it in the query",
        ),
    };
    wrong(span, message, help, context);
    false
}

/// Reports an endpoint that takes an input from elsewhere than another endpoint of its flow.
pub(super) fn same(
    flow: &Flow,
    (own, span): (&[Place], Span),
    (other, first): (&[Place], Span),
    context: &mut Context,
) {
    let differs =
        flow.inputs.iter().zip(own.iter().zip(other)).find(|(_, (own, other))| own != other);
    let Some((input, (own, other))) = differs else { return };
    let words = |place: &Place| match place {
        Place::Path => "the path".to_owned(),
        Place::Body => "the body".to_owned(),
        Place::Query => "the query".to_owned(),
        Place::Header(name) => format!("the header `{name}`"),
    };
    let name = &input.name.value;
    let message = format!(
        "`{name}` stands in {} here, and in {} at another endpoint of its flow",
        words(own),
        words(other)
    );
    let finding = Diagnostic::error(Code::E0319, message).at(span, "").also(first, "the other one");
    context.report(finding.help("let both take it from one place, or give each a flow of its own"));
}
