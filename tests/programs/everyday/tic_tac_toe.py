# snakepen: {"stdin": "5\n1\n5\n3\n2\n8\n9\n7\n"}
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


def draw(board):
    rows = [" | ".join(board[i:i + 3]) for i in (0, 3, 6)]
    print("\n--+---+--\n".join(rows))


def winner(board):
    for a, b, c in LINES:
        if board[a] == board[b] == board[c]:
            return board[a]
    if all(cell in "XO" for cell in board):
        return "nobody"


board = list("123456789")
player = "X"
draw(board)
while not (result := winner(board)):
    try:
        move = input(f"{player} plays: ")
    except EOFError:
        print("\nThe players left the table.")
        break
    if move not in board or move in "XO":
        print("That square is taken.")
        continue
    board[int(move) - 1] = player
    print()
    draw(board)
    player = "O" if player == "X" else "X"
else:
    print("Winner:", result)
