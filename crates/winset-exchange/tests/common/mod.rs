//! Reads folders the way the command does, and says what was found in one line each.
#![allow(dead_code, reason = "each test uses a part")]

use std::fs;
use std::path::Path;

use winset_exchange::{Import, InputFile};

/// The files of a folder with these endings, by name.
pub(crate) fn folder(path: &Path, endings: &[&str]) -> Vec<InputFile> {
    let mut paths: Vec<_> =
        fs::read_dir(path).expect("the folder exists").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| endings.iter().any(|ending| path.extension().is_some_and(|found| found == *ending)))
        .map(|path| InputFile {
            name: path.file_name().expect("a file").to_string_lossy().into_owned(),
            bytes: fs::read(&path).expect("readable"),
        })
        .collect()
}

/// One line per finding and one for its help.
pub(crate) fn lines(import: &Import) -> String {
    let mut text = String::new();
    for finding in &import.findings {
        let place = finding.place.as_ref().map_or_else(String::new, |(file, span)| {
            let source = &import.files[*file];
            let (line, column) = source.line_and_column(span.start);
            assert!(source.text.get(span.clone()).is_some(), "{span:?} of {} is no place in it", source.name);
            let shown = source.text[span.clone()].lines().next().unwrap_or("");
            format!("{}:{line}:{column} `{}` ", source.name, shown.chars().take(60).collect::<String>())
        });
        assert!(!finding.help.trim().is_empty() && !finding.message.contains('\n'), "{}", finding.message);
        text.push_str(&format!(
            "{:?}[{}] {place}{}\n  = {}\n",
            finding.severity,
            finding.code.as_str(),
            finding.message,
            finding.help
        ));
    }
    text
}

/// SHA-256 in hex digits (FIPS 180-4), for comparing with answers that are known by their hash only.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    // The fractional parts of the cube roots of the first 64 primes, and of the square roots of the first 8, in whole numbers.
    let root = |prime: u128, power: u32, places: u32| -> u32 {
        let (mut low, mut high) = (0_u128, 1_u128 << 37);
        while low + 1 < high {
            let middle = u128::midpoint(low, high);
            if middle.pow(power) <= prime << places { low = middle } else { high = middle }
        }
        low as u32
    };
    let primes: Vec<u128> = (2..312).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
    let constants: Vec<u32> = primes[..64].iter().map(|prime| root(*prime, 3, 96)).collect();
    let mut state: Vec<u32> = primes[..8].iter().map(|prime| root(*prime, 2, 64)).collect();
    let mut message = bytes.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend((bytes.len() as u64 * 8).to_be_bytes());
    for block in message.chunks(64) {
        let mut words: Vec<u32> =
            block.chunks(4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]])).collect();
        for t in 16..64 {
            let (a, b) = (words[t - 15], words[t - 2]);
            let a = a.rotate_right(7) ^ a.rotate_right(18) ^ a >> 3;
            let b = b.rotate_right(17) ^ b.rotate_right(19) ^ b >> 10;
            words.push(words[t - 16].wrapping_add(a).wrapping_add(words[t - 7]).wrapping_add(b));
        }
        let mut v = state.clone();
        for t in 0..64 {
            let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = v[4] & v[5] ^ !v[4] & v[6];
            let one = v[7].wrapping_add(s1).wrapping_add(choice).wrapping_add(constants[t]).wrapping_add(words[t]);
            let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2];
            v.rotate_right(1);
            v[4] = v[4].wrapping_add(one);
            v[0] = one.wrapping_add(s0).wrapping_add(majority);
        }
        state.iter_mut().zip(v).for_each(|(state, v)| *state = state.wrapping_add(v));
    }
    state.iter().map(|word| format!("{word:08x}")).collect::<Vec<String>>().concat()
}
