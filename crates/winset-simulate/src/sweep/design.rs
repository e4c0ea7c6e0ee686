//! Designs: at which points a sweep runs the case.

use winset_chance::{Luck, Name};

use super::factor::{Factor, Levels, Unplannable};
use super::sobol;

/// Points a sweep may have: their numbers have five digits in the names of files.
pub const POINT_LIMIT: usize = 100_000;

/// How points are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Every combination; the first factor varies slowest. A range is divided evenly, its ends included.
    Grid,
    /// As many points as asked for, each in another of as many equal strata of every factor (`McKay`, Beckman & Conover 1979).
    LatinHypercube,
    /// The first points of a Sobol sequence (Sobol 1967; directions of Joe & Kuo 2008), shifted at random digit by digit (Matoušek 1998).
    Sobol,
}

impl Design {
    /// Its name, as it is written.
    pub fn word(self) -> &'static str {
        match self {
            Design::Grid => "grid",
            Design::LatinHypercube => "latin-hypercube",
            Design::Sobol => "sobol",
        }
    }

    /// The design of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Design::Grid, Design::LatinHypercube, Design::Sobol].into_iter().find(|design| design.word() == name)
    }
}

/// The points of a design, each as the edits that lead to it, one for every factor. Without factors there is one point, the case as it stands.
///
/// What is drawn depends on the seed and on the paths of the factors alone.
///
/// # Errors
///
/// Where the design does not suit the factors, or gives too many points.
pub fn points(
    factors: &[Factor],
    design: Design,
    count: Option<usize>,
    seed: u64,
) -> Result<Vec<Vec<String>>, Unplannable> {
    for (at, factor) in factors.iter().enumerate() {
        if factors[..at].iter().any(|other| other.path == factor.path) {
            return Err(Unplannable::Twice(factor.path.clone()));
        }
    }
    if count.is_some_and(|count| count > POINT_LIMIT) {
        return Err(Unplannable::TooManyPoints { limit: POINT_LIMIT });
    }
    match design {
        Design::Grid => grid(factors, count),
        Design::LatinHypercube | Design::Sobol => {
            let count = count.filter(|count| *count > 0).ok_or(Unplannable::PointsMissing(design.word()))?;
            if factors.is_empty() {
                return Err(Unplannable::NothingVaried(design.word()));
            }
            if design == Design::Sobol {
                sobol_points(factors, count, seed)
            } else {
                Ok(hypercube(factors, count, seed))
            }
        }
    }
}

fn grid(factors: &[Factor], count: Option<usize>) -> Result<Vec<Vec<String>>, Unplannable> {
    let ranges = factors.iter().any(|factor| matches!(factor.levels, Levels::Range(..)));
    if count.is_some() && !ranges {
        return Err(Unplannable::PointsUnused);
    }
    let mut points: Vec<Vec<String>> = vec![Vec::new()];
    for factor in factors {
        let values: Vec<String> = match (&factor.levels, count) {
            (Levels::Listed(values), _) => values.clone(),
            (Levels::Range(..), None) => return Err(Unplannable::PointsMissing(Design::Grid.word())),
            (Levels::Range(..), Some(0 | 1)) => return Err(Unplannable::TooFewPoints(factor.path.clone())),
            (Levels::Range(..), Some(count)) => {
                (0..count as u64).map(|at| factor.value(at, count as u64 - 1)).collect()
            }
        };
        if points.len().saturating_mul(values.len()) > POINT_LIMIT {
            return Err(Unplannable::TooManyPoints { limit: POINT_LIMIT });
        }
        let longer = points.iter().flat_map(|point| {
            values.iter().map(|value| point.iter().cloned().chain([factor.edit(value)]).collect::<Vec<_>>())
        });
        points = longer.collect();
    }
    Ok(points)
}

/// A random number's place among 2^32.
fn word(luck: &mut Luck, name: Name) -> u64 {
    ((luck.of(name) * 4_294_967_296.0) as i64).cast_unsigned()
}

fn hypercube(factors: &[Factor], count: usize, seed: u64) -> Vec<Vec<String>> {
    let mut points = vec![Vec::new(); count];
    let mut luck = Luck::new(seed, 0);
    for factor in factors {
        let order = Name::new(&format!("sweep order {}", factor.path));
        let within = Name::new(&format!("sweep stratum {}", factor.path));
        // Fisher & Yates 1938, from the end (Durstenfeld 1964).
        let mut strata: Vec<u64> = (0..count as u64).collect();
        for at in (1..count).rev() {
            luck.turn_to(at as u64);
            let other = (word(&mut luck, order) * (at as u64 + 1)) >> 32;
            strata.swap(at, other as usize);
        }
        for (at, point) in points.iter_mut().enumerate() {
            luck.turn_to(at as u64);
            let near = (strata[at] << 32) + word(&mut luck, within);
            point.push(factor.edit(&factor.value(near, (count as u64) << 32)));
        }
    }
    points
}

