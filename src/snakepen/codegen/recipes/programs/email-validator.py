"""Checks whether e-mail addresses are written as they should be."""

import re

FIRST = None  # an address here is checked at once


def problem(address):
    """Return what is wrong with an address, or None.

    These are the rules of nearly all addresses in use. Whether somebody reads what is
    sent there, only a message can tell.
    """
    name, at, domain = address.rpartition("@")
    if not at:
        return "there is no @"
    if re.search(r"\s", address):
        return "there is a space in it"
    if not name or not domain:
        return "something is missing beside the @"
    if len(name) > 64 or len(address) > 254:
        return "it is too long"
    if not re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+", name, re.ASCII):
        return "before the @ is a character that may not be there"
    if name.startswith(".") or name.endswith(".") or ".." in name:
        return "before the @ is a dot where none may be"
    labels = domain.split(".")
    if len(labels) < 2:
        return "the domain has no dot, as in example.com"
    if "" in labels:
        return "the domain has a dot where none may be"
    for label in labels:
        # Letters and digits, with hyphens between them only.
        if not re.fullmatch(r"[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?", label):
            return f"{label} cannot be a part of a domain"
    if not re.fullmatch(r"[a-zA-Z]{2,}|xn--.+", labels[-1]):
        return f"no domain ends in .{labels[-1]}"
    return None


def describe(address):
    wrong = problem(address)
    return f"{address}: not valid, {wrong}." if wrong else f"{address}: valid."


def main():
    if FIRST:
        print(describe(FIRST))
    print("Type an e-mail address. An empty line ends.")
    while True:
        try:
            address = input("> ").strip()
        except EOFError:
            break
        if address.lower() in ("", "quit"):
            break
        print(describe(address))


if __name__ == "__main__":
    main()
