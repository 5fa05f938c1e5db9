"""Encodes text as Base64, and decodes it again."""

import base64
import binascii


def main():
    print('Type text to encode it, or "decode" and Base64. An empty line ends.')
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        command, _, rest = text.partition(" ")
        if command != "decode":
            print(base64.b64encode(text.encode()).decode())
            continue
        try:
            print(base64.b64decode(rest, validate=True).decode())
        except binascii.Error as error:
            print(f"That is not Base64: {error}.")
        except UnicodeDecodeError:
            print("That is Base64, but not of a text.")


if __name__ == "__main__":
    main()
