//! The words of the output for what a page's parts are.

use crate::document::TableSyntax;
use crate::facts::{
    ColumnRole, Direction, MessageProblemKind, RequestForm, RequestSense, SectionRole, TableRole,
};
use crate::normalize::marks::Requirement;
use crate::normalize::types::Quality;

pub(super) fn section(role: SectionRole) -> &'static str {
    use SectionRole as R;
    match role {
        R::Prerequisites => "prerequisites",
        R::RestRequest => "rest_request",
        R::RequestSyntax => "request_syntax",
        R::UriParameters => "uri_parameters",
        R::RequestHeaders => "request_headers",
        R::RequestBody => "request_body",
        R::RequestExample => "request_example",
        R::Response => "response",
        R::ResponseCodes => "response_codes",
        R::ResponseBody => "response_body",
        R::ResponseExample => "response_example",
        R::ErrorCodes => "error_codes",
        R::Examples => "examples",
        R::Properties => "properties",
        R::Enumeration => "enumeration",
        R::FilterSyntax => "filter_syntax",
        R::SeeAlso => "see_also",
    }
}

pub(super) fn table(role: TableRole) -> &'static str {
    match role {
        TableRole::Properties => "properties",
        TableRole::Parameters => "parameters",
        TableRole::Headers => "headers",
        TableRole::Members => "members",
        TableRole::ErrorCodes => "error_codes",
        TableRole::RequestSyntax => "request_syntax",
        TableRole::Other => "other",
        TableRole::Unknown => "unknown",
    }
}

pub(super) fn syntax(syntax: TableSyntax) -> &'static str {
    match syntax {
        TableSyntax::Pipe => "pipe",
        TableSyntax::Html => "html",
        TableSyntax::BrokenPipe => "broken_pipe",
        TableSyntax::Bullets => "bullets",
        TableSyntax::Definitions => "definitions",
        TableSyntax::Components => "components",
        TableSyntax::Headings => "headings",
        TableSyntax::Card => "card",
    }
}

pub(super) fn column(role: ColumnRole) -> &'static str {
    use ColumnRole as R;
    match role {
        R::Name => "name",
        R::Type => "type",
        R::Required => "required",
        R::Optional => "optional",
        R::Description => "description",
        R::Method => "method",
        R::Uri => "uri",
        R::Value => "value",
        R::Number => "number",
        R::HttpStatus => "http_status",
        R::ErrorCode => "error_code",
        R::Default => "default",
        R::Example => "example",
        R::Position => "position",
        R::Other => "other",
    }
}

pub(super) fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Exact => "exact",
        Quality::Translated => "translated",
        Quality::Vague => "vague",
        Quality::Garbled => "garbled",
        Quality::Unknown => "unknown",
    }
}

/// What a mark says; the marks of a column for what is optional say the opposite.
pub(super) fn requirement(requirement: Requirement) -> &'static str {
    match requirement {
        Requirement::Yes => "required",
        Requirement::No => "optional",
        Requirement::Conditional => "conditional",
    }
}

pub(super) fn form(form: RequestForm) -> &'static str {
    match form {
        RequestForm::Table => "table",
        RequestForm::Fence => "fence",
        RequestForm::Http => "http",
        RequestForm::Inline => "inline",
        RequestForm::Heading => "heading",
        RequestForm::Line => "line",
        RequestForm::Labels => "labels",
        RequestForm::Curl => "curl",
        RequestForm::Html => "html",
        RequestForm::Component => "component",
        RequestForm::FrontMatter => "front_matter",
    }
}

pub(super) fn sense(sense: RequestSense) -> &'static str {
    match sense {
        RequestSense::Declared => "declared",
        RequestSense::Example => "example",
        RequestSense::Mentioned => "mentioned",
    }
}

pub(super) fn direction(direction: Direction) -> Option<&'static str> {
    match direction {
        Direction::Request => Some("request"),
        Direction::Response => Some("response"),
        Direction::Unknown => None,
    }
}

pub(super) fn problem(kind: MessageProblemKind) -> &'static str {
    match kind {
        MessageProblemKind::NoBlankLine => "no blank line before the body",
        MessageProblemKind::BadStartLine => "bad start line",
        MessageProblemKind::HeaderWithoutColon => "header without colon",
        MessageProblemKind::AnotherMessage => "another message follows",
        MessageProblemKind::QuoteEndsEarly => "a quote ends the argument early",
    }
}
