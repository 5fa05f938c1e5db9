"""Tic-tac-toe (noughts and crosses) for one player or two."""

LINES = ["123", "456", "789", "147", "258", "369", "159", "357"]


def show(board):
    for row in ("123", "456", "789"):
        print(" " + " | ".join(board[place] for place in row))
        if row != "789":
            print("---+---+---")


def winner(board):
    """Return "X" or "O", "nobody" when the board is full, or None."""
    for line in LINES:
        marks = {board[place] for place in line}
        if len(marks) == 1:
            return marks.pop()
    return None if any(mark.isdecimal() for mark in board.values()) else "nobody"


def value(board, mark, player):
    """How good the board is for `mark`, when `player` is next and both play well."""
    won_by = winner(board)
    if won_by:
        return {mark: 1, "nobody": 0}.get(won_by, -1)
    other = "O" if player == "X" else "X"
    values = [
        value(board | {place: player}, mark, other)
        for place in board
        if board[place] == place
    ]
    return max(values) if player == mark else min(values)


def best_place(board, mark):
    """Return the place that the computer takes."""
    other = "O" if mark == "X" else "X"
    free = [place for place in "513792468" if board[place] == place]
    return max(free, key=lambda place: value(board | {place: mark}, mark, other))


def ask(question):
    try:
        return input(question).strip().lower()
    except EOFError:
        return "quit"


def main():
    alone = ask("One player, or two? ") not in ("2", "two")
    board = {place: place for place in "123456789"}
    player = "X"
    while not winner(board):
        if alone and player == "O":
            place = best_place(board, player)
            print(f"The computer takes {place}.")
        else:
            show(board)
            place = ask(f"{player} takes number: ")
            if place in ("", "quit"):
                print("Goodbye!")
                return
            if board.get(place) != place:
                print("Type the number of a free place.")
                continue
        board[place] = player
        player = "O" if player == "X" else "X"
    show(board)
    print({"nobody": "A draw."}.get(winner(board), f"{winner(board)} wins!"))


if __name__ == "__main__":
    main()
