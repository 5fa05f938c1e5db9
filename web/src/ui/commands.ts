/** All that a person can have done on the page, in one list: for buttons, keys and the palette. */

import type { Command } from "../core/commands";
import type { Page } from "./page.svelte";

export function commandsOf(page: Page): readonly Command[] {
  const { program, running } = page;
  return [
    {
      id: "run",
      title: "Run the program",
      keys: ["Mod+Enter"],
      blocked: () => (running.isBusy ? "A program is running: stop it first." : null),
      run: () => void running.start(),
    },
    {
      id: "stop",
      title: "Stop the program",
      keys: ["Mod+."],
      blocked: () => (running.isBusy ? null : "No program is running."),
      run: () => running.stop(),
    },
    {
      id: "palette",
      title: "Show all commands",
      keys: ["F1", "Mod+K"],
      notInTerminal: true,
      run: () => page.openPalette(),
    },
    { id: "pane", title: "Go to the other pane", keys: ["F6"], run: () => page.nextPane() },
    { id: "format", title: "Format the program", keys: ["Alt+Shift+F"], run: () => void program.format() },
    { id: "results", title: "Show results", run: () => page.showTab("results") },
    { id: "files", title: "Show files", run: () => page.showTab("files") },
    { id: "add-files", title: "Add files to the run", run: () => page.files.pick() },
    { id: "problems", title: "Show the problems", run: () => page.showTab("problems") },
    { id: "find", title: "Find in the program", keys: ["Mod+F"], run: () => page.editor?.openSearch() },
    { id: "find-output", title: "Find in the output", keys: ["Mod+Shift+F"], run: () => page.terminal?.openFind() },
    { id: "clear", title: "Clear the output", run: () => page.terminal?.clear() },
    { id: "copy-output", title: "Copy the output as text", run: () => void page.copyOutput() },
    { id: "new", title: "New program", run: () => program.startNew() },
    { id: "open", title: "Open a Python file", keys: ["Mod+O"], notInTerminal: true, run: () => program.pickFile() },
    {
      id: "download",
      title: "Download the program",
      keys: ["Mod+S"],
      notInTerminal: true,
      run: () => program.download(),
    },
    { id: "share", title: "Copy a link to the program", run: () => void program.share() },
    { id: "where", title: "Where programs run", run: () => (page.whereOpen = true) },
    { id: "theme", title: "Switch between light and dark", run: () => page.looks.switchTheme() },
  ];
}
