//! The system calls that code in a sandbox may not make. A list of what is refused: what it does not
//! name is bounded by namespaces, by landlock and by having no rights.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch, sock_filter,
};

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

const EPERM: u32 = 1;
const ENOSYS: u32 = 38;

/// Calls that reach around namespaces, into other processes or into the kernel.
const ALWAYS: &[i64] = &[
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_adjtimex,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_adjtime,
    libc::SYS_clock_settime,
    libc::SYS_delete_module,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_init_module,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_uring_setup,
    libc::SYS_kcmp,
    libc::SYS_kexec_file_load,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    // Memory that belongs to no mapping is counted by nobody.
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_migrate_pages,
    libc::SYS_mount,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_move_pages,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pivot_root,
    libc::SYS_process_madvise,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_quotactl,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_setdomainname,
    libc::SYS_sethostname,
    libc::SYS_setns,
    libc::SYS_settimeofday,
    libc::SYS_swapoff,
    libc::SYS_swapon,
    libc::SYS_syslog,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
];

#[cfg(target_arch = "x86_64")]
const ALWAYS_HERE: &[i64] = &[
    libc::SYS_ioperm,
    libc::SYS_iopl,
    libc::SYS_modify_ldt,
    libc::SYS_nfsservctl,
    libc::SYS_uselib,
    libc::SYS_ustat,
];
#[cfg(not(target_arch = "x86_64"))]
const ALWAYS_HERE: &[i64] = &[];

/// What landlock does not know: sockets, other users of the same memory and queues, and the
/// attributes of files.
const WITH_LANDLOCK: &[i64] = &[
    // Pairs are there, and they are connected: whoever has one reaches nobody else by it.
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_bind,
    libc::SYS_connect,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchmodat2,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_fremovexattr,
    libc::SYS_fsetxattr,
    libc::SYS_ioprio_set,
    libc::SYS_listen,
    libc::SYS_lremovexattr,
    libc::SYS_lsetxattr,
    libc::SYS_mq_open,
    libc::SYS_mq_unlink,
    libc::SYS_msgctl,
    libc::SYS_msgget,
    libc::SYS_msgrcv,
    libc::SYS_msgsnd,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_send_signal,
    libc::SYS_removexattr,
    libc::SYS_sched_setaffinity,
    libc::SYS_sched_setattr,
    libc::SYS_sched_setparam,
    libc::SYS_sched_setscheduler,
    libc::SYS_semctl,
    libc::SYS_semget,
    libc::SYS_semop,
    libc::SYS_semtimedop,
    // Who stays in the group of processes is ended with it, in one step.
    libc::SYS_setpgid,
    libc::SYS_setpriority,
    libc::SYS_setsid,
    libc::SYS_setxattr,
    libc::SYS_shmat,
    libc::SYS_shmctl,
    libc::SYS_shmget,
    libc::SYS_socket,
    libc::SYS_utimensat,
];

#[cfg(target_arch = "x86_64")]
const WITH_LANDLOCK_HERE: &[i64] = &[
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_futimesat,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
];
#[cfg(not(target_arch = "x86_64"))]
const WITH_LANDLOCK_HERE: &[i64] = &[];

/// Namespaces that a process could make for itself, one bit each.
const NAMESPACES: [u64; 7] =
    [0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000];
/// Puts characters into the input of a terminal, or of the console.
const TERMINAL_INPUT: [u64; 2] = [0x5412, 0x541c];
/// Families of sockets that there are inside: UNIX, INET and INET6.
const FAMILIES: [u64; 3] = [UNIX, 2, 10];
const UNIX: u64 = 1;
/// Bits of a kind of socket that are no flags, and the kinds that can be sent to by an address:
/// datagrams and raw ones.
const KIND: u64 = 0xf;
const ADDRESSABLE: [u64; 2] = [2, 3];
/// The longest segment of System V shared memory, which would outlive all that use it.
/// `PostgreSQL` asks for less than a page.
const LONGEST_SEGMENT: u64 = 64 << 10;

/// The filter for programs that bubblewrap or landlock keeps in bounds.
pub(crate) fn program(landlock: bool) -> Result<BpfProgram, String> {
    rules(landlock).map_err(|error| format!("the filter of system calls can't be made: {error}"))
}

