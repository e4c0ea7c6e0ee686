// Measures a page that stands in a frame, and tells the frame what it found: texts that overlap in a picture or lie outside it, and whatever is wider than the page.
addEventListener("load", () => {
  const found = [];
  const name = (element) => `${element.tagName.toLowerCase()} "${(element.textContent || "").trim().slice(0, 50)}"`;
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide + 1) {
    found.push(`the page is ${document.documentElement.scrollWidth} wide where there is room for ${wide}`);
  }
  const scrolls = (element) => element.closest(".wide, .pick, details:not([open])") !== null;
  for (const element of document.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (box.right > wide + 1 && !scrolls(element)) found.push(`${name(element)} ends at ${Math.round(box.right)} of ${wide}`);
    if (element.matches("td, th, .tile, p, li, h1, h2, h3, figcaption") && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline") {
      found.push(`${name(element)} is wider than its place: ${element.scrollWidth} of ${element.clientWidth}`);
    }
  }
  let texts = 0;
  for (const picture of document.querySelectorAll("svg")) {
    const frame = picture.getBoundingClientRect();
    if (frame.width === 0) continue;
    // The letters at the heads of arrows may touch where many arrows meet.
    const all = [...picture.querySelectorAll("text:not(.letter)")].map((text) => [text, text.getBoundingClientRect()]).filter(([, box]) => box.width > 0 && box.height > 0);
    texts += all.length;
    // Letters reach a little less far than the box of their line.
    const slack = (box) => Math.min(box.width, box.height) * 0.15;
    for (const [text, box] of all) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
        found.push(`${name(text)} leaves its picture`);
      }
      for (const [other, beside] of all) {
        if (other === text || text.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING) continue;
        const across = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
        const down = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top);
        if (across > slack(box) && down > slack(box)) found.push(`${name(text)} overlaps ${name(other)}`);
      }
    }
  }
  const smallest = Math.min(99, ...[...document.querySelectorAll("svg text")].map((text) => {
    const matrix = text.getScreenCTM();
    // A broad picture is printed on a sheet turned sideways: 273 mm instead of 182.
    const turned = text.closest(".broad") ? 1.5 : 1;
    return matrix ? parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b) * turned : 99;
  }));
  const states = [...document.querySelectorAll(".states > rect")].map((box) => getComputedStyle(box).fill);
  parent.postMessage(JSON.stringify({ found, states, texts, smallest, height: document.documentElement.scrollHeight }), "*");
});
