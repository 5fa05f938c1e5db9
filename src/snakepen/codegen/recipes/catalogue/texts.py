"""Recipes for texts: counting, ciphers, formats."""

from typing import Final

from snakepen.codegen.recipes.accepts import ASKED_WORD, MARKDOWN_FILE, QUOTED, SAID, file_name, plain_text, sentence
from snakepen.codegen.recipes.recipe import Number, Recipe, Written

_CONVERT: Final = (
    "convert, converts, converting, converter, conversion, turn, turns, translate, translates, translator, translation"
)

TEXTS: Final = (
    Recipe(
        name="text-statistics",
        title="Text statistics",
        summary="Characters, words and sentences of a text, its letters, and how long it takes to read.",
        prompt="count words, sentences and characters of a text",
        names=(
            "text|word statistics|stats|analyzer|analyser|analysis",
            "statistics|stats ... text",
            "analyze|analyse|analyzes|analyses ... text",
            "count|counts|counting|number ... sentence|character|letter|vowel",
            "word|words ... sentences|characters",
            "character|letter counter|count",
            "reading time",
            "how many ... word|character|letter|sentence",
            "average word length",
        ),
        knows="""
            count, counts, counting, word, sentence, character, char, letter, line, text, statistic, stats,
            analysis, paragraph, reading, time, average, length, many, longest, different, frequency, string,
            analyzer
        """,
        never="""
            file, pdf, docx, url, vowel, vowels, sentiment, plot, chart, readability, consonant, bank
        """,
    ),
    Recipe(
        name="word-counter",
        title="Word counter",
        summary="The most common words of a text.",
        prompt="the 10 most common words of a text",
        names=(
            "word counter|frequency|frequencies|count",
            "count|counts|counting ... word",
            "common|frequent word|words",
            "how often ... word",
            "top # word",
            "frequency of ... word",
        ),
        knows="""
            count, counts, counter, counting, word, most, common, frequent, frequency, text, top, often, find,
            finds, each, string, occurrence, appear, appears, sentence
        """,
        never="""
            file, pdf, url, cloud, letter, sentences, characters, stop, document, folder, plot, chart,
            count|counts|counting words|word in|of sentence, count|counts|counting the|all words in|of a|the sentence
        """,
        parameters=(Number("TOP", 1, 1000, ("top #", "# ... common|frequent", "# word")),),
    ),
    Recipe(
        name="palindrome",
        title="Palindrome checker",
        summary="Tells whether a word or a sentence reads the same backwards.",
        prompt="check whether a word is a palindrome",
        parameters=(Written("FIRST", ASKED_WORD, sentence),),
        names=("palindrome|palindromes|palindromic",),
        knows="""
            check, checks, checker, checking, word, sentence, phrase, whether, string, text, detector, detect, test,
            tests, same, backwards, forwards, read, reads
        """,
        never="number, numbers, longest, list, linked, dates, find all, generate, substring, partition",
    ),
    Recipe(
        name="anagrams",
        title="Anagrams",
        summary="Finds anagrams of a word in a list, and compares words.",
        prompt="anagram finder",
        parameters=(Written("FIRST", QUOTED, sentence),),
        names=("anagram|anagrams",),
        knows="""
            find, finds, finder, check, checks, checker, word, two, 2, whether, same, letter, group, list, solver,
            detector, compare, string, each other
        """,
        never="game, dictionary file, scrabble, phrase, phrases, sentence",
    ),
    Recipe(
        name="caesar-cipher",
        title="Caesar cipher",
        summary="Encrypts and decrypts text by shifting letters.",
        prompt="caesar cipher with a shift of 5",
        names=(
            "caesar|caesars|caeser|cesar",
            "rot13",
            "shift cipher",
            "letter shift",
            "encrypt|encrypts|encrypting|decrypt|decrypts|encipher ... message|text|sentence|string",
            "encrypt|encrypts|encipher|decrypt {FIRST}",
            "message|text encryption|encrypter|encryptor",
            "encode|encodes|decode|decodes ... secret message",
            "secret message|code ... encode|encoder|encrypt|decode|decoder",
        ),
        knows="""
            cipher, cypher, code, encrypt, encrypts, encryption, encode, encoder, decrypt, decrypts, decryption,
            decode, decoder, text, message, shift, letter, secret, key, caesar
        """,
        never="""
            brute, force, break, breaker, cracker, salad, vigenere, file, attack, frequency, aes, key word, public,
            private, substitution, password, hash, base64, morse, book, my own|message key, random key, image
        """,
        parameters=(
            Written("FIRST", QUOTED, sentence),
            Number(
                "SHIFT", -25, 25, ("shift|shifts|shifting|key|offset ... #", "# ... shift", "by #", "cipher #", "rot #")
            ),
            Number("SHIFT", -25, 25, ("rot13 = 13",)),
        ),
    ),
    Recipe(
        name="morse-code",
        title="Morse code",
        summary="Turns text into Morse code, and Morse code into text.",
        prompt="translate text to morse code",
        names=("morse",),
        knows=_CONVERT
        + ", morse, code, text, encode, encoder, encodes, decode, decoder, message, dot, dash, sentence, letter, back",
        never="sound, beep, light, led, trainer, quiz, game, practice",
    ),
    Recipe(
        name="markdown-to-html",
        title="Markdown to HTML",
        summary="Turns headings, lists, paragraphs, bold, code and links into HTML.",
        prompt="convert markdown to html",
        names=("markdown ... html", "html ... from markdown", "markdown converter|parser", "md to html"),
        knows=_CONVERT + ", markdown, html, md, parser, parse, render, renderer, file",
        never="table, tables, pdf, html to markdown, blog, site, pandoc, library",
        parameters=(Written("FILE", MARKDOWN_FILE, file_name),),
    ),
    Recipe(
        name="regex-tester",
        title="Regular expression tester",
        summary="Shows what a regular expression matches in a text, with its groups.",
        prompt="regex tester",
        names=(
            "regex|regexp tester|test|checker|playground",
            "regular expression|expressions ... tester|test|try|checker",
            "test|tests|testing|try ... regex|regexp|regular",
        ),
        knows="""
            regex, regexp, regular, expression, test, tester, tests, testing, text, string, match, matches, group,
            pattern, show, checker, against
        """,
        never="email, phone, url, validate, engine, parser, generator, replace, tutorial",
    ),
    Recipe(
        name="text-banner",
        title="ASCII banner",
        summary="Prints a text in large letters.",
        prompt='ascii art banner that says "Snake"',
        names=(
            "ascii banner",
            "text|ascii art banner|text|letters",
            "banner",
            "ascii art",
            "big|large letter|letters|text",
            "big|large|ascii ... letters",
            "figlet",
        ),
        knows="ascii, art, banner, text, big, large, letter, says, saying, say, word, with, pillow, title",
        never="""
            image, picture, photo, webcam, ad, advertising, web, html, cow, animal, cat, dog, tree, heart, border,
            box, movie, face, word|text python
        """,
        parameters=(Written("TEXT", SAID, plain_text),),
    ),
    Recipe(
        name="json-tidy",
        title="JSON tidy",
        summary="Checks JSON, and prints it with an indent and its keys in order.",
        prompt="format JSON nicely",
        names=(
            "json formatter|tidy|beautifier|prettifier|validator|checker|viewer|pretty|linter",
            "format|formats|formatting|tidy|pretty|prettify|beautify|validate|indent|clean|check ... json",
            "json ... readable|pretty|nicely|indented",
        ),
        knows="""
            json, format, formatter, pretty, tidy, beautify, validate, validator, check, checks, readable, indent,
            indented, nicely, sort, sorted, key, print, space, string, valid, messy
        """,
        never="csv, xml, yaml, api, schema, file, files, convert, excel, url, database, merge, diff, compare",
        parameters=(Number("INDENT", 0, 16, ("# space", "indent ... #")),),
    ),
    Recipe(
        name="base64-text",
        title="Base64",
        summary="Encodes text as Base64, and decodes it again.",
        prompt="base64 encoder and decoder",
        names=("base64", "base 64"),
        knows="""
            encode, encodes, encoder, encoding, decode, decodes, decoder, decoding, text, string, convert,
            converter, base64
        """,
        never="image, file, url, implement from scratch, picture",
    ),
    Recipe(
        name="file-hashes",
        title="Hashes of files and texts",
        summary="MD5, SHA-1 and SHA-256 of texts, and SHA-256 of the files of the folder.",
        prompt="sha256 checksum of files",
        parameters=(Written("FIRST", QUOTED, sentence),),
        names=(
            "checksum|checksums",
            "sha256|sha1|md5|sha",
            "hash|hashes|hashing ... file|files|text|string",
            "file|text|string hash|hasher|hashes|hashing",
            "hash generator|calculator",
        ),
        knows="""
            hash, hashes, hashing, checksum, sha256, sha1, md5, sha, 256, file, text, string, calculate, calculates,
            compute, generator, folder, all, calculator
        """,
        never="""
            password, table, map, crack, cracker, blockchain, duplicate, duplicates, verify, consistent, own,
            hash function
        """,
    ),
    Recipe(
        name="file-report",
        title="Report on files",
        summary="How many files of each kind a folder has, how large they are, and which are twice there.",
        prompt="report of the files in a folder by type",
        names=(
            "file organiser|organizer|report|overview",
            "report|overview|summary ... files|folder|directory",
            "duplicate files|file",
            "find|finds|detect ... duplicate|duplicates ... file|files|folder|directory",
            "organise|organize|list|group|count|analyze ... files|folder|directory",
            "files ... by type|kind|extension|size",
        ),
        knows="""
            file, folder, directory, report, overview, list, by, type, kind, extension, size, duplicate, find,
            finds, group, disk, usage, organiser, organizer, large, largest, sizes
        """,
        never="""
            move, rename, delete, upload, list comprehension, row, rows, csv, line, lines, zip, photo, watch, pdf,
            sort into
        """,
    ),
)
