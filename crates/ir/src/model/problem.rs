//! The form of problems: what is answered to a request that fails.

/// A member of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemPart {
    /// A URI that identifies the kind of the problem.
    Type,
    /// What the status means.
    Title,
    /// The status of the answer.
    Status,
    /// What went wrong.
    Detail,
    /// The path of the request.
    Instance,
    /// A stable word for programs.
    Code,
    /// The identifier of the request in logs.
    RequestId,
    /// What is wrong about which value: a list of objects.
    List,
    /// What is wrong about which value: lists of texts by the names of members.
    Keyed,
}

impl ProblemPart {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Type,
        Self::Title,
        Self::Status,
        Self::Detail,
        Self::Instance,
        Self::Code,
        Self::RequestId,
        Self::List,
        Self::Keyed,
    ];

    /// The key of `errors` that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Title => "title",
            Self::Status => "status",
            Self::Detail => "detail",
            Self::Instance => "instance",
            Self::Code => "code",
            Self::RequestId => "request_id",
            Self::List => "list",
            Self::Keyed => "keyed",
        }
    }

    /// Its name where problems have the form of RFC 9457. No form has both kinds of `errors`.
    pub fn name(self) -> &'static str {
        match self {
            Self::List | Self::Keyed => "errors",
            other => other.key(),
        }
    }
}

/// What is answered to a request that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemForm {
    /// Its members by their names on the wire, in canonical order.
    pub members: Vec<(ProblemPart, String)>,
    /// The only member of the answer, which has all these inside.
    pub one: Option<String>,
    /// The key of texts about the request itself, where texts go by keys.
    pub general: String,
    /// The media type of the answer.
    pub media_type: String,
}

impl ProblemForm {
    /// The key of texts about the request itself, where none is declared.
    pub const GENERAL: &'static str = "body";

    /// The form where nothing is declared: problem details.
    ///
    /// Source: RFC 9457, sections 3.1 and 3.2.
    pub fn usual() -> Self {
        let parts = ProblemPart::ALL.into_iter().filter(|part| *part != ProblemPart::Keyed);
        Self {
            members: parts.map(|part| (part, part.name().to_owned())).collect(),
            one: None,
            general: Self::GENERAL.to_owned(),
            media_type: "application/problem+json".to_owned(),
        }
    }

    /// The name of a member on the wire, if it is shown.
    pub fn wire(&self, part: ProblemPart) -> Option<&str> {
        let mut members = self.members.iter();
        members.find(|(known, _)| *known == part).map(|(_, wire)| wire.as_str())
    }

    /// Whether it shows a member.
    pub fn shows(&self, part: ProblemPart) -> bool {
        self.wire(part).is_some()
    }

    /// Whether what went wrong stands nowhere but among the texts that go by keys, which are always there then.
    pub fn tells_by_keys_alone(&self) -> bool {
        self.shows(ProblemPart::Keyed) && !self.shows(ProblemPart::Detail)
    }

    /// Whether a member that is shown stands in every answer.
    pub fn always_tells(&self, part: ProblemPart) -> bool {
        match part {
            ProblemPart::Title | ProblemPart::Status | ProblemPart::Detail | ProblemPart::Code => {
                true
            }
            ProblemPart::Keyed => self.tells_by_keys_alone(),
            ProblemPart::Type
            | ProblemPart::Instance
            | ProblemPart::RequestId
            | ProblemPart::List => false,
        }
    }

    /// Whether some member has another name than in problem details.
    pub fn renames(&self) -> bool {
        self.members.iter().any(|(part, wire)| wire != part.name())
    }
}
