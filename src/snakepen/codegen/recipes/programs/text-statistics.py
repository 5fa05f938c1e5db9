"""Statistics of a text: characters, words, sentences, and how long it takes to read."""

import re
from collections import Counter

WORDS_A_MINUTE = 230  # of a usual reader
SAMPLE = """\
It was a bright cold day. The clocks had stopped, and nobody knew why.
Who would mend them? The old clockmaker looked at his hands, then at the sky."""


def read_text():
    """Return the lines that are typed until an empty one; a sample if there are none."""
    print("Type or paste a text, then an empty line. (Nothing: a sample.)")
    lines = []
    try:
        while line := input().strip():
            lines.append(line)
    except EOFError:
        pass
    return "\n".join(lines) or SAMPLE


def main():
    text = read_text()
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    sentences = [part for part in re.split(r"[.!?]+", text) if part.strip()]
    letters = Counter(char for char in text.lower() if char.isalpha())
    print(
        f"Characters   {len(text)}, {sum(not c.isspace() for c in text)} without spaces"
    )
    print(f"Words        {len(words)}, {len({w.lower() for w in words})} different")
    print(f"Sentences    {len(sentences)}")
    print(f"Lines        {len(text.splitlines())}")
    if words:
        average = sum(len(word) for word in words) / len(words)
        print(f"Word length  {average:.1f} on average")
        print(f"Longest      {max(words, key=len)}")
        print(f"Per sentence {len(words) / len(sentences):.1f} words")
        print(f"Reading time {60 * len(words) / WORDS_A_MINUTE:.0f} s")
    common = ", ".join(f"{letter} {count}" for letter, count in letters.most_common(5))
    print(f"Letters      {common}")


if __name__ == "__main__":
    main()
