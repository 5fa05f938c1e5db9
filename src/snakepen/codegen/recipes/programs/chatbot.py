"""A chatbot by plain rules: it understands nothing, and answers by patterns."""

import re

# The first pattern that is found in what was typed answers, each time with its next
# line. {} is what the brackets of the pattern found. Put in your own rules!
RULES = {
    r"\bhow are you\b": ["I am only a program. How are you?"],
    r"\b(?:hello|hi|hey)\b": ["Hello! How are you?", "Hello again!"],
    r"\bmy name is (\w+)": ["Nice to meet you, {}."],
    r"\byour name\b": ["I am a small program, and have no name."],
    r"\b(?:computer|robot|chatbot|program)\b": ["Do programs worry you?"],
    r"\bi need (.+)": ["Why do you need {}?", "What if you never had {}?"],
    r"\bi (?:feel|am feeling) (.+)": [
        "Since when do you feel {}?",
        "Is that a good feeling?",
    ],
    r"\b(?:i am|i'm|im) (.+)": ["How long have you been {}?", "Why are you {}?"],
    r"\bi (?:want|wish|would like) (.+)": ["What would change if you had your way?"],
    r"\b(?:like|love) (.+)": ["What is it that is good about {}?"],
    r"\b(?:mother|father|sister|brother|family)\b": ["Tell me about your family."],
    r"\bbecause\b": ["Is that the only reason?", "What else could it be?"],
    r"\bthanks?\b": ["You are welcome."],
    r"\?$": ["What do you think?", "Why do you ask?"],
    r"\b(?:yes|no)\b": ["Are you sure?", "I see."],
    "": ["Please go on.", "Tell me more.", "And how did that feel?"],
}
# Seen from the other side, I am you.
SWAPPED = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "am": "are",
    "you": "me", "your": "my", "yours": "mine", "myself": "yourself",
}  # fmt: skip


def swapped(text):
    """Return "my dog likes me" as "your dog likes you"."""
    return " ".join(SWAPPED.get(word.lower(), word) for word in text.split())


def answer(text, used):
    """Return the next line of the first rule that fits; `used` counts them."""
    for pattern, lines in RULES.items():
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            line = lines[used.get(pattern, 0) % len(lines)]
            used[pattern] = used.get(pattern, 0) + 1
            about = found[1] if found.groups() else ""
            return line.replace("{}", swapped(about.rstrip(" .!?")))
    return ""


def main():
    used = {}
    print("Let us talk. I am a program with a few rules. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit", "bye", "goodbye"):
            break
        print(answer(text, used))
    print("Goodbye!")


if __name__ == "__main__":
    main()
