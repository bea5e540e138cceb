import { readFileSync } from "node:fs";
import path from "node:path";

const css = readFileSync(path.join(process.cwd(), "app/globals.css"), "utf8");

type Theme = "light" | "dark";

/** The WCAG relative luminance of an opaque OKLCH colour, clipped to sRGB as a browser does. */
function luminance(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function token(name: string, theme: Theme): number {
  const found = new RegExp(`--color-${name}: light-dark\\(oklch\\(([^)]*)\\), oklch\\(([^)]*)\\)\\)`).exec(css);
  const numbers = found?.[theme === "light" ? 1 : 2]?.split(" ").map(Number) ?? [];
  const [lightness, chroma, hue] = numbers;
  if (lightness === undefined || chroma === undefined || hue === undefined) throw new Error(`no colour named ${name}`);
  return luminance(lightness, chroma, hue);
}

function contrast(one: string, other: string, theme: Theme): number {
  const [dark = 0, light = 0] = [token(one, theme), token(other, theme)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["canvas", "surface", "raised", "hover", "active"];
const texts = grounds.flatMap((ground) => ["strong", "body", "muted"].map((ink) => [ink, ground]));
const coloured = ["canvas", "surface", "raised"].flatMap((ground) => [
  ["accent", ground],
  ["danger", ground],
  ["success", ground],
  ["keyword", ground],
]);
const filled = [
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-danger", "danger"],
  ["strong", "mention"],
  ["body", "mention"],
  ["muted", "mention"],
  ["body", "notice"],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((person) => ["on-person", `person-${person}`]),
];
const controls = [
  ["field", "canvas"],
  ["field", "raised"],
  ["accent", "hover"],
  ["accent", "active"],
];

describe.each<Theme>(["light", "dark"])("the %s theme", (theme) => {
  test.each([...texts, ...coloured, ...filled])("%s can be read on %s", (ink = "", ground = "") => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(controls)("%s can be made out on %s", (edge = "", ground = "") => {
    expect(contrast(edge, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});
