//! Attacks that reach for what is outside: network, files, secrets, other processes, the kernel.

use super::{Attack, reach};

/// Each says `ESCAPED` where it got what it wanted. Those that are harmless are proved to get it
/// where nothing confines them.
pub(crate) const ATTACKS: &[Attack] = &[
    reach("connect-to-a-server-of-the-host", true, "
s = socket.create_connection(('127.0.0.1', @PORT@), 2)
escaped(s.getpeername())"),
    reach("send-a-datagram-to-the-host", true, "
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(('127.0.0.1', @UDP@))
s.send(b'x')
escaped(s.recv(10)) if s.settimeout(1) is None else None"),
    reach("ask-the-kernel-for-networks", true, "
escaped(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).fileno())"),
    reach("open-a-raw-socket", false, "
escaped(socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3).fileno())"),
    reach("open-a-socket-of-the-hypervisor", false, "
escaped(socket.socket(40, socket.SOCK_STREAM).fileno())"),
    reach("connect-to-a-unix-socket", true, "
s = socket.socket(socket.AF_UNIX)
s.connect('@OUT@/socket')
escaped(s)"),
    reach("connect-to-an-abstract-socket", true, "
s = socket.socket(socket.AF_UNIX)
s.connect(b'\\0@ABSTRACT@')
escaped(s)"),
    reach("send-to-a-unix-socket-by-a-pair", true, "
for other in ('@OUT@/datagrams', b'\\0@ABSTRACT@-datagrams'):
    s, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    attempt(lambda: (s.sendto(b'x', other), escaped(other)))
    attempt(lambda: (s.sendmsg([b'x'], (), 0, other), escaped(other)))"),
    reach("connect-a-pair-to-a-unix-socket", true, "
for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
    for other in ('@OUT@/datagrams', '@OUT@/socket', b'\\0@ABSTRACT@-datagrams', b'\\0@ABSTRACT@'):
        s, one = socket.socketpair(socket.AF_UNIX, kind)
        one.close()
        attempt(lambda: (s.connect(other), escaped(other)))"),
    reach("answer-to-a-unix-socket-by-a-pair", false, "
s, one = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
attempt(lambda: (s.sendmsg([b'x'], (), 0, '@OUT@/datagrams'), escaped('a stream')))
s, one = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
attempt(lambda: (s.sendmsg([b'x'], (), 0, '@OUT@/datagrams'), one.settimeout(1), one.recv(1)))"),
    reach("read-a-file-outside", true, "
escaped(open('@OUT@/secret').read())"),
    reach("read-the-environment-file-of-the-project", false, "
for path in ('.env', '@PROJECT@/.env'):
    attempt(lambda: escaped(open(path).read()))"),
    reach("list-folders-of-users", true, "
for path in ('/root', '/home', '@OUT@'):
    attempt(lambda: (found := set(os.listdir(path)) - set(sys.prefix.split('/'))) and escaped(found))"),
    reach("read-the-passwords", false, "
escaped(open('/etc/shadow').read())"),
    reach("write-a-file-outside", true, "
open('@OUT@/written', 'w').write('x')
escaped('@OUT@/written')"),
    reach("write-into-the-project", true, "
open('app.py', 'a').write('# changed')
escaped('app.py')"),
    reach("create-a-file-in-the-project", true, "
open('conftest.py', 'w').write('')
escaped('conftest.py')"),
    reach("write-into-the-python-environment", false, "
for folder in {os.path.dirname(os.__file__), sys.prefix, '/usr/lib', '/usr/local/bin'}:
    attempt(lambda: (open(folder + '/stratapi_attack.pth', 'x'),
        os.remove(folder + '/stratapi_attack.pth'), escaped(folder)))"),
    reach("follow-a-link-outside", true, "
os.symlink('@OUT@/secret', os.environ['HOME'] + '/link')
escaped(open(os.environ['HOME'] + '/link').read())"),
    reach("climb-out-through-proc", true, "
for root in ('/proc/1/root', '/proc/self/root', '/proc/@PID@/root', '/proc/@VICTIM@/root',
             '/proc/%d/root' % os.getppid(), '../../../../../../..'):
    attempt(lambda: escaped(open(root + '@OUT@/secret').read()))"),
    reach("link-a-file-outside-into-the-work-folder", false, "
os.link('@OUT@/secret', os.environ['HOME'] + '/hard')
escaped(open(os.environ['HOME'] + '/hard').read())"),
    reach("change-the-mode-of-a-file-outside", true, "
os.chmod('@OUT@/secret', 0o777)
escaped('mode')"),
    reach("change-a-setting-of-the-kernel", false, "
for path in ('/proc/sys/kernel/core_pattern', '/proc/sys/kernel/domainname', '/proc/sysrq-trigger',
             '/proc/sys/vm/overcommit_memory', '/sys/kernel/mm/transparent_hugepage/enabled'):
    attempt(lambda: escaped(open(path, 'r+').fileno()))"),
    reach("make-a-device", false, "
import stat
path = os.environ['HOME'] + '/disk'
os.mknod(path, stat.S_IFBLK | 0o600, os.makedev(254, 0))
escaped(open(path, 'rb').read(1))"),
    reach("read-a-disk", false, "
for path in ('/dev/vda', '/dev/sda', '/dev/nvme0n1', '/dev/mem', '/proc/kcore', '/dev/kmsg'):
    attempt(lambda: escaped(open(path, 'rb').read(1)))"),
    reach("type-into-the-terminal", false, "
import fcntl
for path in (0, '/dev/tty', '/dev/console'):
    attempt(lambda: escaped(fcntl.ioctl(path if path == 0 else os.open(path, 2), 0x5412, b'x')))"),
    reach("read-the-inherited-environment", false, "
found = [key for key in os.environ if key.startswith(('CARGO', 'RUST', 'SSH', 'AWS'))]
escaped(found) if found else None"),
    reach("read-environments-of-others", true, "
for pid in ('@PID@', '@VICTIM@'):
    attempt(lambda: open(f'/proc/{pid}/environ').read() and escaped(pid))"),
    reach("use-an-inherited-descriptor", false, "
for fd in range(3, 256):
    attempt(lambda: escaped((fd, os.fstat(fd))))"),
    reach("read-the-memory-of-another-process", true, "
for pid in ('@VICTIM@', '@PID@'):
    attempt(lambda: escaped(open(f'/proc/{pid}/mem', 'rb').fileno()))"),
    reach("see-processes-outside", true, "
attempt(lambda: escaped('victim') if os.path.exists('/proc/@VICTIM@/stat') and
    open('/proc/@VICTIM@/stat').read() else None)"),
    reach("signal-a-process-outside", true, "
os.kill(@VICTIM@, 0)
escaped('signal')"),
    reach("kill-the-parent", false, "
for pid in (@VICTIM@, @PID@):
    attempt(lambda: (os.kill(pid, 0), escaped(pid)))
for number in (15, 9):
    attempt(lambda: os.kill(os.getppid(), number) if os.getppid() < 100 else None)
time.sleep(0.2)"),
    reach("set-limits-of-the-judge", true, "
import resource
escaped(resource.prlimit(@PID@, resource.RLIMIT_CORE, resource.prlimit(@PID@, resource.RLIMIT_CORE)))"),
    reach("trace-a-process", true, "
escaped('traced') if syscall(@PTRACE@, 0, 0, 0, 0) == 0 else None"),
    reach("become-root-or-another-user",
        false,
        "
for uid in {0, 12345} - {os.getuid()}:
    for change in (os.setgid, lambda uid: os.setgroups([uid]), os.setuid):
        attempt(lambda: (change(uid), escaped((change, uid))))",
    ),
    reach("mount-a-file-system", false, "
libc.mount.restype = ctypes.c_int
escaped('mount') if libc.mount(b'none', os.environ['HOME'].encode(), b'tmpfs', 0, b'') == 0 else None"),
    reach("make-a-namespace", true, "
for flags in (0x10000000, 0x10000000 | 0x20000, 0x40000000):
    escaped(hex(flags)) if libc.unshare(flags) == 0 else None"),
    reach("leave-the-root", false, "
attempt(lambda: (os.chroot('/proc'), escaped('chroot')))"),
    reach("use-keys-of-the-user", true, "
escaped('key') if syscall(@ADD_KEY@, b'user', b'stratapi', b'x', 1, -1) > 0 else None"),
    reach("talk-to-the-kernel-by-rings", false, "
buffer = ctypes.create_string_buffer(256)
escaped('ring') if syscall(425, 1, buffer) >= 0 else None
escaped('programs') if syscall(@BPF@, 0, buffer, 256) >= 0 else None
escaped('faults') if syscall(@USERFAULTFD@, 1) >= 0 else None
escaped('events') if syscall(@PERF@, buffer, 0, -1, -1, 0) >= 0 else None"),
    reach("call-by-other-numbers", false, "
escaped('x32') if syscall(0x40000000 | 521, 0, 0, 0, 0) == 0 else None
escaped('clone3') if syscall(435, ctypes.create_string_buffer(88), 88) >= 0 else None"),
];
