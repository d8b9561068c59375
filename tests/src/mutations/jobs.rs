//! Mistakes in what workers do, after the answer or by themselves. The tests that the compiler wrote see
//! them: only these have workers work.

use super::flows::tested;
use super::{Files, Mutation, replace};

const JOBS: &str = "app/repositories/flow_job_repository.py";
const RUNNER: &str = "app/services/job_runner.py";
const WORKER: &str = "app/services/job_worker.py";

pub(super) const ALL: &[Mutation] = &[
    tested("job done by everybody who claimed it", |files| {
        let (own, open) = ("FlowJob.attempts == claimed.attempts", "FlowJob.attempts >= 1");
        replace(files, JOBS, own, open)?;
        let open = "                FlowJob.next_attempt_at.is_not(None),\n";
        replace(files, JOBS, open, "")
    }),
    tested("job claimed by everybody", |files| {
        replace(files, JOBS, "job.next_attempt_at = now + lease", "job.next_attempt_at = now")
    }),
    tested("job stored though its request is undone", |files| {
        let create = "        await self.create(job)\n";
        replace(files, JOBS, create, &format!("{create}        await self.session.commit()\n"))
    }),
    tested("job tried without end", |files| {
        for sign in [">=", ">"] {
            let bound = format!("if job.attempts {sign} self._settings.jobs_max_attempts:");
            replace(files, WORKER, &bound, "if job.attempts < 0:")?;
        }
        Some(WORKER.to_owned())
    }),
    tested("refused job tried again", |files| {
        let refused = "await self._finish(job, \"refused\")";
        replace(files, WORKER, refused, "await self._postpone(job, error, log)")
    }),
    tested("schedule that is another one", |files| replace(files, RUNNER, " * ", " 1 ")),
    tested("starts that are caught up", caught_up),
];

/// Stores each start that was missed.
fn caught_up(files: &mut Files) -> Option<String> {
    let now = "        now = utcnow()\n        if self._planned_until is not None and now < ";
    let then =
        "        now = self._planned_until or utcnow()\n        if utcnow() < now and now <= ";
    replace(files, WORKER, now, then)?;
    replace(files, WORKER, "now <= self._planned_until:", "self._planned_until is not None:")
}