fn sobol_points(factors: &[Factor], count: usize, seed: u64) -> Result<Vec<Vec<String>>, Unplannable> {
    let limit = sobol::DIMENSIONS;
    if factors.len() > limit {
        return Err(Unplannable::TooManyFactors { factors: factors.len(), limit });
    }
    let mut points = vec![Vec::new(); count];
    let mut luck = Luck::new(seed, 0);
    for (dimension, factor) in factors.iter().enumerate() {
        let shift = word(&mut luck, Name::new(&format!("sweep shift {}", factor.path))) as u32;
        let directions = sobol::directions(dimension);
        for (at, point) in points.iter_mut().enumerate() {
            let near = sobol::place(&directions, at as u32) ^ shift;
            point.push(factor.edit(&factor.value(u64::from(near), 1 << 32)));
        }
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(texts: &[&str]) -> Vec<Factor> {
        texts.iter().map(|text| Factor::parse(text).unwrap()).collect()
    }

    fn number(edit: &str) -> f64 {
        edit.rsplit(' ').next().unwrap().parse().unwrap()
    }

    #[test]
    fn a_grid_has_every_combination_the_first_factor_slowest() {
        let grid = points(&factors(&["lever.aid = on, off", "x = 0..1"]), Design::Grid, Some(3), 1).unwrap();
        let told: Vec<String> = grid.iter().map(|point| point.join("; ")).collect();
        let on = ["lever.aid = on; x = 0", "lever.aid = on; x = 0.5", "lever.aid = on; x = 1"];
        let off = ["lever.aid = off; x = 0", "lever.aid = off; x = 0.5", "lever.aid = off; x = 1"];
        assert_eq!(told, [on, off].concat());
        assert_eq!(points(&[], Design::Grid, None, 1), Ok(vec![Vec::new()]));
    }

    #[test]
    fn a_latin_hypercube_has_one_point_in_every_stratum_of_every_factor() {
        for seed in 0..20 {
            let drawn = points(&factors(&["x = 0..1", "y = 0..1"]), Design::LatinHypercube, Some(50), seed).unwrap();
            for factor in 0..2 {
                let mut values: Vec<f64> = drawn.iter().map(|point| number(&point[factor]) * 50.0).collect();
                values.sort_unstable_by(f64::total_cmp);
                for (stratum, value) in values.into_iter().enumerate() {
                    // Values are rounded to six places.
                    let within = stratum as f64 - 1e-4..stratum as f64 + 1.0 + 1e-4;
                    assert!(within.contains(&value), "seed {seed}: {value} is not in stratum {stratum}");
                }
            }
        }
        let listed = points(&factors(&["lever.aid = on, off"]), Design::LatinHypercube, Some(10), 1).unwrap();
        assert_eq!(listed.iter().filter(|point| point[0].ends_with("on")).count(), 5);
    }

    #[test]
    fn what_is_drawn_for_one_factor_does_not_depend_on_the_others() {
        for design in [Design::LatinHypercube, Design::Sobol] {
            let one = points(&factors(&["x = 0..1"]), design, Some(16), 7).unwrap();
            let two = points(&factors(&["x = 0..1", "y = 0..1"]), design, Some(16), 7).unwrap();
            assert!(one.iter().zip(&two).all(|(one, two)| one[0] == two[0]));
            assert_ne!(one, points(&factors(&["x = 0..1"]), design, Some(16), 8).unwrap());
        }
    }

    #[test]
    fn a_shifted_sobol_design_fills_every_stratum() {
        let drawn = points(&factors(&["x = 0..1", "y = 0..1", "z = 0..1"]), Design::Sobol, Some(64), 3).unwrap();
        for factor in 0..3 {
            let mut strata: Vec<usize> =
                drawn.iter().map(|point| ((number(&point[factor]) * 64.0) as isize).cast_unsigned()).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..64).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused =
            |texts: &[&str], design, count| points(&factors(texts), design, count, 1).unwrap_err().to_string();
        assert!(refused(&["x = 0..1"], Design::Grid, None).contains("--points"));
        assert!(refused(&["x = 0..1"], Design::Grid, Some(1)).contains("both ends"));
        assert!(refused(&["x = 0, 1"], Design::Grid, Some(4)).contains("nothing here is a range"));
        assert!(refused(&["x = 0, 1"], Design::Sobol, None).contains("--points"));
        assert!(refused(&["x = 0, 1", "x = 2, 3"], Design::Grid, None).contains("twice"));
        assert!(refused(&["x = 0..1", "y = 0..1"], Design::Grid, Some(1000)).contains("more than 100000 points"));
        let many: Vec<String> = (0..30).map(|at| format!("x{at} = 0..1")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(refused(&many, Design::Sobol, Some(8)).contains("latin-hypercube"));
    }
}