fn rules(landlock: bool) -> Result<BpfProgram, Box<dyn std::error::Error>> {
    let mut rules = Rules::new();
    for call in ALWAYS.iter().chain(ALWAYS_HERE) {
        rules.insert(*call, Vec::new());
    }
    let bits = NAMESPACES
        .iter()
        .map(|bit| SeccompRule::new(vec![condition(0, SeccompCmpOp::MaskedEq(*bit), *bit)?]));
    rules.insert(libc::SYS_clone, bits.collect::<Result<_, _>>()?);
    let inputs = TERMINAL_INPUT.iter().map(|request| {
        let low = SeccompCmpArgLen::Dword;
        SeccompRule::new(vec![SeccompCondition::new(1, low, SeccompCmpOp::Eq, *request)?])
    });
    rules.insert(libc::SYS_ioctl, inputs.collect::<Result<_, _>>()?);
    if landlock {
        for call in WITH_LANDLOCK.iter().chain(WITH_LANDLOCK_HERE) {
            rules.insert(*call, Vec::new());
        }
        rules.insert(libc::SYS_socketpair, addressable_pairs()?);
        let addressed = SeccompRule::new(vec![condition(4, SeccompCmpOp::Ne, 0)?])?;
        rules.insert(libc::SYS_sendto, vec![addressed]);
        // Limits of other processes of the user.
        let other = SeccompRule::new(vec![condition(0, SeccompCmpOp::Ne, 0)?])?;
        rules.insert(libc::SYS_prlimit64, vec![other]);
    } else {
        let foreign: Result<Vec<_>, _> = FAMILIES
            .iter()
            .map(|family| {
                SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, *family)
            })
            .collect();
        rules.insert(libc::SYS_socket, vec![SeccompRule::new(foreign?)?]);
        let long = SeccompRule::new(vec![condition(1, SeccompCmpOp::Gt, LONGEST_SEGMENT)?])?;
        rules.insert(libc::SYS_shmget, vec![long]);
    }
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    let refused = SeccompAction::Errno(EPERM);
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, arch)?;
    let mut program = prelude();
    program.extend(BpfProgram::try_from(filter)?);
    Ok(program)
}

/// Pairs by which somebody else can be reached: a datagram goes to any socket that is named, by a
/// path or without one, whoever the other end of the pair is. Landlock does not know of paths here.
fn addressable_pairs() -> Result<Vec<SeccompRule>, BackendError> {
    let of = |argument, operator, value| {
        SeccompRule::new(vec![SeccompCondition::new(
            argument,
            SeccompCmpArgLen::Dword,
            operator,
            value,
        )?])
    };
    let kinds = ADDRESSABLE.iter().map(|kind| of(1, SeccompCmpOp::MaskedEq(KIND), *kind));
    std::iter::once(of(0, SeccompCmpOp::Ne, UNIX)).chain(kinds).collect()
}

fn condition(
    argument: u8,
    operator: SeccompCmpOp,
    value: u64,
) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Qword, operator, value)
}

/// What stands before the list: `clone3` hides its flags behind a pointer and is therefore not
/// there, so that everybody takes `clone`; and the second set of numbers of the same calls
/// (x32) is not there either.
fn prelude() -> BpfProgram {
    const LOAD: u16 = 0x20;
    const EQUAL: u16 = 0x15;
    const AT_LEAST: u16 = 0x35;
    const RETURN: u16 = 0x06;
    const ERRNO: u32 = 0x0005_0000;
    let step = |code, jt, jf, k| sock_filter { code, jt, jf, k };
    let clone3 = u32::try_from(libc::SYS_clone3).unwrap_or(u32::MAX);
    vec![
        step(LOAD, 0, 0, 0),
        step(EQUAL, 1, 0, clone3),
        step(AT_LEAST, 0, 1, 0x4000_0000),
        step(RETURN, 0, 0, ERRNO | ENOSYS),
    ]
}

/// A filter as bubblewrap reads it.
pub(crate) fn bytes(program: &BpfProgram) -> Vec<u8> {
    program
        .iter()
        .flat_map(|step| {
            let mut bytes = [0; 8];
            bytes[..2].copy_from_slice(&step.code.to_ne_bytes());
            bytes[2..4].copy_from_slice(&[step.jt, step.jf]);
            bytes[4..].copy_from_slice(&step.k.to_ne_bytes());
            bytes
        })
        .collect()
}
