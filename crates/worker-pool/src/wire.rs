//! The protocol between the pool and a worker, over the worker's stdin and stdout.
//!
//! A worker sends a greeting. For each request it sends [`ACCEPTED`] after it has read the request, and then the answer. So
//! the pool can distinguish a worker that was dead before from one that its job has ended. Integers are big-endian.

use std::{io, time::Duration};

use crate::TaskId;

/// The first bytes that a worker sends. One byte follows: [`SANDBOXED`] or [`NOT_SANDBOXED`].
pub(crate) const GREETING: [u8; 8] = *b"wgt-wrk1";

/// The kernel filters the worker's system calls.
pub(crate) const SANDBOXED: u8 = b'+';
/// The kernel does not filter them. Only resource limits apply.
pub(crate) const NOT_SANDBOXED: u8 = b'-';

/// Sent by a worker when it has read a request, before it runs the job.
pub(crate) const ACCEPTED: u8 = b'!';

/// The exit status of a worker whose job used up its processor time.
pub(crate) const CPU_LIMIT_STATUS: i32 = 86;

/// Maximum size of a job's input, in bytes. More than the largest schema with the largest data.
pub const MAX_INPUT_BYTES: usize = 1024 * 1024;

/// Size of a request's header: task, processor time in milliseconds, length of the input.
pub(crate) const REQUEST_HEADER_BYTES: usize = 1 + 4 + 4;

/// One job, as a worker reads it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) task: TaskId,
    pub(crate) cpu_limit: Duration,
    pub(crate) input: Vec<u8>,
}

/// The header before a request's input.
pub(crate) fn request_header(task: TaskId, cpu_limit: Duration, input: &[u8]) -> [u8; REQUEST_HEADER_BYTES] {
    let mut header = [task.0; REQUEST_HEADER_BYTES];
    // Rounded up, so that a limit below a millisecond does not become zero.
    let millis = cpu_limit.as_micros().div_ceil(1_000);
    header[1..5].copy_from_slice(&u32::try_from(millis).unwrap_or(u32::MAX).to_be_bytes());
    header[5..].copy_from_slice(&length(input));
    header
}

/// Reads the next request; `None` at the end of the input.
pub(crate) fn read_request(requests: &mut impl io::Read) -> io::Result<Option<Request>> {
    let mut header = [0; REQUEST_HEADER_BYTES];
    match requests.read_exact(&mut header) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let [task, c0, c1, c2, c3, l0, l1, l2, l3] = header;
    let length = u32::from_be_bytes([l0, l1, l2, l3]) as usize;
    if length > MAX_INPUT_BYTES {
        return Err(io::Error::other("a request is too long"));
    }
    let mut input = vec![0; length];
    requests.read_exact(&mut input)?;
    let cpu_limit = Duration::from_millis(u64::from(u32::from_be_bytes([c0, c1, c2, c3])));
    Ok(Some(Request { task: TaskId(task), cpu_limit, input }))
}

/// The header before an answer's output: whether the worker ends after it, and the length.
pub(crate) fn answer_header(retires: bool, output: &[u8]) -> [u8; 5] {
    let [l0, l1, l2, l3] = length(output);
    [u8::from(retires), l0, l1, l2, l3]
}

fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).expect("inputs and outputs are far shorter than 4 GiB").to_be_bytes()
}

/// Encodes byte strings as one, each with a length prefix.
pub fn encode_fields(fields: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| 4 + field.len()).sum());
    for field in fields {
        bytes.extend(length(field));
        bytes.extend(*field);
    }
    bytes
}

/// Decodes the byte strings of [`encode_fields`].
pub fn decode_fields(mut bytes: &[u8]) -> io::Result<Vec<&[u8]>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk().ok_or(io::ErrorKind::UnexpectedEof)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (field, rest) = rest.split_at_checked(length).ok_or(io::ErrorKind::UnexpectedEof)?;
        fields.push(field);
        bytes = rest;
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_until_the_end_of_the_input() {
        let requests = [(1, 100, &b"let x"[..]), (255, 0, b""), (7, 2_000, b"{}")];
        let requests = requests.map(|(task, millis, input)| (TaskId(task), Duration::from_millis(millis), input));
        let mut sent = Vec::new();
        for (task, cpu_limit, input) in requests {
            sent.extend(request_header(task, cpu_limit, input));
            sent.extend(input);
        }
        let mut stdin = sent.as_slice();
        for (task, cpu_limit, input) in requests {
            let expected = Request { task, cpu_limit, input: input.to_vec() };
            assert_eq!(read_request(&mut stdin).unwrap(), Some(expected));
        }
        assert_eq!(read_request(&mut stdin).unwrap(), None);
        let mut cut = &sent[..sent.len() - 1];
        assert!(read_request(&mut cut).is_ok() && read_request(&mut cut).is_ok());
        assert!(read_request(&mut cut).is_err(), "half a request is an error");
    }

    #[test]
    fn a_limit_of_processor_time_is_rounded_up() {
        for (micros, millis) in [(0, 0), (1, 1), (1_000, 1), (1_001, 2)] {
            let header = request_header(TaskId(1), Duration::from_micros(micros), b"");
            assert_eq!(read_request(&mut header.as_slice()).unwrap().unwrap().cpu_limit, Duration::from_millis(millis));
        }
    }

    #[test]
    fn a_request_longer_than_the_limit_is_refused() {
        let mut stdin: &[u8] = &[0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff];
        assert!(read_request(&mut stdin).is_err());
    }

    #[test]
    fn decoded_fields_equal_the_encoded_ones() {
        for fields in [vec![], vec![&b""[..]], vec![b"a", b"", b"\xff\0"]] {
            assert_eq!(decode_fields(&encode_fields(&fields)).unwrap(), fields);
        }
        assert!(decode_fields(b"\0\0\0\x02x").is_err() && decode_fields(b"\0\0").is_err());
    }
}
