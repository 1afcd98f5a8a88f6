//! The body of a worker process.
//!
//! A worker reads frames on stdin, answers each on stdout, and ends when stdin does: that is when the service let go of
//! it or died. It writes nothing else to stdout; what the runtime says before it aborts goes to stderr, which the pool
//! keeps for the log.

mod limits;
pub(crate) mod wire;

use std::{
    io::{self, BufReader, Read as _, Write as _},
    process::ExitCode,
    thread,
};

use crate::check::{Purpose, check_and_compile};

/// Stack of the checking thread: 4 KiB for each byte of the largest source. A nested bracket takes oxc's parser about
/// 1.6 KiB in a release build. Only the pages that are touched take memory.
const STACK_BYTES: usize = 4 * 1024 * domain::limits::COMPONENT_BYTES;

/// The least stack that is worth a try. Nothing an honest author writes is nested deep enough for more.
const LEAST_STACK_BYTES: usize = 8 * 1024 * 1024;

/// Runs a worker until stdin ends: the body of the hidden `component-worker` subcommand.
///
/// Sets the limits of the process, announces itself, and answers frames from a [`ComponentWorkers`](crate::ComponentWorkers)
/// in one thread. Ends with a failure when the limits cannot be set or a frame makes no sense.
pub fn worker_main() -> ExitCode {
    let address_space = match limits::set() {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("cannot limit the process: {error}");
            return ExitCode::FAILURE;
        }
    };
    match checking_thread(address_space).map(thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(error))) => {
            eprintln!("the conversation with the service broke off: {error}");
            ExitCode::FAILURE
        }
        // The panic said why.
        Ok(Err(_)) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!(
                "cannot start the checking thread: no stack of {} MiB to be had in {} MiB of address space: {error}",
                LEAST_STACK_BYTES >> 20,
                address_space >> 20
            );
            ExitCode::FAILURE
        }
    }
}

/// Starts the thread that checks, with the largest stack that can be had: half of the address space, so that as much is
/// left for the tree, or less where the machine has less. With less stack, sources end the worker that are nested less deep.
fn checking_thread(address_space: u64) -> io::Result<thread::JoinHandle<io::Result<()>>> {
    let half = usize::try_from(address_space / 2).unwrap_or(usize::MAX);
    let mut stack = half.clamp(LEAST_STACK_BYTES, STACK_BYTES);
    loop {
        match thread::Builder::new().name("check".into()).stack_size(stack).spawn(serve) {
            Err(_) if stack > LEAST_STACK_BYTES => stack = (stack / 2).max(LEAST_STACK_BYTES),
            outcome => return outcome,
        }
    }
}

fn serve() -> io::Result<()> {
    let mut requests = BufReader::new(io::stdin());
    let mut answers = io::stdout().lock();
    answers.write_all(&wire::GREETING)?;
    answers.flush()?;
    while let Some((source, purpose)) = next_source(&mut requests)? {
        limits::renew_cpu_time();
        answers.write_all(&[wire::TAKEN])?;
        answers.flush()?;
        let (report, output) = check_and_compile(&source, purpose);
        let retire = limits::is_bloated();
        answers.write_all(&wire::answer_frames(report, output.as_ref(), retire))?;
        answers.flush()?;
        if retire {
            break;
        }
    }
    Ok(())
}

/// The next frame's source and what it is for; `None` at the end of stdin.
fn next_source(requests: &mut impl io::Read) -> io::Result<Option<(String, Purpose)>> {
    let mut length = [0; wire::LENGTH_BYTES];
    match requests.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_be_bytes(length) as usize;
    if length > domain::limits::COMPONENT_BYTES {
        return Err(io::Error::other("a frame is too long"));
    }
    let mut purpose = [0];
    requests.read_exact(&mut purpose)?;
    let purpose = wire::parse_purpose(purpose[0])?;
    let mut source = String::with_capacity(length);
    let read = requests.take(length as u64).read_to_string(&mut source)?;
    if read < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(Some((source, purpose))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_one_by_one_until_the_end() {
        let asked = [("let é", Purpose::Save), ("", Purpose::Render), ("x", Purpose::Save)];
        let mut sent = asked.map(|(source, purpose)| wire::source_frame(source, purpose)).concat();
        let mut stdin = sent.as_slice();
        let mut sources = Vec::new();
        while let Some(source) = next_source(&mut stdin).unwrap() {
            sources.push(source);
        }
        assert_eq!(sources, asked.map(|(source, purpose)| (source.to_owned(), purpose)));
        sent.pop();
        let mut cut = sent.as_slice();
        assert!(next_source(&mut cut).is_ok() && next_source(&mut cut).is_ok());
        assert!(next_source(&mut cut).is_err(), "half a frame is no source");
    }

    #[test]
    fn a_frame_longer_than_a_source_can_be_is_refused() {
        let mut stdin: &[u8] = &u32::MAX.to_be_bytes();
        assert!(next_source(&mut stdin).is_err());
    }

    #[test]
    fn a_source_is_for_something() {
        let mut stdin: &[u8] = b"\0\0\0\x01?x";
        assert!(next_source(&mut stdin).is_err());
    }
}
