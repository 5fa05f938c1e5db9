"""Recipes that turn and count letters, print shapes of them, and make up or check texts."""

from typing import Final

from snakepen.codegen.recipes.accepts import EMAIL, MARK, QUOTED, SHAPE, email, mark, sentence, shape
from snakepen.codegen.recipes.recipe import Number, Recipe, Written

_TEXT: Final = "string|text|word|sentence|phrase|message"
_FIGURES: Final = "triangle|pyramid|diamond|rhombus|square|tree"

WORDPLAY: Final = (
    Recipe(
        name="reverse-text",
        title="Texts turned around",
        summary="Turns a text around: its characters, the order of its words, and each word.",
        prompt="reverse a string",
        names=(
            f"reverse|reverses|reversing|reversed ... {_TEXT}",
            f"{_TEXT} reverser|reversal|reversing|reversed|backward|backwards",
            f"print|prints|write|writes|show|shows|turn|turns ... {_TEXT} ... backward|backwards|around",
            "reverse|reverses|reversing|print|write|spell {FIRST}",
            "{FIRST} reversed|backwards",
        ),
        knows="""
            reverse, reverses, reversing, reversed, reverser, reversal, string, text, word, sentence, phrase,
            message, backward, backwards, around, order, character, letter, slicing, slice
        """,
        never="""
            list, array, linked, number, numbers, integer, palindrome, palindromes, line, lines, file, proxy, video,
            image, picture, bits, stack, recursion, function reverse, complement, dna, sorted, caesar
        """,
        parameters=(Written("FIRST", QUOTED, sentence),),
    ),
    Recipe(
        name="vowel-counter",
        title="Vowels and consonants",
        summary="Counts the vowels and the consonants of a text, and each vowel.",
        prompt="count the vowels in a sentence",
        names=(
            "count|counts|counting|number|many ... vowel|vowels|consonant|consonants",
            "vowel|vowels|consonant|consonants counter|count|counting",
        ),
        knows="""
            count, counts, counting, counter, number, how, many, vowel, vowels, consonant, consonants, string, text,
            word, sentence, phrase, letter, find, finds
        """,
        never="remove, replace, file, most, longest, plot, chart, syllable, list, digits, spaces, numbers",
        parameters=(Written("FIRST", QUOTED, sentence),),
    ),
    Recipe(
        name="star-shapes",
        title="Shapes of stars",
        summary="Prints a triangle, a pyramid, a diamond, a square or a tree of stars.",
        prompt="print a pyramid of stars",
        parameters=(
            Written("SHAPE", SHAPE, shape),
            Written("MARK", MARK, mark),
            Number("ROWS", 1, 50, ("# row|line|level|high|tall", "height|size ... #", f"# ... {_FIGURES}")),
        ),
        names=(
            f"star|asterisk {_FIGURES}",
            f"{_FIGURES} of|with|from|using|made|out ... star|asterisk",
            f"star|asterisk in|as|shaped ... {_FIGURES}",
            "print|prints|printing ... triangle|pyramid|diamond|rhombus",
            "triangle|pyramid with|of @ row|level|line",
            "triangle|pyramid|diamond of",
            "pyramid|diamond|triangle pattern",
            "star pattern",
            "christmas|xmas tree",
        ),
        knows="""
            star, asterisk, triangle, pyramid, diamond, rhombus, square, tree, christmas, xmas, pattern, row, line,
            level, high, tall, height, size, shape, ascii, art, draw, draws, drawing, loop, nested,
            for loop, inverted, upside, down, reverse, reversed, downward, right, angled, angle, symbol, character
        """,
        never="""
            number, numbers, pascal, floyd, hollow, area, volume, perimeter, image, picture, plot, draw the star,
            animated, animation, light, lights, color, colour, colored, coloured, letter, binary, decision, family,
            ornament, five pointed, trees
        """,
    ),
    Recipe(
        name="number-to-words",
        title="Numbers in words",
        summary="Says whole numbers in English words.",
        prompt="convert a number to words",
        parameters=(
            Number(
                "FIRST",
                -999_999_999_999_999,
                999_999_999_999_999,
                ("# in|into|to|as ... word|english", "spell|spells|write|writes ... #", "number #"),
            ),
        ),
        names=(
            "number|numbers|integer|digit to|into|in|as ... word|words|english",
            "{FIRST} to|into|in|as ... word|words|english",
            "spell|spells|spelling ... number|{FIRST}",
            "number|numbers speller|spelled",
        ),
        knows="""
            number, numbers, integer, digit, word, words, english, convert, converts, converter, converting,
            conversion, turn, turns, translate, translates, spell, spells, speller, spelling, spelled, say, write
        """,
        never="""
            roman, dollar, currency, cheque, check, phone, keypad, ordinal, file, text, count, how many, list, quiz,
            binary
        """,
    ),
    Recipe(
        name="email-validator",
        title="E-mail address checker",
        summary="Says whether an e-mail address is written as it should be, and if not, what is wrong.",
        prompt="email validator",
        parameters=(Written("FIRST", EMAIL, email),),
        names=(
            "email|mail|emails|mails ... validator|validation|checker",
            "validate|validates|validating ... email|mail|emails",
            "check|checks|checking|verify|verifies ... email|mail|emails address|addresses|format|syntax",
            "email|mail|emails ... valid",
            "valid ... email|mail",
            "{FIRST} ... valid|email|mail",
            "check|checks|validate ... {FIRST}",
        ),
        knows="""
            email, emails, mail, mails, e mail, address, addresses, validator, validation, validate, validates,
            validating, valid, check, checks, checker, checking, verify, verifies, whether, regex, regular,
            expression, correct, format, string, syntax
        """,
        never="""
            send, sends, sending, inbox, exists, exist, smtp, domain, phone, password, list, file, csv, spam, form,
            new mail, my email for, extract, bulk
        """,
    ),
    Recipe(
        name="random-names",
        title="Random names",
        summary="Makes up first and last names of people by chance.",
        prompt="generate 5 random names",
        parameters=(Number("COUNT", 1, 1000, ("# ... name",)),),
        names=(
            "name generator|maker",
            "random|randomly name|names",
            "random|randomly first|last|full ... name|names",
            "generate|generates|generating ... random|fake|made ... name|names",
        ),
        knows="""
            name, names, generator, maker, generate, generates, generating, random, randomly, first, last, full,
            fake, made up, surname, people, person, human, list of
        """,
        never="""
            pick, picker, choose, chooser, select, draw, file, my list, a list, user, users, username, usernames,
            variable, company, band, domain, baby, pet, students, class
        """,
    ),
    Recipe(
        name="random-quote",
        title="Random quote",
        summary="Shows a famous line of old literature, chosen by chance.",
        prompt="random quote generator",
        parameters=(Number("COUNT", 1, 12, ("# ... quote|quotation",)),),
        names=(
            "random|daily|famous|inspirational|inspiring|motivational quote|quotes|quotation|quotations",
            "quote|quotation generator",
            "quote|quotation of the day",
        ),
        knows="""
            quote, quotes, quotation, random, randomly, generator, generate, famous, inspirational, inspiring,
            motivational, daily, day, literature, literary
        """,
        never="price, insurance, stock, movie, film, double, single, csv, file",
    ),
    Recipe(
        name="mad-libs",
        title="Mad libs",
        summary="Asks for words, and puts them into a story that one does not know yet.",
        prompt="mad libs game",
        names=("mad lib|libs", "madlib|madlibs"),
        knows="""
            mad, libs, madlibs, game, story, word, noun, verb, adjective, fill, blank, random, fun, silly, generator
        """,
        never="file, movie",
    ),
    Recipe(
        name="chatbot",
        title="Chatbot by plain rules",
        summary="Answers by patterns of words, and understands nothing: no artificial intelligence.",
        prompt="a simple chatbot",
        names=("chatbot|chatbots", "chat bot|bots", "eliza", "chatterbot"),
        knows="""
            chatbot, chat, bot, eliza, chatterbot, clone, rule, rules, based, plain, keyword, pattern, matching, talk,
            talks,
            conversation, answer, answers, respond, responds, response, question, hello, chatting, therapist
        """,
        never="document, documents, customer, faq, knowledge, learns, learning, intelligent, smart, memory, real",
    ),
    Recipe(
        name="typing-test",
        title="Typing test",
        summary="How many words per minute one types, and how many characters of them are right.",
        prompt="typing speed test",
        parameters=(Number("ROUNDS", 1, 6, ("# ... sentence|round",)),),
        names=(
            "typing|type|typist speed",
            "typing test|game|tester",
            "speed typing|typist",
            "wpm test|tester",
            "words|word per minute",
            "how fast ... type|typing",
        ),
        knows="""
            typing, speed, test, tester, game, words, per, minute, wpm, measure, measures, fast, accuracy, sentence,
            round, type, calculate, calculates, check, checks
        """,
        never="reading, read, hint, static, checker, internet, monkey, tutor",
    ),
)
