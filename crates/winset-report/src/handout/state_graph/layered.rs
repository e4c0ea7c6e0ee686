//! Where boxes and lines stand in a layered drawing (Sugiyama, Tagawa & Toda 1981): boxes in columns, lines that pass a column in a place of their own there.

/// What is to be drawn: boxes with a column and a height, and lines between them.
pub(super) struct Drawing {
    /// Column and height of every box.
    pub(super) boxes: Vec<(usize, f64)>,
    /// From which box to which.
    pub(super) lines: Vec<(usize, usize)>,
}

/// Where everything stands.
pub(super) struct Places {
    /// The upper edge of every box.
    pub(super) tops: Vec<f64>,
    /// Per line its heights in the columns it passes, in its own direction.
    pub(super) passes: Vec<Vec<f64>>,
    /// How high the drawing is.
    pub(super) high: f64,
}

const GAP: f64 = 26.0;
/// What a line takes in a column it passes.
const THREAD: f64 = 12.0;
const SWEEPS: usize = 24;

/// A box, or the place of a line in a column it passes.
struct Item {
    column: usize,
    high: f64,
    middle: f64,
    near: Vec<usize>,
}

/// Orders every column so that lines cross less, and moves boxes towards what they are joined to.
pub(super) fn places(drawing: &Drawing) -> Places {
    let mut items: Vec<Item> = drawing
        .boxes
        .iter()
        .map(|(column, high)| Item { column: *column, high: *high, middle: 0.0, near: Vec::new() })
        .collect();
    let mut threads: Vec<Vec<usize>> = Vec::new();
    for &(from, to) in &drawing.lines {
        let (first, last) = (items[from].column, items[to].column);
        let columns: Vec<usize> =
            if first < last { (first + 1..last).collect() } else { (last + 1..first).rev().collect() };
        let mut thread = Vec::new();
        let mut before = from;
        for column in columns {
            items.push(Item { column, high: THREAD, middle: 0.0, near: vec![before] });
            let number = items.len() - 1;
            items[before].near.push(number);
            thread.push(number);
            before = number;
        }
        if first != last {
            items[before].near.push(to);
            items[to].near.push(before);
        }
        threads.push(thread);
    }
    let columns = items.iter().map(|item| item.column).max().map_or(0, |last| last + 1);
    let mut order: Vec<Vec<usize>> =
        (0..columns).map(|column| (0..items.len()).filter(|item| items[*item].column == column).collect()).collect();
    for sweep in 0..SWEEPS {
        for at in 0..columns {
            let column = if sweep % 2 == 0 { at } else { columns - 1 - at };
            settle(&mut items, &mut order[column], sweep > 0);
        }
    }
    let top = items.iter().map(|item| item.middle - item.high / 2.0).fold(f64::INFINITY, f64::min);
    items.iter_mut().for_each(|item| item.middle -= top);
    Places {
        tops: items[..drawing.boxes.len()].iter().map(|item| item.middle - item.high / 2.0).collect(),
        passes: threads.iter().map(|thread| thread.iter().map(|item| items[*item].middle).collect()).collect(),
        high: items.iter().map(|item| item.middle + item.high / 2.0).fold(0.0, f64::max),
    }
}

/// Puts the items of a column in the order of what they are joined to, as near to it as they fit.
fn settle(items: &mut [Item], column: &mut [usize], moved: bool) {
    let wish = |item: &Item| match item.near.len() {
        0 => item.middle,
        near if moved => item.near.iter().map(|other| items[*other].middle).sum::<f64>() / near as f64,
        _ => item.middle,
    };
    let mut wishes: Vec<(f64, usize)> = column.iter().map(|item| (wish(&items[*item]), *item)).collect();
    wishes.sort_by(|left, right| left.0.total_cmp(&right.0));
    let mut bottom = f64::NEG_INFINITY;
    let mut shift = 0.0;
    let places: Vec<f64> = wishes
        .iter()
        .map(|(wish, item)| {
            let half = items[*item].high / 2.0;
            let place = if bottom.is_finite() { wish.max(bottom + GAP / 2.0 + half) } else { *wish };
            bottom = place + half + GAP / 2.0;
            shift += place - wish;
            place
        })
        .collect();
    // What was pushed down is spread over the column.
    let shift = shift / wishes.len().max(1) as f64;
    for (place, ((_, item), slot)) in places.iter().zip(wishes.iter().zip(column.iter_mut())) {
        items[*item].middle = place - shift;
        *slot = *item;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_of_a_column_do_not_overlap() {
        let boxes = vec![(0, 40.0), (1, 60.0), (1, 60.0), (1, 20.0), (2, 40.0), (3, 40.0)];
        let lines = vec![(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (0, 5), (5, 1)];
        let places = places(&Drawing { boxes: boxes.clone(), lines });
        for (one, (column, high)) in boxes.iter().enumerate() {
            assert!(places.tops[one] >= 0.0 && places.tops[one] + high <= places.high);
            for (other, (beside, size)) in boxes.iter().enumerate().skip(one + 1) {
                let apart =
                    places.tops[one] + high <= places.tops[other] || places.tops[other] + size <= places.tops[one];
                assert!(column != beside || apart, "{one} {other} {:?}", places.tops);
            }
        }
        let passed: Vec<usize> = places.passes.iter().map(Vec::len).collect();
        assert_eq!(passed, [0, 0, 0, 0, 0, 2, 1]);
    }
}
