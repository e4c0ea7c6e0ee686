//! The Sobol sequence (Sobol 1967) in a few dimensions, with the primitive polynomials and first directions of Joe & Kuo (2008).

/// Per dimension from the second: the degree of its polynomial, its inner coefficients as bits, and its first directions.
const POLYNOMIALS: [(u32, u32, &[u32]); 20] = [
    (1, 0, &[1]),
    (2, 1, &[1, 3]),
    (3, 1, &[1, 3, 1]),
    (3, 2, &[1, 1, 1]),
    (4, 1, &[1, 1, 3, 3]),
    (4, 4, &[1, 3, 5, 13]),
    (5, 2, &[1, 1, 5, 5, 17]),
    (5, 4, &[1, 1, 5, 5, 5]),
    (5, 7, &[1, 1, 7, 11, 19]),
    (5, 11, &[1, 1, 5, 1, 1]),
    (5, 13, &[1, 1, 1, 3, 11]),
    (5, 14, &[1, 3, 5, 5, 31]),
    (6, 1, &[1, 3, 3, 9, 7, 49]),
    (6, 13, &[1, 1, 1, 15, 21, 21]),
    (6, 16, &[1, 3, 1, 13, 27, 49]),
    (6, 19, &[1, 1, 1, 15, 7, 5]),
    (6, 22, &[1, 3, 1, 15, 13, 25]),
    (6, 25, &[1, 1, 5, 5, 19, 61]),
    (7, 1, &[1, 3, 7, 11, 23, 15, 103]),
    (7, 4, &[1, 3, 7, 13, 13, 15, 69]),
];

/// How many dimensions there are.
pub(crate) const DIMENSIONS: usize = POLYNOMIALS.len() + 1;

/// The directions of a dimension, counted from 0.
pub(crate) fn directions(dimension: usize) -> [u32; 32] {
    let mut directions = [0_u32; 32];
    if dimension == 0 {
        directions.iter_mut().enumerate().for_each(|(at, direction)| *direction = 1 << (31 - at));
        return directions;
    }
    let (degree, inner, first) = POLYNOMIALS[dimension - 1];
    let degree = degree as usize;
    for at in 0..32 {
        directions[at] = if at < degree {
            first[at] << (31 - at)
        } else {
            let mut direction = directions[at - degree] ^ (directions[at - degree] >> degree);
            for bit in 1..degree {
                if inner >> (degree - 1 - bit) & 1 == 1 {
                    direction ^= directions[at - bit];
                }
            }
            direction
        };
    }
    directions
}

/// The point with this index in one dimension, as a fraction of 2^32.
pub(crate) fn place(directions: &[u32; 32], index: u32) -> u32 {
    let used = directions.iter().enumerate().filter(|(bit, _)| index >> bit & 1 == 1);
    used.fold(0, |place, (_, direction)| place ^ direction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_fills_every_stratum() {
        for dimension in 0..DIMENSIONS {
            let directions = directions(dimension);
            let mut strata: Vec<u32> = (0..1024).map(|index| place(&directions, index) >> 22).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..1024).collect::<Vec<_>>(), "dimension {dimension}");
        }
    }

    /// Points of `SciPy` 1.17's `qmc.Sobol(21, scramble=False)`, which numbers them by their Gray codes: index, and all dimensions as parts of a whole.
    #[test]
    fn other_programs_have_the_same_points() {
        let known: [(u32, u32, [u32; DIMENSIONS]); 4] = [
            (4, 64, [8, 40, 24, 8, 8, 24, 40, 40, 40, 56, 40, 8, 40, 24, 8, 8, 8, 8, 40, 56, 56]),
            (8, 64, [4, 60, 36, 20, 44, 12, 52, 20, 20, 44, 4, 12, 20, 36, 60, 52, 60, 60, 20, 44, 52]),
            (32, 64, [1, 51, 23, 29, 55, 9, 37, 9, 53, 37, 27, 43, 35, 49, 21, 49, 5, 25, 61, 15, 15]),
            (
                512,
                1 << 20,
                [
                    1024, 789_504, 642_048, 152_576, 195_584, 459_776, 146_432, 648_192, 361_472, 891_904, 711_680,
                    37_888, 136_192, 697_344, 379_904, 486_400, 328_704, 918_528, 613_376, 334_848, 908_288,
                ],
            ),
        ];
        for (index, whole, expected) in known {
            let unit = (1_u64 << 32) / u64::from(whole);
            let places: Vec<u32> = (0..DIMENSIONS)
                .map(|dimension| (u64::from(place(&directions(dimension), index)) / unit) as u32)
                .collect();
            assert_eq!(places, expected, "point {index}");
        }
    }
}
