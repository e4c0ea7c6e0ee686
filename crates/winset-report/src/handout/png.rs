//! Figures as pixels, with one open font in the program: `DejaVu` Sans (Bitstream Vera licence, changes in the public domain). Only with the feature `png`.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// Pixels per unit of a figure.
const SCALE: f32 = 2.0;
/// Pixels a picture may have; more is no picture one looks at.
const MOST_PIXELS: f32 = 100_000_000.0;

/// A figure (its [`light`](super::Picture::light) form) as a PNG file, on two pixels a unit.
///
/// # Errors
///
/// A sentence, where the figure is too large to be drawn.
pub fn png(light: &str) -> Result<Vec<u8>, String> {
    const FAMILY: &str = "DejaVu Sans";
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    fonts.set_sans_serif_family(FAMILY);
    let options = Options { fontdb: Arc::new(fonts), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(light, &options).map_err(|error| format!("the figure cannot be drawn: {error}"))?;
    let (wide, high) = (tree.size().width() * SCALE, tree.size().height() * SCALE);
    if wide * high > MOST_PIXELS {
        return Err(format!(
            "the figure would have {wide:.0} by {high:.0} pixels, which is too large; write it as .svg"
        ));
    }
    #[expect(clippy::cast_sign_loss, reason = "sizes are above zero")]
    let canvas = Pixmap::new(wide.ceil() as u32, high.ceil() as u32);
    let mut canvas = canvas.ok_or("the figure has no size")?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut canvas.as_mut());
    canvas.encode_png().map_err(|error| format!("the figure cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::super::svg;
    use super::*;

    /// The size a PNG file says it has.
    fn size(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
        (number(16), number(20))
    }

    #[test]
    fn a_figure_becomes_pixels_with_letters() {
        let with = |text: &str| {
            let body = format!("<text class=\"small\" x=\"10\" y=\"30\">{text}</text>\n");
            png(&svg::alone(&svg::picture("p", "T", "D", (100.0, 50.0), &body), false)).expect("it is drawn")
        };
        let (empty, word) = (with(""), with("Word"));
        assert_eq!(&word[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(size(&word), (200, 100));
        assert_ne!(empty, word, "letters are drawn without any font of the machine");
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let huge = svg::alone(&svg::picture("p", "T", "D", (20_000.0, 20_000.0), ""), false);
        assert!(png(&huge).expect_err("too large").contains("too large"));
    }
}
