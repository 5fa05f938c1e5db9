"""Lines that stand for code which was left out, and lines that only sound so."""

import pytest

from snakepen.codegen.placeholders import placeholder_line


@pytest.mark.parametrize(
    "line",
    [
        "# ...",
        "# …",
        "# ... rest of the code",
        "# Rest of your code here",
        "# rest of the original program stays the same",
        "# (rest of code unchanged)",
        "# the remaining code remains the same",
        "# The rest of the functions",
        "# ... existing code ...",
        "# existing code here",
        "    # Existing functions remain unchanged",
        "# keep the existing code",
        "# Keep existing imports",
        "# same as before",
        "# ... same as above ...",
        "# (same as before)",
        "# your code here",
        "# Add your existing code here",
        "# ... previous methods ...",
        "# ... (unchanged)",
        "# code omitted for brevity",
        "# [... omitted ...]",
        "... rest of the code ...",
        "[rest of the program]",
        "// rest of the code",
        "# Everything else stays the same",
        "# all the other code is unchanged",
        "pass  # existing code",
        "pass  # rest of the code",
        "...  # as before",
        "# (existing functions)",
        "# [previous code]",
        "# Existing code...",
        "# Same code as before",
        "# Other functions unchanged",
        "# --- unchanged ---",
        "# ... (all other routes)",
        "# add_task, remove_task as before",
        "# load_tasks(), save_tasks() and main() stay the same",
        "# The rest of the code (unchanged)",
        "# Rest of the class remains exactly the same as before.",
        "# Imports stay the same",
        "# Keep the rest as it was",
        "# TODO: rest of the game logic goes here",
        "# <rest of the original code>",
        "# ... more helper functions ...",
        "# rest of the program follows",
        "# rest of main() unchanged",
        "# rest of the functions remain the same as in your original program",
        "# code above remains unchanged",
        "# [unchanged code]",
        "# -- existing code --",
        "# add the rest here",
        "# continue with the rest of the original code",
        "# def main() stays as it was",
        '"""rest of the code unchanged"""',
        "raise NotImplementedError  # rest of the code",
        "# game loop unchanged",
        "# the main logic goes here",
        "# ... (code continues)",
        "pass  # TODO",
        "pass  # implementation goes here",
        "pass  # TODO: implement this function",
    ],
)
def test_a_line_that_stands_for_code_is_found(line: str) -> None:
    assert placeholder_line(f"a = 1\n{line}\nb = 2\n") == 2
    assert placeholder_line(f"a = 1\n{line}\nb = 2\n", before=f"{line}\n") is None, "it was the program's own"


@pytest.mark.parametrize(
    "line",
    [
        "...",
        "    ...",
        "def draw(self): ...",
        "# the rest of the deck goes to the dealer",
        "# print the rest of the list",
        "# same as above, but for columns",
        "# keep the best score",
        "# the code is at most four letters",
        "# remaining lives",
        "# existing files are overwritten",
        "print('# rest of the code')",
        "# dots ... and more",
        "# previous value of the counter",
        "# The total is the same for all players, whichever way round they sit at the table and whoever begins; "
        "so everything stays the same",
        "x = 1  # ... rest",
        "# keep the original order",
        "# Keep the rest of the deck for later",
        "# Keep previous value for undo",
        "# keep existing files, never overwrite",
        "# add the rest of the file to the buffer",
        "# the rest of the program waits for input",
        "# the original file is unchanged",
        "# Rest is the same for both",
        "# Other functions",
        "# --- Helper functions ---",
        "# (previous score)",
        "# the code is the same for both players",
        "# the rest of the code is read as one block",
        "# the same colour as before",
        "pass  # nothing is left of the deck",
        "# ---------",
        "# speed as before",
        "# The rest of the players fold",
        "# Loading...",
        "# this function is the same as before",
        "# the loop is unchanged",
        "# rest of the game",
        "# --- Other functions ---",
        "# the rest of main() prints the table",
        "raise NotImplementedError",
        "raise NotImplementedError  # for subclasses",
        '"""..."""',
        '"""The existing functions."""',
        "# and so on ...",
        "# TODO: a sound",
        "# implement the strategy by a table",
        "raise NotImplementedError  # implement this in each game",
        "# the code continues in the next round",
    ],
)
def test_what_programs_say_by_themselves_is_none(line: str) -> None:
    assert placeholder_line(f"a = 1\n{line}\nb = 2\n") is None


def test_names_that_are_there_were_not_left_out() -> None:
    line = "# add_task, remove_task as before\n"
    assert placeholder_line(line + "def add_task(): ...\ndef remove_task(): ...\n") is None
    assert placeholder_line(line + "def add_task(): ...\n") == 1


@pytest.mark.parametrize(
    "text", ["# " + "the " * 29, "# " + "is " * 38, "# " + "a_b, " * 23, "(" * 120, "#" + "." * 119]
)
def test_no_line_takes_long(text: str) -> None:
    placeholder_line(text * 1 + "\n" + "\n".join([text] * 2000))
