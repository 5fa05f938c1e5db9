# snakepen: {"stdin": "left\nup\nright\nsideways\ndown\nleft\n"}
import random
import sys

random.seed(2048)
board = [[0] * 4 for _ in range(4)]
score = 0


def squeeze(row):
    global score
    tiles = [t for t in row if t]
    out = []
    while tiles:
        tile = tiles.pop(0)
        if tiles and tiles[0] == tile:
            tile += tiles.pop(0)
            score += tile
        out.append(tile)
    return out + [0] * (4 - len(out))


def move(b, turns):
    for _ in range(turns):
        b = [*zip(*b)][::-1]
    b = [squeeze(row) for row in b]
    for _ in range(-turns % 4):
        b = [list(row) for row in zip(*b)][::-1]
    return [list(row) for row in b]


def spawn(b):
    y, x = random.choice([(y, x) for y in range(4) for x in range(4) if not b[y][x]])
    b[y][x] = random.choice([2, 2, 2, 4])


spawn(board)
for word in map(str.strip, sys.stdin):
    if word not in ("left", "up", "right", "down"):
        print("unknown move", word)
        continue
    spawn(board)
    board = move(board, ("left", "up", "right", "down").index(word))
    print(f"{word}, score {score}", *(" ".join(f"{t or '.':>3}" for t in r) for r in board), sep="\n")
