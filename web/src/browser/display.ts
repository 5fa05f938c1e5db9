/** What shows what a program shows: the server's own modules, in the order to load them in (`runner/display.py`, PARTS). */

import own_builtins from "../../../src/snakepen/runner/own_builtins.py?raw";
import reports from "../../../src/snakepen/runner/reports.py?raw";
import texts from "../../../src/snakepen/runner/texts.py?raw";
import tables from "../../../src/snakepen/runner/tables.py?raw";
import pictures from "../../../src/snakepen/runner/pictures.py?raw";
import bundles from "../../../src/snakepen/runner/bundles.py?raw";
import figures from "../../../src/snakepen/runner/figures.py?raw";
import room from "../../../src/snakepen/runner/room.py?raw";
import display from "../../../src/snakepen/runner/display.py?raw";

export const PARTS: Readonly<Record<string, string>> = {
  own_builtins,
  reports,
  texts,
  tables,
  pictures,
  bundles,
  figures,
  room,
  display,
};
