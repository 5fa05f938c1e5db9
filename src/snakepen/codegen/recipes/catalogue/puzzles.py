"""Recipes for puzzles and games that need some thought, and for luck that needs none."""

from typing import Final

from snakepen.codegen.recipes.recipe import Number, Recipe

_GAME: Final = "game, play, player, computer, against, fun, win, lose, score"

PUZZLES: Final = (
    Recipe(
        name="word-guessing",
        title="Word guessing",
        summary="Find a word of five letters; each guess shows which letters are right, as in Wordle.",
        prompt="a word guessing game like wordle",
        names=(
            "wordle",
            "word guess|guessing",
            "guess|guesses|guessing ... word",
        ),
        knows=_GAME
        + """,
            word, wordle, guess, guesses, guessing, letter, five, 5 letter, 5 letters, secret, hidden, random, clone,
            like, try, tries, attempt, chance, list
        """,
        never="""
            solver, solve, letter by letter, number, hangman, file, my word, category, categories, theme, life, lives,
            two player, 2 player, four, six, meaning, computer guess|guesses|guessing|has|must|tries, computer to guess,
            program|script|app|it guesses, program|script|app|it must|should|can|will guess, let|lets the computer,
            picture, draw, drawing, scrambled, jumbled, missing, most, common, frequent, often, one letter, a letter
        """,
        parameters=(Number("GUESSES", 1, 100, ("# ... guess|try|tries|attempt|chance",)),),
    ),
    Recipe(
        name="memory-game",
        title="Memory",
        summary="Turn over two cards at a time, and find all pairs.",
        prompt="memory game with 8 pairs",
        names=(
            "memory|concentration card|cards|matching|match|game|pairs",
            "find|finds|finding|match|matches|matching ... pair|pairs ... card|cards|game",
            "card|cards matching",
            "matching pair|pairs|card|cards",
        ),
        knows=_GAME
        + """,
            memory, concentration, card, cards, matching, match, matches, pair, pairs, find, finds, finding, turn,
            flip, hidden, letter
        """,
        never="""
            number, numbers, sum, sequence, simon, flash, usage, leak, management, poker, credit, sd, graphics, image,
            images, picture, pictures, emoji, emojis, timer, timed, brackets, list, dating
        """,
        parameters=(Number("PAIRS", 2, 26, ("# ... pair",)),),
    ),
    Recipe(
        name="connect-four",
        title="Connect four",
        summary="For two players, or for one against a computer that looks a few moves ahead.",
        prompt="connect four against the computer",
        names=("connect four|4", "connect4", "four|4 in a row", "four|4 in a line game"),
        knows=_GAME
        + """,
            connect, connect4, four, 4, in a row, two players, 2 player, two, ai, minimax, alpha, beta, alpha beta,
            board, grid, opponent, 7 x 6, 6 x 7
        """,
        never="five, points, dots, wall, databases, servers, lights, check|find|detect|finds|checks ... four|4",
    ),
    Recipe(
        name="sudoku-solver",
        title="Sudoku solver",
        summary="Solves a sudoku, trying out digits where fewest are possible; put in your own.",
        prompt="sudoku solver",
        names=("sudoku solver|solve|solving", "solve|solves|solving ... sudoku|sudokus"),
        knows="sudoku, sudokus, solve, solver, solves, solving, puzzle, puzzles, backtracking, algorithm, 9 x 9, grid",
        never="generate, generates, generator, play, game, image, 4 x 4, 16 x 16, file, hint, check",
    ),
    Recipe(
        name="queens-puzzle",
        title="Queens puzzle",
        summary="All ways to put eight queens on a chessboard so that none attacks another; or more, or fewer.",
        prompt="eight queens puzzle",
        names=("n queen|queens", "# queen|queens", "queen|queens puzzle|problem"),
        knows="""
            n, queen, queens, puzzle, problem, solve, solver, solves, solution, backtracking, chess, chessboard, board,
            size, place, placing, placement, chess board, attack, attacks, algorithm
        """,
        never="card, cards, drag, kings, game, animate, animation, genetic, king",
        parameters=(Number("SIZE", 1, 11, ("# queen", "# x|by #", "n # ... queen", "queen ... n|size #")),),
    ),
    Recipe(
        name="lottery-numbers",
        title="Lottery numbers",
        summary="Picks numbers for a lottery, and says how likely it is that all of them win.",
        prompt="lottery numbers, 6 of 49",
        names=(
            "lottery|lotto ... number|numbers",
            "lottery|lotto generator|draw|drawing|ticket|tickets|picker",
            "number|numbers|ticket|tickets ... lottery|lotto",
            "lottery|lotto",
        ),
        knows="""
            lottery, lotto, number, numbers, pick, picks, picker, draw, draws, drawing, generator, generate,
            generates, ticket, tickets, random, randomly, different, unique, balls
        """,
        never="""
            simulate, simulation, simulator, powerball, bonus, check, checker, win, winner, winnings, jackpot, bet,
            guess, guesses, sold, buy, scheduling, past, history, predict
        """,
        parameters=(
            Number("PICK", 1, 20, ("# of|from @", "# out of @", "# ... number|ball")),
            Number("HIGHEST", 2, 1000, ("@ of|from #", "@ out of #", "from|between 1|one to|and #", "up to #")),
            Number("TICKETS", 1, 1000, ("# ... ticket|draw|row",)),
        ),
        ascending=("PICK", "HIGHEST"),
    ),
    Recipe(
        name="magic-8-ball",
        title="Magic 8 ball",
        summary="Ask a question, and chance answers.",
        prompt="magic 8 ball",
        names=("magic 8|eight ball", "8|eight ball game|simulator|answer", "magic ball", "magic8ball|8ball"),
        knows="""
            magic, 8, eight, ball, 8ball, game, question, answer, random, randomly, fortune, future, simulator,
            yes or no
        """,
        never="pool, billiard, physics, animation",
    ),
    Recipe(
        name="vending-machine",
        title="Vending machine",
        summary="Takes coins, sells what there is, and gives the fewest coins as change.",
        prompt="vending machine",
        names=("vending machine|machines",),
        knows="""
            vending, machine, machines, simulate, simulates, simulation, simulator, coin, coins, change, drink,
            drinks, snack, snacks, product, products, item, items, choose, select, buy, money, price, prices, stock
        """,
        never="state, class, classes, object, admin, database, card",
    ),
)
