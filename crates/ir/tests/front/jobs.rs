//! Flows that are done after the answer or by themselves: what is said about bad ones.

use crate::flows::cases;

cases! {
    flow_jobs "    a: {route: 'GET /accounts/{account_id}/a', flow: a}
    b: {route: 'POST /accounts/{account_id}/b', flow: a, status: 204}
    c: {route: POST /c, flow: never, status: 202}
", "    a:
      background: true
      input: {account: Account, code: 'password(8..9)'}
      steps:
        - require: account.name != code
        - return: account
    b:
      background: true
      input: {account: Account}
      steps:
        - require: account.balance > 0
        - return: account
    c:
      schedule: '* * * *'
      input: {account: Account}
      steps:
        - lock: account
    d:
      schedule: 60 24 0 13 8
      steps:
        - require: role(clerk)
    e:
      schedule: '*/0 5/2 32 * mon-xyz'
      steps:
        - call: d
    f:
      schedule: '0 22-6 * * FRI#2'
      background: never
      steps:
        - call: d
    g:
      schedule: '0 0 30,31 2 *'
      steps:
        - call: d
    h:
      schedule: '@daily'
      steps:
        - call: d
    i:
      schedule: '0 5-5/2 31 2 1'
      steps:
        - call: d
    never:
      schedule: '1 1 1 1 1 1'
      steps:
        - call: d
";
    flow_job_endpoints "    a: {route: 'GET /accounts/{account_id}/a', flow: a}
    b: {route: 'POST /accounts/{account_id}/b', flow: a, status: 204}
    c: {route: 'POST /accounts/{account_id}/c', flow: a, status: 202}
", "    a:
      background: true
      input: {account: Account}
      steps:
        - require: account.balance > 0
    d:
      schedule: '0  8,9-11/2,*/15 31 1-3 sun-FRI'
      steps:
        - let: number
          be: sequence('{}')
        - require: len(number) > 0
";
}
