"""Connect four, for two players or against a computer that looks a few moves ahead."""

COLUMNS, ROWS = 7, 6
DEPTH = 4  # moves that the computer looks ahead; more take longer
OTHER = {"X": "O", "O": "X"}
DIRECTIONS = [(1, 0), (0, 1), (1, 1), (1, -1)]
MIDDLE_FIRST = sorted(range(COLUMNS), key=lambda column: abs(column - COLUMNS // 2))


def show(board):
    for row in reversed(range(ROWS)):
        print(" ".join(board.get((column, row), ".") for column in range(COLUMNS)))
    print(" ".join(str(column + 1) for column in range(COLUMNS)))


def free_place(board, column):
    """Return where a piece comes to lie, or None in a full column."""
    for row in range(ROWS):
        if (column, row) not in board:
            return column, row
    return None


def wins(board, place):
    """Whether the piece at the place is one of four in a row."""
    for dx, dy in DIRECTIONS:
        in_row = 1
        for sign in (1, -1):
            x, y = place[0] + sign * dx, place[1] + sign * dy
            while board.get((x, y)) == board[place]:
                in_row += 1
                x, y = x + sign * dx, y + sign * dy
        if in_row >= 4:
            return True
    return False


def moves(board):
    places = (free_place(board, column) for column in MIDDLE_FIRST)
    return [place for place in places if place]


def value(board, player, depth, least=-1000, most=1000):
    """How good the board is for the player who is next, with both playing well.

    What is below `least` or above `most` changes nothing, so it is not looked at.
    """
    places = moves(board) if depth else []
    for place in places:
        after = board | {place: player}
        if wins(after, place):
            return 100 + depth  # better sooner than later
        least = max(least, -value(after, OTHER[player], depth - 1, -most, -least))
        if least >= most:
            break
    return least if places else 0


def best_column(board, player):
    def worth(place):
        after = board | {place: player}
        return 200 if wins(after, place) else -value(after, OTHER[player], DEPTH)

    return max(moves(board), key=worth)[0]


def ask(question):
    try:
        return input(question).strip().lower()
    except EOFError:
        return "quit"


def main():
    alone = ask("One player, or two? ") not in ("2", "two")
    board = {}
    player = "X"
    while len(board) < COLUMNS * ROWS:
        if alone and player == "O":
            column = best_column(board, player)
            print(f"The computer takes {column + 1}.")
        else:
            show(board)
            text = ask(f"{player} takes column: ")
            if text in ("", "quit"):
                print("Goodbye!")
                return
            column = "1234567".find(text) if len(text) == 1 else -1
            if column < 0 or not free_place(board, column):
                print("Type the number of a column that is not full.")
                continue
        place = free_place(board, column)
        board[place] = player
        if wins(board, place):
            show(board)
            print(f"{player} wins!")
            return
        player = OTHER[player]
    show(board)
    print("A draw.")


if __name__ == "__main__":
    main()
