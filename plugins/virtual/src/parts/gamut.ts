// The colours a lamp's three primaries can mix: a triangle in the CIE 1931 diagram.

interface Point {
  readonly x: number;
  readonly y: number;
}

const RED: Point = { x: 0.692, y: 0.308 };
const GREEN: Point = { x: 0.17, y: 0.7 };
const BLUE: Point = { x: 0.153, y: 0.048 };
const EDGES = [
  [RED, GREEN],
  [GREEN, BLUE],
  [BLUE, RED],
] as const;

/** Positive where `point` lies to the left of the line from `a` to `b`. */
const side = (a: Point, b: Point, point: Point): number =>
  (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);

function closestOn(a: Point, b: Point, point: Point): Point {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy);
  const share = Math.min(1, Math.max(0, along));
  return { x: a.x + dx * share, y: a.y + dy * share };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The point itself where the lamp can show it, else the nearest on the triangle's edge. */
export function intoGamut(point: Point): Point {
  if (EDGES.every(([a, b]) => side(a, b, point) >= 0)) return point;
  const candidates = EDGES.map(([a, b]) => closestOn(a, b, point));
  return candidates.reduce((best, each) => (distance(each, point) < distance(best, point) ? each : best));
}
