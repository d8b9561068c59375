//! The processes of the system, read from `/proc`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

/// One process.
#[derive(Debug, Clone, Copy)]
struct Row {
    parent: i32,
    group: i32,
    threads: u32,
    resident: u64,
    zombie: bool,
}

/// All processes at one moment, or rather at moments close to each other.
#[derive(Debug, Default)]
pub(crate) struct Table(BTreeMap<i32, Row>);

/// What processes use together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// Processes and threads.
    pub(crate) processes: u32,
    /// Memory in bytes; what several share counts for each.
    pub(crate) resident: u64,
}

impl Table {
    /// Reads it.
    pub(crate) fn read() -> Self {
        let Ok(folder) = std::fs::read_dir("/proc") else { return Self::default() };
        let page = rustix::param::page_size() as u64;
        let rows = folder.flatten().filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read(format!("/proc/{pid}/stat")).ok()?;
            Some((pid, row(&String::from_utf8_lossy(&stat), page)?))
        });
        Self(rows.collect())
    }

    /// Everything that descends from a process, without itself.
    pub(crate) fn descendants(&self, root: i32) -> Vec<i32> {
        let mut children: BTreeMap<i32, Vec<i32>> = BTreeMap::new();
        for (pid, row) in &self.0 {
            children.entry(row.parent).or_default().push(*pid);
        }
        let mut found = Vec::new();
        let mut open = vec![root];
        while let Some(pid) = open.pop() {
            for child in children.remove(&pid).unwrap_or_default() {
                found.push(child);
                open.push(child);
            }
        }
        found
    }

    /// What some processes use together.
    pub(crate) fn usage(&self, pids: &[i32]) -> Usage {
        let mut usage = Usage::default();
        for row in pids.iter().filter_map(|pid| self.0.get(pid)) {
            usage.processes += row.threads.max(1);
            usage.resident += row.resident;
        }
        usage
    }

    /// Groups to which none but these processes belong.
    fn groups(&self, pids: &[i32]) -> BTreeSet<i32> {
        let mut groups: BTreeSet<i32> =
            pids.iter().filter_map(|pid| Some(self.0.get(pid)?.group)).collect();
        let inside: BTreeSet<&i32> = pids.iter().collect();
        for (_, row) in self.0.iter().filter(|(pid, _)| !inside.contains(pid)) {
            groups.remove(&row.group);
        }
        groups
    }

    fn living(&self, pids: &[i32]) -> Vec<i32> {
        pids.iter().copied().filter(|pid| self.0.get(pid).is_some_and(|row| !row.zombie)).collect()
    }
}

/// A line of `/proc/PID/stat`. The name in parentheses may hold anything, also parentheses.
fn row(stat: &str, page: u64) -> Option<Row> {
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    Some(Row {
        zombie: matches!(*fields.first()?, "Z" | "X"),
        parent: fields.get(1)?.parse().ok()?,
        group: fields.get(2)?.parse().ok()?,
        threads: fields.get(17)?.parse().unwrap_or(1),
        resident: fields.get(21)?.parse::<u64>().unwrap_or(0) * page,
    })
}

/// The memory of some processes in bytes, where what several share counts once.
pub(crate) fn proportional(pids: &[i32]) -> u64 {
    let of = |pid: &i32| {
        let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
        let line = text.lines().find(|line| line.starts_with("Pss:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    pids.iter().filter_map(of).sum::<u64>() << 10
}

/// Ends all that descends from a process, however fast they multiply, and says whether that was
/// done within a second.
pub(crate) fn kill_descendants(root: i32) -> bool {
    let start = Instant::now();
    let mut calm = 0;
    while start.elapsed() < Duration::from_secs(1) {
        let table = Table::read();
        let living = table.living(&table.descendants(root));
        if living.is_empty() {
            calm += 1;
            if calm == 2 {
                return true;
            }
            continue;
        }
        calm = 0;
        // In one step, where they could multiply faster than they are ended one by one.
        for group in table.groups(&living).into_iter().filter_map(Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, Signal::KILL);
        }
        for pid in living.into_iter().filter_map(Pid::from_raw) {
            // It may have ended in the meantime.
            let _ = rustix::process::kill_process(pid, Signal::KILL);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Table, row};

    #[test]
    fn a_name_of_parentheses_and_spaces_is_no_trouble() {
        let stat = "7 (a) R 1 (b) S 3 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 5 0 1 4096 250 1";
        let row = row(stat, 4096).unwrap();
        assert_eq!((row.parent, row.group), (3, 7));
        assert_eq!((row.threads, row.resident), (5, 250 * 4096));
    }

    #[test]
    fn children_are_found_and_their_memory_is_counted() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let own = i32::try_from(std::process::id()).unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        let table = Table::read();
        let descendants = table.descendants(own);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(descendants.contains(&pid));
        assert!(table.usage(&[pid]).processes == 1);
    }
}
