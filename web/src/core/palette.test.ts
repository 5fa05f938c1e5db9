import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { palettes, type Theme } from "./palette";

type Rgb = readonly [number, number, number];

function channels(color: string): number[] {
  return (color.slice(1).match(/../g) ?? []).map((pair) => parseInt(pair, 16));
}

/** A ground with an alpha channel is seen on that of the page. */
function over(color: string, below: string): Rgb {
  const [red = 0, green = 0, blue = 0, alpha = 255] = channels(color);
  const under = channels(below);
  const mix = (value: number, place: number): number => (value * alpha + (under[place] ?? 0) * (255 - alpha)) / 255;
  return [mix(red, 0), mix(green, 1), mix(blue, 2)];
}

/** WCAG 2.2, relative luminance. */
function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const STYLES = readFileSync(new URL("../ui/styles/base.css", import.meta.url), "utf-8");

/** The page's own colours, by name. */
function ofThePage(theme: Theme): Record<string, string> {
  const [, light = "", dark = ""] = STYLES.split(/^:root.*\{$/m).map((block) => block.slice(0, block.indexOf("}")));
  const block = theme === "light" ? light : dark;
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name, color]) => [name, color]));
}

describe.each(["light", "dark"] as Theme[])("the %s palette", (theme) => {
  const { grounds, inks, ansi, lines } = palettes[theme];
  const page = ofThePage(theme);

  it.each(Object.entries(grounds))("can be read on the ground of %s", (_, ground) => {
    for (const ink of Object.values(inks))
      expect(contrast(over(ink, grounds.page), over(ground, grounds.page))).toBeGreaterThanOrEqual(4.5);
  });

  it("can be read in the terminal, in each colour that programs choose by number", () => {
    for (const ink of Object.values(ansi))
      expect(contrast(over(ink, grounds.page), over(grounds.page, grounds.page))).toBeGreaterThanOrEqual(4.5);
  });

  it("shows its lines", () => {
    for (const line of Object.values(lines))
      expect(contrast(over(line, grounds.page), over(grounds.page, grounds.page))).toBeGreaterThanOrEqual(3);
  });

  it("is the page's own, where both have a colour for one thing", () => {
    expect([page["ground"], page["raised"]]).toEqual([grounds.page, grounds.raised]);
    expect([page["text"], page["faint"], page["strong-line"]]).toEqual([inks.text, inks.faint, lines.border]);
  });

  it.each([
    [
      ["ground", "raised"],
      ["text", "faint", "accent", "link", "stop", "good", "warn", "bad"],
    ],
    [["good-ground"], ["text", "link", "good"]],
    [["warn-ground"], ["text", "link", "warn"]],
    [["bad-ground"], ["text", "link", "bad"]],
    [["accent"], ["on-accent"]],
  ])("can be read on the page's %j", (below, above) => {
    for (const ground of below)
      for (const ink of above) {
        expect(Object.keys(page)).toEqual(expect.arrayContaining([ground, ink]));
        const found = contrast(over(page[ink] ?? "", grounds.page), over(page[ground] ?? "", grounds.page));
        expect([ground, ink, found >= 4.5]).toEqual([ground, ink, true]);
      }
  });
});
