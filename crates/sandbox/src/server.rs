//! A database server that the user lends: where it is, and how programs name it that reach it by a
//! socket only.

use std::fmt;
use std::path::PathBuf;

/// The port of PostgreSQL.
const PORT: u16 = 5432;

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Tcp(String, u16),
    Socket(PathBuf),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(host, port) => write!(f, "{host}:{port}"),
            Self::Socket(path) => write!(f, "{}", path.display()),
        }
    }
}

/// A PostgreSQL server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    url: String,
    account: String,
    database: String,
    target: Target,
}

impl Server {
    /// The server that a URL names: `postgresql://user:password@host:5432/database`.
    ///
    /// # Errors
    /// If it names none: why.
    pub fn of(url: &str) -> Result<Self, String> {
        const FORM: &str = "write `postgresql://user:password@host:5432/database`";
        let (scheme, rest) = url.split_once("://").ok_or(FORM)?;
        let scheme = scheme.split('+').next().unwrap_or_default();
        if !matches!(scheme, "postgres" | "postgresql") {
            return Err(format!("`{scheme}` is no PostgreSQL: {FORM}"));
        }
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
        let (account, place) = authority.rsplit_once('@').unwrap_or(("", authority));
        let option = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.filter(|(key, _)| *key == name).map(|(_, value)| plain(value)).next_back()
        };
        let (host, port) = match place.strip_prefix('[') {
            Some(rest) => rest.split_once(']').ok_or(FORM)?,
            None => place.find(':').map_or((place, ""), |at| place.split_at(at)),
        };
        let port = match option("port").as_deref().or(port.strip_prefix(':')) {
            None | Some("") => PORT,
            Some(text) => text.parse().map_err(|_| format!("`{text}` is no port: {FORM}"))?,
        };
        let host = option("host").unwrap_or_else(|| plain(host));
        let target = match host.as_str() {
            "" => return Err(format!("it names no host: {FORM}")),
            folder if folder.starts_with('/') => {
                Target::Socket(PathBuf::from(folder).join(format!(".s.PGSQL.{port}")))
            }
            host => Target::Tcp(host.to_owned(), port),
        };
        let database = if database.is_empty() { "postgres" } else { database }.to_owned();
        Ok(Self { url: url.to_owned(), account: account.to_owned(), database, target })
    }

    /// As the user named it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// As programs name it that find its socket in a folder.
    pub(crate) fn url_in(&self, folder: &str) -> String {
        let at = if self.account.is_empty() { "" } else { "@" };
        format!("postgresql://{}{at}/{}?host={folder}", self.account, self.database)
    }

    pub(crate) const fn target(&self) -> &Target {
        &self.target
    }
}

/// A part of a URL without its escapes. One that is none stays as it is.
fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => (bytes, rest) = (pushed(bytes, byte), &tail[2..]),
            None => (bytes, rest) = (pushed(bytes, *first), tail),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn pushed(mut bytes: Vec<u8>, byte: u8) -> Vec<u8> {
    bytes.push(byte);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{Server, Target};

    #[test]
    fn a_server_is_what_its_url_says() {
        let tcp = |host: &str, port| Target::Tcp(host.to_owned(), port);
        for (url, target, inside) in [
            ("postgresql://u:p%40@db.example:99/x", tcp("db.example", 99), "u:p%40@/x"),
            ("postgres://localhost", tcp("localhost", 5432), "/postgres"),
            ("postgresql+psycopg://u@[::1]:1/", tcp("::1", 1), "u@/postgres"),
            (
                "postgresql://u@/x?host=%2Frun%2Fpg",
                Target::Socket("/run/pg/.s.PGSQL.5432".into()),
                "u@/x",
            ),
            ("postgresql://u@%2Frun%2Fpg:7/x", Target::Socket("/run/pg/.s.PGSQL.7".into()), "u@/x"),
        ] {
            let server = Server::of(url).unwrap();
            assert_eq!(*server.target(), target, "{url}");
            assert_eq!(server.url_in("/s"), format!("postgresql://{inside}?host=/s"));
        }
    }

    #[test]
    fn what_names_no_server_is_refused_with_the_form() {
        for url in [
            "",
            "localhost",
            "mysql://h",
            "postgresql:///x",
            "postgresql://h:port/x",
            "postgresql://[::1/x",
        ] {
            let error = Server::of(url).unwrap_err();
            assert!(
                error.contains("postgresql://user:password@host:5432/database"),
                "{url}: {error}"
            );
        }
    }
}
