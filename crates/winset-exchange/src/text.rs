//! From the bytes of a file to its text.

use winset_case::SourceText;

use crate::finding::{Code, Findings};
use crate::import::InputFile;

/// The largest file that is read.
pub const FILE_LIMIT: usize = 16 << 20;

/// Windows-1252 where it differs from Latin-1: the characters of the bytes 0x80 to 0x9f.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file: UTF-8, UTF-16 with its mark, or else read as Windows-1252 with a warning. `None` if it is no text, which is reported.
pub(crate) fn decode(file: &InputFile, index: usize, findings: &mut Findings) -> (SourceText, bool) {
    decode_up_to(FILE_LIMIT, file, index, findings)
}

/// The same for files of at most so many bytes.
pub(crate) fn decode_up_to(
    limit: usize,
    file: &InputFile,
    index: usize,
    findings: &mut Findings,
) -> (SourceText, bool) {
    let mut source = SourceText { name: file.name.clone(), text: String::new() };
    if file.bytes.len() > limit {
        let message = format!("{} is larger than {} MiB", file.name, limit >> 20);
        findings.error(
            Code::Unreadable,
            (index, 0..0),
            message,
            "a domain or a profile is a few pages of text: leave it out",
        );
        return (source, false);
    }
    let mut first_bad = None;
    source.text = match file.bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => match std::str::from_utf8(rest) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                first_bad = Some(error.valid_up_to());
                rest.iter().map(|&byte| character(byte)).collect()
            }
        },
    };
    let is_text = |character: char| !character.is_control() || character.is_whitespace() || !character.is_ascii();
    if !source.text.chars().all(is_text) {
        let message = format!("{} is no text: it holds bytes no text has", file.name);
        let help =
            "give the domain and the profiles as the program wrote them; packed or executable files are not read";
        source.text = String::new();
        findings.error(Code::Unreadable, (index, 0..0), message, help);
        return (source, false);
    }
    if let Some(at) = first_bad {
        // Read this way, every byte is one character.
        let at = source.text.char_indices().nth(at).map_or(0, |(at, _)| at);
        let message = "this byte is not UTF-8; the file was read as Windows-1252";
        let help = "look at the names in the case, or save the file as UTF-8 and import it again";
        let end = at + source.text[at..].chars().next().map_or(0, char::len_utf8);
        findings.warning(Code::Repaired, (index, at..end), message, help);
    }
    (source, true)
}

fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
