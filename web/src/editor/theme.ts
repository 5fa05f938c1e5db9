/** How the editor looks: one extension for each theme, made of the palette. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { palettes } from "../core/palette";
import type { Palette, Theme } from "../core/palette";

function highlighting({ inks }: Palette): Extension {
  return syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], color: inks.keyword },
      { tag: [tags.operatorKeyword, tags.self], color: inks.keyword },
      { tag: [tags.string, tags.special(tags.string), tags.docString], color: inks.string },
      { tag: tags.escape, color: inks.constant },
      { tag: tags.comment, color: inks.comment, fontStyle: "italic" },
      { tag: tags.number, color: inks.number },
      { tag: [tags.bool, tags.null, tags.atom], color: inks.constant },
      { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: inks.function },
      { tag: tags.function(tags.definition(tags.variableName)), color: inks.function, fontWeight: "600" },
      { tag: [tags.className, tags.definition(tags.className), tags.typeName], color: inks.type },
      { tag: [tags.meta, tags.modifier], color: inks.decorator },
      { tag: [tags.operator, tags.punctuation, tags.bracket], color: inks.operator },
      { tag: tags.invalid, color: inks.problem, textDecoration: "underline wavy" },
    ]),
  );
}

function surface({ grounds, inks, lines }: Palette, dark: boolean): Extension {
  const field = {
    border: `1px solid ${lines.border}`,
    borderRadius: "4px",
    background: grounds.page,
    color: inks.text,
  };
  const underline = (color: string) => ({
    // The mark of the library is a picture in a data address, which a strict content policy refuses.
    backgroundImage: "none",
    textDecoration: `underline wavy ${color} 1px`,
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  });
  const marker = (color: string, sign: string) => ({
    content: "normal",
    "&:before": { content: `"${sign}"`, color, fontWeight: "700" },
  });
  return EditorView.theme(
    {
      "&": { height: "100%", color: inks.text, backgroundColor: grounds.page, fontSize: "var(--code-size, 14px)" },
      // A line of colour inside the edge: nothing moves, and no neighbour covers it.
      "&.cm-focused": { outline: "none" },
      // Over all that is in it: the line numbers would hide a side of it.
      "&.cm-focused::after": {
        content: '""',
        position: "absolute",
        inset: "0",
        zIndex: "250",
        border: `2px solid ${dark ? inks.number : inks.function}`,
        pointerEvents: "none",
      },
      ".cm-scroller": {
        fontFamily: "var(--code-font, ui-monospace, 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace)",
        lineHeight: "1.55",
      },
      ".cm-content": { caretColor: lines.cursor, padding: "8px 0" },
      ".cm-cursor, .cm-dropCursor": { borderLeftColor: lines.cursor, borderLeftWidth: "2px" },
      ".cm-gutters": { backgroundColor: grounds.page, color: inks.faint, border: "none", paddingRight: "4px" },
      ".cm-lineNumbers .cm-gutterElement": { minWidth: "3ch", padding: "0 4px 0 8px" },
      ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: grounds.activeLine },
      ".cm-activeLineGutter": { color: inks.text },
      "& > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: grounds.selection },
      "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: grounds.selection },
      ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
        backgroundColor: grounds.chosen,
        outline: `1px solid ${lines.border}`,
      },
      ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": {
        backgroundColor: grounds.failingLine,
        outline: `1px solid ${lines.error}`,
      },
      ".cm-selectionMatch": { backgroundColor: grounds.chosen },
      ".cm-searchMatch": { backgroundColor: grounds.match, outline: `1px solid ${lines.warning}` },
      ".cm-searchMatch.cm-searchMatch-selected": { backgroundColor: grounds.currentMatch },
      ".cm-foldPlaceholder": { background: grounds.raised, color: inks.faint, border: `1px solid ${lines.border}` },
      ".cm-placeholder": { color: inks.faint },
      ".cm-failing-line": { backgroundColor: grounds.failingLine },
      // As wide as the code is seen, and in sight however far that is scrolled sideways.
      ".cm-failure": {
        display: "block",
        position: "sticky",
        left: "var(--code-start, 0)",
        boxSizing: "border-box",
        width: "var(--code-seen, auto)",
        padding: "2px 8px 4px 6px",
        borderLeft: `4px solid ${lines.error}`,
        backgroundColor: grounds.failingLine,
        color: inks.problem,
        whiteSpace: "pre-wrap",
        overflowWrap: "anywhere",
      },
      // A change: by colour and by sign.
      "&.cm-merge-b .cm-changedLine": { backgroundColor: grounds.addedLine },
      "&.cm-merge-b .cm-changedText": {
        background: `linear-gradient(${lines.added}, ${lines.added}) bottom/100% 1px no-repeat`,
      },
      "& .cm-deletedChunk": { backgroundColor: "transparent", padding: "0" },
      ".cm-deletedLine": { paddingRight: "2px", backgroundColor: grounds.removedLine },
      "&.cm-merge-b .cm-deletedChunk .cm-deletedText": {
        background: `linear-gradient(${lines.error}, ${lines.error}) bottom/100% 1px no-repeat`,
      },
      "&.cm-merge-b .cm-line, .cm-deletedLine": { paddingLeft: "calc(6px + 2ch)" },
      ".cm-changedLine:before, .cm-deletedLine:before": {
        position: "absolute",
        marginLeft: "-2ch",
        fontWeight: "700",
      },
      ".cm-changedLine:before": { content: '"+"', color: lines.added },
      ".cm-deletedLine:before": { content: '"−"', color: lines.error },
      // In a row of their own, in sight however far the code is scrolled sideways.
      "& .cm-deletedChunk .cm-chunkButtons": {
        position: "sticky",
        left: "calc(var(--code-start, 0px) + 6px)",
        display: "flex",
        gap: "4px",
        width: "fit-content",
        padding: "2px 0",
        fontFamily: "var(--text-font, system-ui, sans-serif)",
      },
      "& .cm-deletedChunk button.cm-part": {
        ...field,
        padding: "0 8px",
        minHeight: "24px",
        fontSize: "12px",
        cursor: "pointer",
      },
      ".cm-lintRange-error": underline(lines.error),
      ".cm-lintRange-warning": underline(lines.warning),
      ".cm-lintRange-info, .cm-lintRange-hint": underline(lines.border),
      ".cm-lintRange-active": { backgroundColor: grounds.match },
      ".cm-lintPoint:after": { borderBottomColor: lines.error },
      ".cm-gutter-lint": { width: "1.2em" },
      ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
      ".cm-lint-marker": { width: "1.2em", height: "auto", textAlign: "center", cursor: "default" },
      ".cm-lint-marker-error": marker(lines.error, "●"),
      ".cm-lint-marker-warning": marker(lines.warning, "▲"),
      ".cm-lint-marker-info": marker(lines.border, "■"),
      ".cm-tooltip": {
        backgroundColor: grounds.raised,
        color: inks.text,
        border: `1px solid ${lines.border}`,
        borderRadius: "6px",
        boxShadow: "0 4px 16px rgb(0 0 0 / 25%)",
        maxWidth: "min(60ch, 90vw)",
      },
      ".cm-tooltip .cm-tooltip-arrow": { display: "none" },
      ".cm-diagnostic": { padding: "6px 10px", borderLeftWidth: "4px" },
      ".cm-diagnostic-error": { borderLeftColor: lines.error },
      ".cm-diagnostic-warning": { borderLeftColor: lines.warning },
      ".cm-diagnosticAction": {
        ...field,
        padding: "2px 10px",
        minHeight: "24px",
        margin: "2px 0 2px 8px",
        font: "inherit",
        cursor: "pointer",
      },
      ".cm-tooltip.cm-tooltip-autocomplete > ul": {
        fontFamily: "inherit",
        maxHeight: "14em",
        "& > li": { padding: "2px 8px", minHeight: "24px", lineHeight: "24px" },
        "& > li[aria-selected]": { backgroundColor: grounds.chosen, color: inks.text },
      },
      ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: inks.function },
      ".cm-completionDetail": { color: inks.faint, fontStyle: "normal" },
      ".cm-completionIcon": { opacity: "1", color: inks.faint },
      ".cm-panels": { backgroundColor: grounds.raised, color: inks.text },
      ".cm-panels.cm-panels-top": { borderBottom: `1px solid ${lines.border}` },
      ".cm-panel.cm-search": {
        padding: "6px 36px 6px 8px",
        fontFamily: "var(--text-font, system-ui, sans-serif)",
        "& input, & button, & label": { fontSize: "13px", margin: "2px 6px 2px 0" },
        "& label": { display: "inline-flex", alignItems: "center", gap: "4px", minHeight: "24px" },
        "& input[type=checkbox]": { width: "16px", height: "16px", margin: "0" },
        "& [name=close]": {
          fontSize: "18px",
          width: "28px",
          height: "28px",
          top: "4px",
          right: "4px",
          color: inks.text,
        },
      },
      ".cm-textfield": { ...field, padding: "4px 8px", minHeight: "26px" },
      ".cm-button": { ...field, backgroundImage: "none", padding: "4px 10px", minHeight: "26px", cursor: "pointer" },
      ".cm-button:active": { backgroundImage: "none" },
      ":is(.cm-button, .cm-part, .cm-textfield, [name=close], input):focus-visible": {
        outline: `2px solid ${dark ? inks.number : inks.function}`,
        outlineOffset: "1px",
      },
      "@media (prefers-reduced-motion: reduce)": { ".cm-cursorLayer": { animation: "none !important" } },
    },
    { dark },
  );
}

const made: Record<Theme, Extension> = {
  light: [surface(palettes.light, false), highlighting(palettes.light)],
  dark: [surface(palettes.dark, true), highlighting(palettes.dark)],
};

export function editorTheme(theme: Theme): Extension {
  return made[theme];
}
