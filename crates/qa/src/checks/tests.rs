//! Each check finds what it is for, and nothing else.

use stratapi_plan::{Artifact, ArtifactTree};

use crate::judge;

/// The messages about a file, with pins that satisfy `J0105` beside it.
fn findings(path: &str, text: &str) -> Vec<String> {
    let mut tree = ArtifactTree::default();
    for (path, text) in [(path, text), ("requirements.txt", "fastapi==0.165.0\n")] {
        if tree.get(path).is_none() {
            let (path, text) = (path.to_owned(), text.to_owned());
            tree.insert(Artifact { path, text, origins: Vec::new() });
        }
    }
    judge(&tree).into_iter().map(|d| format!("{}: {}", d.code, d.message)).collect()
}

#[test]
fn what_the_second_grammar_refuses_is_found() {
    let found = findings("app/a.py", "x = 1\ndef f(a, a):\n    return 1\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("J0101: `app/a.py:2` is no Python 3.11"), "{found:?}");
    assert!(findings("app/a.py", "x: int = 1\n").is_empty());
}

#[test]
fn functions_that_do_nothing_are_found_wherever_they_stand() {
    let text = "\
class A:
    async def f(self) -> None:
        \"\"\"Do.\"\"\"

    @abstractmethod
    def g(self) -> None: ...

if x:
    def h():
        raise NotImplementedError(\"later\")

def i():
    return None
";
    assert_eq!(
        findings("app/a.py", text),
        ["J0102: `f` in `app/a.py:2` does nothing", "J0102: `h` in `app/a.py:9` does nothing"]
    );
}

#[test]
fn the_old_name_of_list_is_found() {
    let text = "def get_all(x):\n    return x\n";
    assert_eq!(findings("app/a.py", text), ["J0103: `app/a.py:1` defines `get_all`"]);
    assert!(findings("app/a.py", "def get_all_of(x):\n    return x\n").is_empty());
}

#[test]
fn literals_as_sql_are_found() {
    for bad in ["sa.text('draft')", "text(\"draft\")", "sa.text(\n    \"a b\"\n)"] {
        let text = format!("c = sa.Column(server_default={bad})\n");
        assert_eq!(findings("app/a.py", &text), ["J0104: `app/a.py:1` gives a literal as SQL"]);
    }
    for good in
        ["\"draft\"", "sa.text('0')", "sa.text('now()')", "sa.text(\"CURRENT_DATE\")", "sa.true()"]
    {
        let text = format!("c = sa.Column(server_default={good})\n");
        assert!(findings("app/a.py", &text).is_empty(), "{good}");
    }
}

#[test]
fn requirements_are_pinned() {
    let path = "requirements.txt";
    assert!(findings(path, "# c\na==1 \\\n    --hash=sha256:00\nb[c]==2 ; x > '1'\n").is_empty());
    assert_eq!(findings(path, "a>=1\n"), ["J0105: `requirements.txt` does not pin `a>=1`"]);
    assert_eq!(findings(path, "a==1.*\n"), ["J0105: `requirements.txt` does not pin `a==1.*`"]);
    assert_eq!(findings(path, "# none\n"), ["J0105: `requirements.txt` pins nothing"]);
}
