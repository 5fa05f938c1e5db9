/** What shows what a program shows: the server's own modules, in the order to load them in (`runner/display.py`, PARTS). */

import texts from "../../../src/snakepen/runner/texts.py?raw";
import tables from "../../../src/snakepen/runner/tables.py?raw";
import bundles from "../../../src/snakepen/runner/bundles.py?raw";
import figures from "../../../src/snakepen/runner/figures.py?raw";
import display from "../../../src/snakepen/runner/display.py?raw";

export const PARTS: Readonly<Record<string, string>> = { texts, tables, bundles, figures, display };
