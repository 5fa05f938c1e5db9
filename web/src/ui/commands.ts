/** All that a person can have done on the page, in one list: for buttons, keys and the palette. */

import type { Command } from "../core/commands";
import type { Page } from "./page.svelte";

export function commandsOf(page: Page): readonly Command[] {
  const { asking, history, models, program, proposal, repairs, running } = page;
  const undecided = (): string | null => (proposal.isOpen ? null : "There is no change to decide on.");
  const noProblem = (): string | null => (page.problems.length > 0 ? null : "No problems were found.");
  return [
    {
      id: "run",
      title: "Run the program",
      keys: ["Mod+Enter"],
      blocked: () => {
        if (asking.isInEditor) return "The program is being written.";
        return running.isBusy ? "A program is running: stop it first." : null;
      },
      refuse: () => running.remind(),
      run: () => page.run(),
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
    {
      id: "ask",
      title: "Ask for a program or a change",
      keys: ["Mod+Shift+Enter"],
      run: () => {
        if (asking.prompt.trim() === "" || asking.blocked !== null) page.openPrompt();
        else asking.send();
      },
    },
    {
      id: "stop-writing",
      title: "Stop writing",
      blocked: () => (asking.isBusy ? null : "Nothing is being written."),
      run: () => asking.stop(),
    },
    { id: "recipes", title: "See all recipes", run: () => models.open("recipes") },
    { id: "models", title: "Choose or connect a model", run: () => models.open("models") },
    {
      id: "prompt-pane",
      title: "Show or hide the prompt",
      run: () => (page.looks.asks ? page.closePrompt() : page.openPrompt()),
    },
    { id: "accept", title: "Accept the change", blocked: undecided, run: () => proposal.accept() },
    { id: "reject", title: "Reject the change", blocked: undecided, run: () => proposal.reject() },
    {
      id: "next-part",
      title: "Go to the next part of the change",
      blocked: undecided,
      run: () => page.editor?.goToChange(true),
    },
    {
      id: "accept-part",
      title: "Accept this part of the change",
      blocked: undecided,
      run: () => page.editor?.decide("accept"),
    },
    {
      id: "reject-part",
      title: "Reject this part of the change",
      blocked: undecided,
      run: () => page.editor?.decide("reject"),
    },
    {
      id: "fix",
      title: "Fix the program",
      blocked: () => repairs.blocked,
      run: () => repairs.fix(),
    },
    {
      id: "automatic-repair",
      title: "Switch automatic repair on or off",
      run: () => repairs.setAutomatic(!repairs.isAutomatic),
    },
    {
      id: "back",
      title: "Go back to the version before",
      blocked: () => (history.previous === null ? "There is no version before this one." : null),
      run: () => history.back(),
    },
    { id: "pane", title: "Go to the next pane", keys: ["F6"], goes: true, run: () => page.nextPane() },
    { id: "pane-before", title: "Go to the pane before", keys: ["Shift+F6"], goes: true, run: () => page.nextPane(-1) },
    { id: "format", title: "Format the program", keys: ["Alt+Shift+F"], run: () => void program.format() },
    { id: "results", title: "Show results", run: () => page.showTab("results") },
    { id: "files", title: "Show files", run: () => page.showTab("files") },
    { id: "add-files", title: "Add files to the run", run: () => page.files.pick() },
    { id: "problems", title: "Show the problems", run: () => page.showTab("problems") },
    {
      id: "problem",
      title: "Go to the next problem",
      keys: ["F8"],
      notInProgram: true,
      goes: true,
      blocked: noProblem,
      run: () => page.goToProblem(true),
    },
    {
      id: "problem-before",
      title: "Go to the problem before",
      keys: ["Shift+F8"],
      notInProgram: true,
      goes: true,
      blocked: noProblem,
      run: () => page.goToProblem(false),
    },
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
