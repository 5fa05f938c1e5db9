import re


def pig(word):
    lower = word.lower()
    if lower[0] in "aeiou":
        result = lower + "way"
    else:
        start = re.match(r"[^aeiouy]*qu|y?[^aeiouy]*", lower).end()
        result = lower[start:] + lower[:start] + "ay"
    if word.isupper() and len(word) > 1:
        return result.upper()
    return result.capitalize() if word[0].isupper() else result


def translate(sentence):
    return re.sub(r"[A-Za-z]+", lambda m: pig(m.group()), sentence)


for sentence in [
    "The quick brown fox jumps over the lazy dog.",
    "Yellow squares -- are they STRONG?",
    "rhythm & eggs, 3 queens!",
]:
    print(sentence)
    print("  =>", translate(sentence))
