//! The same input gives the same bytes, whatever surrounds it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// The tree that one build of a case makes in a folder of its own, by path.
fn tree(case: &Path, text: &str, folder: &str, shell: &str) -> BTreeMap<String, Vec<u8>> {
    let temporary = TempDir::new().unwrap();
    let folder = temporary.path().join(folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("app.yaml"), text).unwrap();
    for slot in fs::read_dir(case.join("slots")).into_iter().flatten() {
        let slot = slot.unwrap();
        fs::create_dir_all(folder.join("slots")).unwrap();
        fs::copy(slot.path(), folder.join("slots").join(slot.file_name())).unwrap();
    }
    // A shell, since only it can set the umask.
    let output = Command::new("sh")
        .args(["-c", &format!("{shell} \"$0\" build app.yaml --out out")])
        .arg(env!("CARGO_BIN_EXE_stratapi"))
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let root = folder.join("out");
    let mut found = BTreeMap::new();
    collect(&root, &root, &mut found);
    found
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(root, &path, found);
        } else if !name.starts_with(".stratapi/") || name.ends_with("manifest.json") {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

#[test]
#[cfg(unix)]
fn the_tree_depends_on_the_input_alone() {
    for case in ["blog", "shop", "smallest"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden").join(case);
        let text = fs::read_to_string(file.join("app.yaml")).unwrap();
        let expected = tree(&file, &text, "here", "");
        assert!(expected.len() > 20, "{case}");
        let surroundings = [
            ("a folder/with späces", ""),
            ("here", "TZ=Asia/Kathmandu LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8"),
            ("here", "TZ=America/St_Johns LC_ALL=C HOME=/nonexistent"),
            ("here", "umask 077; RAYON_NUM_THREADS=1"),
            ("here", "umask 000; RAYON_NUM_THREADS=7 SOURCE_DATE_EPOCH=1"),
        ];
        for (folder, shell) in surroundings {
            assert!(tree(&file, &text, folder, shell) == expected, "{case}: {folder} {shell}");
        }
        let windows = text.replace('\n', "\r\n");
        assert!(tree(&file, &windows, "here", "") == expected, "{case}: CRLF");
    }
}
