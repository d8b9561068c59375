//! Attacks that use up the machine, or never end. Each is bounded by itself as well, so that one that
//! succeeds does no harm.

use std::time::Duration;

use stratapi_qa::Limits;

use super::{Attack, Bounds, exhaust};

const MEGABYTE: u64 = 1 << 20;

fn usual() -> Limits {
    Limits {
        time: Duration::from_secs(8),
        memory: 256 * MEGABYTE,
        processes: 32,
        file: 8 * MEGABYTE,
        disk: 16 * MEGABYTE,
        output: 64 << 10,
    }
}

fn short() -> Limits {
    Limits { time: Duration::from_secs(1), ..usual() }
}

pub(crate) const ATTACKS: &[Attack] = &[
    exhaust(
        "fork-a-thousand-times",
        usual,
        Bounds::Ended,
        "
count = 0
for _ in range(1000):
    if os.fork() == 0:
        time.sleep(3)
        os._exit(0)
    count += 1
time.sleep(1)
escaped(count)",
    ),
    exhaust(
        "fork-as-a-bomb",
        usual,
        Bounds::Ended,
        "
for _ in range(10):
    os.fork()
time.sleep(3)
escaped('a thousand')",
    ),
    exhaust(
        "start-five-hundred-threads",
        usual,
        Bounds::Ended,
        "
import threading
threading.stack_size(64 << 10)
for _ in range(500):
    threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
time.sleep(1)
escaped(threading.active_count())",
    ),
    exhaust(
        "take-memory",
        usual,
        Bounds::Ended,
        "
kept = [bytearray(b'x') * (20 << 20) for _ in range(30)]
escaped(len(kept))",
    ),
    exhaust(
        "take-memory-in-many-processes",
        usual,
        Bounds::Ended,
        "
for _ in range(8):
    if os.fork() == 0:
        kept = bytearray(b'x') * (100 << 20)
        time.sleep(4)
        os._exit(0)
time.sleep(3)
escaped('800 MB')",
    ),
    exhaust(
        "take-shared-memory",
        usual,
        Bounds::Ended,
        "
import mmap
kept = []
for _ in range(30):
    area = mmap.mmap(-1, 20 << 20)
    area.write(b'x' * (20 << 20))
    kept.append(area)
time.sleep(1)
escaped(len(kept))",
    ),
    exhaust(
        "take-memory-without-a-mapping",
        usual,
        Bounds::Any,
        "
for _ in range(60):
    fd = os.memfd_create('x')
    for _ in range(7):
        os.write(fd, b'x' * (1 << 20))
escaped('400 MB')",
    ),
    exhaust(
        "fill-the-memory-file-system",
        usual,
        Bounds::Any,
        "
for number in range(100):
    open(f'/dev/shm/{number}', 'wb').write(b'x' * (1 << 20))
escaped('100 MB')",
    ),
    exhaust(
        "fill-the-disk",
        usual,
        Bounds::Any,
        "
for number in range(100):
    open(os.environ['HOME'] + f'/{number}', 'wb').write(b'x' * (1 << 20))
    time.sleep(0.02)
escaped('100 MB')",
    ),
    exhaust(
        "fill-the-disk-with-deleted-files",
        usual,
        Bounds::Any,
        "
kept = []
for number in range(100):
    kept.append(open(os.environ['HOME'] + '/x', 'wb'))
    os.remove(os.environ['HOME'] + '/x')
    kept[-1].write(b'x' * (1 << 20))
    kept[-1].flush()
    time.sleep(0.02)
escaped('100 MB')",
    ),
    exhaust(
        "write-a-long-file",
        usual,
        Bounds::Any,
        "
with open(os.environ['HOME'] + '/long', 'wb') as file:
    for _ in range(12):
        file.write(b'x' * (1 << 20))
escaped('12 MB')",
    ),
    exhaust(
        "make-many-files",
        usual,
        Bounds::Any,
        "
for number in range(200_000):
    open(os.environ['HOME'] + f'/{number}', 'w').close()
escaped('200000 files')",
    ),
    exhaust(
        "print-without-end",
        usual,
        Bounds::Any,
        "
for _ in range(1024):
    os.write(1, b'x' * (1 << 18))",
    ),
    exhaust(
        "use-the-processor",
        short,
        Bounds::TimedOut,
        "
while True:
    pass",
    ),
    exhaust(
        "sleep-forever",
        short,
        Bounds::TimedOut,
        "
time.sleep(60)
escaped('slept')",
    ),
    exhaust(
        "ignore-signals",
        short,
        Bounds::TimedOut,
        "
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)
end = time.time() + 60
while time.time() < end:
    pass
escaped('ignored')",
    ),
    exhaust(
        "stop-itself",
        short,
        Bounds::TimedOut,
        "
os.kill(os.getpid(), signal.SIGSTOP)
escaped('stopped')",
    ),
    exhaust(
        "leave-a-daemon",
        usual,
        Bounds::Quick,
        "
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        for fd in range(3):
            os.close(fd)
        time.sleep(60)
    os._exit(0)
os._exit(0)",
    ),
    exhaust(
        "leave-a-child-that-holds-the-output",
        usual,
        Bounds::Quick,
        "
if os.fork() == 0:
    os.setsid()
    time.sleep(60)
os._exit(0)",
    ),
    exhaust(
        "leave-children-that-breed",
        usual,
        Bounds::Quick,
        "
if os.fork() == 0:
    for _ in range(300):
        if os.fork():
            time.sleep(0.01)
            os._exit(0)
os._exit(0)",
    ),
];
