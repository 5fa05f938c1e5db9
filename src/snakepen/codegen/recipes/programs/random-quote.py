"""Shows a famous line of literature, chosen by chance."""

import random
import textwrap

COUNT = 1
# All are from books that are old enough to belong to everybody. Put in your own!
QUOTES = """
Brevity is the soul of wit. - William Shakespeare, Hamlet
We know what we are, but know not what we may be. - William Shakespeare, Hamlet
All that glisters is not gold. - William Shakespeare, The Merchant of Venice
To err is human, to forgive divine. - Alexander Pope, An Essay on Criticism
Hope springs eternal in the human breast. - Alexander Pope, An Essay on Man
A thing of beauty is a joy for ever. - John Keats, Endymion
Little strokes fell great oaks. - Benjamin Franklin, Poor Richard's Almanack
They also serve who only stand and wait. - John Milton, When I Consider How My Light Is Spent
The child is father of the man. - William Wordsworth, My Heart Leaps Up
It was the best of times, it was the worst of times. - Charles Dickens, A Tale of \
Two Cities
If you have built castles in the air, your work need not be lost; that is where they \
should be. Now put the foundations under them. - Henry David Thoreau, Walden
It is a truth universally acknowledged, that a single man in possession of a good \
fortune, must be in want of a wife. - Jane Austen, Pride and Prejudice
"""


def main():
    # None comes twice.
    for line in random.sample(QUOTES.strip().splitlines(), COUNT):
        text, source = line.split(" - ")
        print(f"{textwrap.fill(text, 70)}\n    {source}\n")


if __name__ == "__main__":
    main()
