//! What the stage is told, as arguments: `key=value`, then `--`, then the program.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

/// What the stage is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Order {
    /// Private memory of one process, in bytes.
    pub(crate) memory: u64,
    /// Longest file, in bytes.
    pub(crate) file: u64,
    /// Time on the processor of one process, in seconds.
    pub(crate) cpu: u64,
    /// How far the program stands back behind whoever watches it, as `nice` counts.
    pub(crate) nice: u64,
    /// Processes of the user, where only those inside are counted.
    pub(crate) processes: Option<u64>,
    /// A folder to copy, and where to.
    pub(crate) copy: Option<(PathBuf, PathBuf)>,
    /// Where to run.
    pub(crate) folder: Option<PathBuf>,
    /// Stay, and end all descendants when the program or the caller has ended.
    pub(crate) supervise: bool,
    /// The caller, if it is to be watched.
    pub(crate) caller: Option<i32>,
    /// Give up rights by landlock.
    pub(crate) landlock: bool,
    /// What landlock leaves readable.
    pub(crate) read: Vec<PathBuf>,
    /// What landlock leaves writable, and the supervisor removes if the caller has ended.
    pub(crate) write: Vec<PathBuf>,
    /// The program and its arguments.
    pub(crate) command: Vec<OsString>,
}

impl Order {
    /// The order in the form of arguments.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let mut out = Vec::new();
        let mut say = |key: &str, value: &OsStr| {
            let mut argument = OsString::from(format!("{key}="));
            argument.push(value);
            out.push(argument);
        };
        let number = |value: u64| OsString::from(value.to_string());
        say("memory", &number(self.memory));
        say("file", &number(self.file));
        say("cpu", &number(self.cpu));
        say("nice", &number(self.nice));
        if let Some(processes) = self.processes {
            say("processes", &number(processes));
        }
        if let Some((from, to)) = &self.copy {
            say("from", from.as_os_str());
            say("to", to.as_os_str());
        }
        if let Some(folder) = &self.folder {
            say("folder", folder.as_os_str());
        }
        if self.supervise {
            say("supervise", OsStr::new("1"));
        }
        if let Some(caller) = self.caller {
            say("caller", OsStr::new(&caller.to_string()));
        }
        if self.landlock {
            say("landlock", OsStr::new("1"));
        }
        self.read.iter().for_each(|path| say("read", path.as_os_str()));
        self.write.iter().for_each(|path| say("write", path.as_os_str()));
        out.push("--".into());
        out.extend(self.command.iter().cloned());
        out
    }

    /// Reads what [`Self::arguments`] writes.
    pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Self, String> {
        let mut order = Self::default();
        let mut from = None;
        let mut arguments = arguments.into_iter();
        for argument in arguments.by_ref() {
            if argument == "--" {
                order.command = arguments.collect();
                return Ok(order);
            }
            let bytes = argument.as_bytes();
            let at = bytes.iter().position(|byte| *byte == b'=').ok_or("an argument has no `=`")?;
            let value = OsString::from_vec(bytes[at + 1..].to_vec());
            let path = PathBuf::from(&value);
            match &bytes[..at] {
                b"memory" => order.memory = number(&value)?,
                b"file" => order.file = number(&value)?,
                b"cpu" => order.cpu = number(&value)?,
                b"nice" => order.nice = number(&value)?,
                b"processes" => order.processes = Some(number(&value)?),
                b"from" => from = Some(path),
                b"to" => order.copy = from.take().map(|from| (from, path)),
                b"folder" => order.folder = Some(path),
                b"supervise" => order.supervise = true,
                b"caller" => order.caller = i32::try_from(number(&value)?).ok(),
                b"landlock" => order.landlock = true,
                b"read" => order.read.push(path),
                b"write" => order.write.push(path),
                _ => return Err(format!("unknown: {}", Path::new(&argument).display())),
            }
        }
        Err("`--` is missing".to_owned())
    }
}

fn number(text: &OsStr) -> Result<u64, String> {
    let number = text.to_str().and_then(|text| text.parse().ok());
    number.ok_or_else(|| format!("no number: {}", Path::new(text).display()))
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn an_order_is_read_as_it_was_written() {
        let order = Order {
            memory: 1,
            file: 2,
            cpu: 3,
            nice: 6,
            processes: Some(4),
            copy: Some(("/a=b".into(), "/c".into())),
            folder: Some("/d".into()),
            supervise: true,
            caller: Some(5),
            landlock: true,
            read: vec!["/e".into(), "/f f".into()],
            write: vec!["/g".into()],
            command: vec!["x".into(), "--".into(), "memory=9".into()],
        };
        assert_eq!(Order::parse(order.arguments()), Ok(order));
        assert!(Order::parse(vec!["memory".into()]).is_err());
        assert!(Order::parse(vec!["memory=x".into(), "--".into()]).is_err());
        assert!(Order::parse(vec!["memory=1".into()]).is_err());
    }
}
