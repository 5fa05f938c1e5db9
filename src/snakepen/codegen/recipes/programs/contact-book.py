"""A contact book: names, phone numbers and addresses, kept in a JSON file."""

import json
from pathlib import Path

FILE = Path("contacts.json")
HELP = """\
add      adds a contact, or changes one
find     looks for a name or a number
list     shows all contacts
delete   removes a contact
quit     ends (an empty line, too)"""


def ask(question):
    """Return the answer, or an empty text at the end of the input."""
    try:
        return input(question).strip()
    except EOFError:
        return ""


def load():
    """Return the contacts: a dict of a dict for each name."""
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def save(contacts):
    FILE.write_text(json.dumps(contacts, indent=2, ensure_ascii=False), "utf-8")


def show(contacts):
    """Print contacts in the order of their names."""
    for name, details in sorted(contacts.items()):
        print(f"{name:20} {details['phone']:16} {details['email']}".rstrip())
    if not contacts:
        print("Nobody.")


def obey(command, contacts):
    """Do what one command says."""
    if command == "add":
        if name := ask("Name: "):
            contacts[name] = {"phone": ask("Phone: "), "email": ask("E-mail: ")}
            save(contacts)
            print(f"{name} is in the book.")
    elif command == "find":
        wanted = ask("Part of a name or number: ").lower()
        show(
            {
                name: details
                for name, details in contacts.items()
                if wanted in f"{name} {details['phone']} {details['email']}".lower()
            }
        )
    elif command == "list":
        show(contacts)
    elif command == "delete":
        name = ask("Name: ")
        known = contacts.pop(name, None) is not None
        save(contacts)
        print(f"{name} is deleted." if known else f"There is no {name!r} in the book.")
    else:
        print(HELP)


def main():
    contacts = load()
    print(HELP)
    while (command := ask("> ").lower()) not in ("", "quit"):
        obey(command, contacts)
    print(f"Contacts kept in {FILE}: {len(contacts)}.")


if __name__ == "__main__":
    main()
