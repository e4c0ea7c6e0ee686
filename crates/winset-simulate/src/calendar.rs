//! Which round a day falls in.

use winset_case::RoundLength;

/// The round in which a day falls, counted from 1; the first round begins on the day after the case's.
pub(crate) fn round_of(as_of: &str, date: &str, length: RoundLength) -> u32 {
    let (from, to) = (parts(as_of), parts(date));
    let months = |(year, month, day): (i64, i64, i64), (year0, month0, day0): (i64, i64, i64)| {
        (year - year0) * 12 + month - month0 - i64::from(day <= day0)
    };
    let rounds = match length {
        RoundLength::Week => (days(to) - days(from) - 1) / 7,
        RoundLength::Month => months(to, from),
        RoundLength::Quarter => months(to, from) / 3,
        RoundLength::Year => months(to, from) / 12,
    };
    u32::try_from(rounds.max(0)).unwrap_or(u32::MAX - 1) + 1
}

fn parts(date: &str) -> (i64, i64, i64) {
    let mut parts = date.split('-').map(|part| part.parse().unwrap_or(1));
    let mut next = || parts.next().unwrap_or(1);
    (next(), next(), next())
}

/// Days since a fixed day (Fliegel & Van Flandern 1968).
fn days((year, month, day): (i64, i64, i64)) -> i64 {
    let shift = (month - 14) / 12;
    day - 32075 + 1461 * (year + 4800 + shift) / 4 + 367 * (month - 2 - shift * 12) / 12
        - 3 * ((year + 4900 + shift) / 100) / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_begin_on_the_day_after_the_case() {
        let month = |date| round_of("2017-12-12", date, RoundLength::Month);
        assert_eq!([month("2017-12-13"), month("2018-01-12"), month("2018-01-13"), month("2018-12-12")], [1, 1, 2, 12]);
        let week = |date| round_of("2017-12-12", date, RoundLength::Week);
        assert_eq!([week("2017-12-13"), week("2017-12-19"), week("2017-12-20"), week("2018-03-01")], [1, 1, 2, 12]);
        assert_eq!(round_of("2017-12-12", "2019-12-13", RoundLength::Year), 3);
    }
}
