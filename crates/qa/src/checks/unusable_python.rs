//! `J0701`: no Python that runs the project: there is none, its environment is broken, or nothing
//! here may run it.

use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::judge::Bench;
use crate::result::Found;
use crate::tool::{Ended, ToolCall};
use crate::trouble;

/// Leaves with a word where the version or a package is missing that every project needs.
const SCRIPT: &str = "import importlib.util as util, sys
if sys.version_info < (3, 11):
    sys.exit('it is Python %d.%d, and 3.11 or later is needed' % sys.version_info[:2])
for name in ('alembic', 'fastapi', 'sqlalchemy', 'uvicorn'):
    if util.find_spec(name) is None:
        sys.exit('it lacks `' + name + '`')
print('usable')";
const HELP: &str = "`stratapi dev` makes an environment `.venv` in the project; `--python` names \
                    another one";

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let mut call = ToolCall::new("python", &["-I", "-c", SCRIPT]);
    call.limits.time = std::time::Duration::from_secs(20);
    let outcome = bench.run(&call);
    let (reason, help) = match &outcome.ended {
        Ended::Exit(0) if outcome.stdout.trim_ascii() == b"usable" => return Found::default(),
        Ended::Exit(0) => ("it does not do what it is told".to_owned(), HELP),
        Ended::Exit(_) => (trouble::last_line(&outcome.stderr), HELP),
        Ended::Missing(reason) | Ended::Failed(reason) => (reason.clone(), HELP),
        Ended::Refused(reason) => {
            (reason.clone(), "without a sandbox, whatever the project says is done here")
        }
        Ended::TimedOut => ("it does not end".to_owned(), HELP),
        Ended::OutOfBounds(what) => (format!("it takes {what}"), HELP),
        Ended::Signal(number) => (format!("it is ended by signal {number}"), HELP),
    };
    let message = format!("no Python here runs the project: {reason}");
    vec![Finding::error(Code::J0701, message).help(help)].into()
}
