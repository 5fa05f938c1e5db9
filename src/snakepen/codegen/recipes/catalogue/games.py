"""Recipes for games and for what chance does."""

from typing import Final

from snakepen.codegen.recipes.recipe import Number, Recipe

_GAME: Final = "game, play, player, computer, random, randomly, against, score, keep, keeps, fun, win, lose, round"

# Who says none of these and no number throws once.
_MANY_THROWS: Final = """
    simulate simulates simulating simulation simulator plot histogram distribution chart bar frequency average
    probability statistic many
"""

GAMES: Final = (
    Recipe(
        name="number-guessing",
        title="Number guessing",
        summary="The computer thinks of a number; hints say whether a guess is too low or too high.",
        prompt="guess the number between 1 and 50",
        names=(
            "guess|guesses|guessing ... number",
            "number guess|guessing|guesser",
            "number|numbers ... guess|guesses|guessing",
            "guessing game",
            "think|thinks|thinking of ... number",
            "higher or lower",
            "high low game",
        ),
        knows=_GAME
        + """,
            guess, guesses, guessing, think, thinks, secret, hint, high, low, higher, lower, too, attempt, try,
            tries, between, range
        """,
        never="""
            again, attempts, word, letter, my number, i think, flag, country, song, computer
            guess|guesses|guessing|has|must|tries|should|needs, computer to guess, my secret,
            program|script|app|it guesses, program|script|app|it should|must|can|will guess,
            program|script|app|it has|tries|needs to guess, let|lets|make ... program|script|app|it guess,
            user|player|person|human think
        """,
        parameters=(
            Number(
                "LOWEST", 0, 1_000_000_000, ("between # and|to @", "between # @", "from # to @", "# to @", "# and @")
            ),
            Number(
                "HIGHEST",
                1,
                1_000_000_000,
                ("between @ and|to #", "from @ to #", "@ to|and #", "up to #", "between @ #", "to #"),
            ),
        ),
        ascending=("LOWEST", "HIGHEST"),
    ),
    Recipe(
        name="hangman",
        title="Hangman",
        summary="Find the word, letter by letter, before the lives run out.",
        prompt="hangman with 10 lives",
        names=("hangman", "hang man"),
        knows=_GAME + ", word, letter, guess, guessing, life, lives, list, secret, hidden, wrong",
        never="picture, drawing, draw, category, categories, hint, two player, 2 player, python words",
        parameters=(Number("LIVES", 1, 26, ("# life|lives|try|tries|chance|attempt|wrong|mistake|guess",)),),
    ),
    Recipe(
        name="rock-paper-scissors",
        title="Rock, paper, scissors",
        summary="Against the computer, with the score.",
        prompt="rock paper scissors",
        names=(
            "rock|stone paper|papers scissors|scissor",
            "rock scissors paper",
            "paper scissors rock|stone",
            "scissors paper rock|stone",
        ),
        knows=_GAME + ", rock, paper, scissors, scissor, again",
        never="lizard, spock, two player, 2 player, best of",
    ),
    Recipe(
        name="tic-tac-toe",
        title="Tic-tac-toe",
        summary="Noughts and crosses for two players, or for one against a computer that never loses.",
        prompt="tic tac toe against the computer",
        names=("tic tac toe", "tictactoe", "noughts ... crosses", "naughts ... crosses", "xs and os", "x and o game"),
        knows=_GAME
        + """,
            two players, 2 player, two, person, unbeatable, minimax, ai, 3 x 3, grid, board, tic, tac, toe
        """,
        never="4 x 4, ultimate",
    ),
    Recipe(
        name="quiz",
        title="Quiz",
        summary="Questions with four choices each, in any order, with the score; put in your own questions.",
        prompt="a quiz with 5 questions",
        names=("quiz|quizzes", "trivia", "multiple choice"),
        knows=_GAME
        + """,
            question, answer, general, knowledge, multiple, choice, trivia, correct, right, points, scoring, test,
            option, quiz, result, student, kid, child
        """,
        never="""
            sqlite, database, csv, json, timer, timed, maths, math, arithmetic, spelling, vocabulary, flag, capital,
            python questions, music, history, chemistry, physics, biology, geography, football, file, movie, film
        """,
        parameters=(Number("ASKED", 1, 10, ("# ... question|questions", "# quiz")),),
    ),
    Recipe(
        name="flash-cards",
        title="Flash cards",
        summary="Cards to learn from; what was wrong comes again until everything is known.",
        prompt="flash cards to learn vocabulary",
        names=("flash card|cards", "flashcard|flashcards", "vocabulary|vocab trainer|quiz|test|drill"),
        knows="""
            vocabulary, vocab, word, language, spanish, learning, trainer, study, studying, quiz, memorize,
            memorise, card, question, answer, test
        """,
        never="sqlite, database, csv, json, spaced, anki, french, german, italian, english, japanese, chinese, russian",
    ),
    Recipe(
        name="blackjack",
        title="Blackjack",
        summary="The card game against a dealer, with chips.",
        prompt="blackjack against the dealer",
        names=("blackjack", "black jack", "twenty one card|game", "21 card game"),
        knows=_GAME + ", card, dealer, deck, chip, bet, betting, casino, hit, stand, 21, hand, ace, again",
        never="split, counting, multiplayer, double down, strategy, insurance",
    ),
    Recipe(
        name="dice-simulation",
        title="Dice",
        summary="Throws dice: a few times, or many, with the totals counted and drawn.",
        prompt="roll 2 dice 10000 times",
        names=(
            "roll|rolls|rolling|throw|throws|throwing ... dice|die|dices",
            "dice roll|roller|rolling|simulation|simulator|game|throw|thrower",
            "dice|die ... roll|rolls|rolled|throw|throws|thrown",
            "simulate|simulates|simulating|simulation ... dice|die",
            "@ d @",
            "roll|rolls|rolling|throw ... d4|d6|d8|d10|d12|d20|d100",
        ),
        knows="""
            dice, die, roll, rolls, rolling, rolled, throw, throws, throwing, thrown, simulate, simulates,
            simulating, simulation, simulator, time, result, plot, histogram, random, total, count, sided, side,
            six, distribution, chart, bar, frequency, average, probability, sum, statistic, roller, pair
        """,
        never="yahtzee, craps, monopoly, backgammon, loaded, unfair, turn, board, animation",
        parameters=(
            Number("SIDES", 2, 100, ("# sided|side", "@ d #", "d #", "# face|faced")),
            Number("SIDES", 2, 100, ("d4 = 4", "d6 = 6", "d8 = 8", "d10 = 10", "d12 = 12", "d20 = 20", "d100 = 100")),
            Number("ROLLS", 1, 1_000_000, ("# dice|die rolls|throws",)),
            Number("DICE", 1, 10, ("# ... dice|die", "# d @")),
            Number("ROLLS", 1, 1_000_000, ("# time|roll|throw", "dice|die #")),
            Number("ROLLS", 1, 1_000_000, tuple(f"{word} = 10_000" for word in _MANY_THROWS.split())),
            Number(
                "DICE",
                1,
                20,
                ("a|one|single|the ... die = 1", "die = 1", "a dice = 1", "d4|d6|d8|d10|d12|d20|d100 = 1"),
            ),
        ),
    ),
    Recipe(
        name="coin-flips",
        title="Coin flips",
        summary="Flips a coin many times: the share of heads, and the longest run.",
        prompt="flip a coin 100 times",
        names=(
            "flip|flips|flipping|toss|tosses|tossing ... coin|coins",
            "coin flip|flips|flipper|toss|tosses|tossing|flipping",
            "coin|coins flipping|tossing|simulation|simulator",
            "heads or|and tails",
        ),
        knows="""
            coin, head, tail, heads, tails, flip, toss, time, random, simulate, simulates, simulation, simulator,
            count, share, result, run, longest, streak, percentage
        """,
        never="two coin, bet, plot, graph, chart, unfair, biased, guess, game, crypto, until",
        parameters=(Number("FLIPS", 1, 1_000_000, ("# time|flip|toss|coin", "coin|flip|toss #")),),
    ),
    Recipe(
        name="maze",
        title="Maze",
        summary="Makes a random maze, and finds the shortest way through it.",
        prompt="make a maze of 20 by 10 and solve it",
        names=("maze|mazes", "labyrinth|labyrinths"),
        knows="""
            random, randomly, generator, generate, generates, solve, solver, solves, shortest, path, find, finds,
            labyrinth, ascii, bfs, dfs, size, backtracking, algorithm, solution
        """,
        never="play, game, walk, runner, star, image, picture, animate, animation, dijkstra, pacman",
        parameters=(
            Number("WIDTH", 2, 200, ("# by|x @", "width ... #", "# wide")),
            Number("HEIGHT", 2, 100, ("@ by|x #", "height ... #", "# high")),
        ),
    ),
    Recipe(
        name="game-of-life",
        title="Game of Life",
        summary="Conway's cells, generation by generation.",
        prompt="conway's game of life for 30 generations",
        names=("game of life", "conway"),
        knows="""
            conway, cellular, automaton, automata, glider, generation, cell, simulation, simulate, grid, step,
            ascii, game, life
        """,
        never="animation, gif, image, random, editor, plot, matplotlib, patterns, board",
        parameters=(
            Number("GENERATIONS", 1, 60, ("# generation|step|iteration|round",)),
            Number("WIDTH", 30, 100, ("# by|x @",)),
            Number("HEIGHT", 5, 50, ("@ by|x #",)),
        ),
    ),
)
