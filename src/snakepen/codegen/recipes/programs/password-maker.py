"""Makes passwords that nobody can guess."""

import math
import secrets
import string

LENGTH = 16
COUNT = 5
SYMBOLS = "!#$%&*+-=?@_"

KINDS = [string.ascii_lowercase, string.ascii_uppercase, string.digits, SYMBOLS]


def make_password(length):
    """Return a random password with at least one character of each kind.

    `secrets` asks the operating system for randomness; the numbers of `random` are made
    for games and simulations, and can be predicted.
    """
    alphabet = "".join(KINDS)
    while True:
        password = "".join(secrets.choice(alphabet) for _ in range(length))
        if all(any(char in kind for char in password) for kind in KINDS):
            return password


def main():
    for _ in range(COUNT):
        print(make_password(LENGTH))
    bits = LENGTH * math.log2(sum(len(kind) for kind in KINDS))
    print(f"Each is one of about 2 to the power of {bits:.0f}.")


if __name__ == "__main__":
    main()
