// Covers: an SVG picture of a track that depends on its id alone.

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 120;

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([attribute, value]) => node.setAttribute(attribute, value));
  return node;
}

/** Pseudo-random numbers in [0, 1) that follow from a text: FNV-1a, then mulberry32. */
function numbersOf(text) {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PATTERNS = [
  function rings(next, colours) {
    const [x, y] = [SIZE * (0.2 + 0.6 * next()), SIZE * (0.2 + 0.6 * next())];
    return [105, 82, 60, 40, 21].map((r, i) => shape("circle", { cx: x, cy: y, r, fill: colours[i % colours.length] }));
  },
  function stripes(next, colours) {
    const turn = shape("g", { transform: `rotate(${Math.floor(next() * 180)} 60 60)` });
    for (let y = -60; y < 180; y += 22) turn.append(shape("rect", { x: -60, y, width: 240, height: 6 + 14 * next(), fill: colours[1 + Math.floor(next() * 3)] }));
    return [turn];
  },
  function quarters(next, colours) {
    const tiles = [];
    for (let x = 0; x < SIZE; x += 40) {
      for (let y = 0; y < SIZE; y += 40) {
        const turn = 90 * Math.floor(next() * 4);
        const path = next() < 0.75 ? "M0 0H40A40 40 0 0 1 0 40Z" : "M20 4A16 16 0 1 1 20 36A16 16 0 1 1 20 4Z";
        tiles.push(shape("path", { d: path, fill: colours[1 + Math.floor(next() * 3)], transform: `translate(${x} ${y}) rotate(${turn} 20 20)` }));
      }
    }
    return tiles;
  },
  function hills(next, colours) {
    const sun = shape("circle", { cx: 20 + 80 * next(), cy: 22 + 26 * next(), r: 12 + 12 * next(), fill: colours[3] });
    const ridges = [55, 75, 95].map((y, i) => {
      const [a, b] = [y - 26 * next(), y + 26 * next()];
      return shape("path", { d: `M0 ${y}C40 ${a} 70 ${b} 120 ${y - 12 + 24 * next()}V120H0Z`, fill: colours[(i + 1) % 4 || 1] });
    });
    return [sun, ...ridges];
  },
  function triangles(next, colours) {
    const pieces = [];
    for (let x = 0; x < SIZE; x += 30) {
      for (let y = 0; y < SIZE; y += 30) {
        const points = next() < 0.5 ? `${x},${y} ${x + 30},${y} ${x},${y + 30}` : `${x + 30},${y} ${x + 30},${y + 30} ${x},${y + 30}`;
        const fill = colours[1 + Math.floor(next() * 3)];
        pieces.push(shape("polygon", { points, fill, stroke: fill, "stroke-width": 0.4 }));
      }
    }
    return pieces;
  },
  function spots(next, colours) {
    return Array.from({ length: 9 }, () =>
      shape("circle", { cx: SIZE * next(), cy: SIZE * next(), r: 8 + 26 * next(), fill: colours[1 + Math.floor(next() * 3)], "fill-opacity": 0.85 }));
  },
];

/**
 * The cover of a track.
 *
 * @param id the track's id: a number or a string; 7 and "7" have different covers
 * @param name the accessible name; without it, screen readers skip the cover
 */
export function cover(id, name = null) {
  const next = numbersOf(JSON.stringify(id));
  const hue = Math.floor(next() * 360);
  const turn = [28, 150, 180, 210][Math.floor(next() * 4)];
  const colours = [
    `hsl(${hue} 55% 26%)`, `hsl(${hue} 68% 52%)`, `hsl(${(hue + turn) % 360} 75% 62%)`, `hsl(${(hue + turn / 2) % 360} 85% 84%)`,
  ];
  const picture = shape("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "cover", ...(name ? { role: "img", "aria-label": name } : { "aria-hidden": true }) });
  const pattern = PATTERNS[Math.floor(next() * PATTERNS.length)];
  picture.append(shape("rect", { width: SIZE, height: SIZE, fill: colours[0] }), ...pattern(next, colours));
  return picture;
}
