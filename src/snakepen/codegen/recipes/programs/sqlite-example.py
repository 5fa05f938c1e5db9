"""A small SQLite database of books: makes it, fills it, asks it, changes it."""

import sqlite3

FILE = "books.db"
BOOKS = [
    ("Emma", "Jane Austen", 1815),
    ("Persuasion", "Jane Austen", 1817),
    ("Frankenstein", "Mary Shelley", 1818),
    ("Middlemarch", "George Eliot", 1871),
]


def create(connection):
    """Make the table anew, so that each run begins with the same books."""
    connection.execute("DROP TABLE IF EXISTS books")
    connection.execute(
        """
        CREATE TABLE books (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            author TEXT NOT NULL,
            year INTEGER
        )
        """
    )


def show(title, rows):
    print(f"{title}:")
    for row in rows:
        print("  " + ", ".join(str(value) for value in row))


def main():
    connection = sqlite3.connect(FILE)
    # All of a `with` is kept, or nothing of it if something goes wrong.
    with connection:
        create(connection)
        # The ? are filled in by SQLite: a text can never become a command.
        connection.executemany(
            "INSERT INTO books (title, author, year) VALUES (?, ?, ?)", BOOKS
        )
    show("All books", connection.execute("SELECT * FROM books ORDER BY year"))

    author = "Jane Austen"
    found = connection.execute("SELECT title FROM books WHERE author = ?", (author,))
    show(f"By {author}", found)

    with connection:
        connection.execute("UPDATE books SET year = ? WHERE title = ?", (1816, "Emma"))
        connection.execute("DELETE FROM books WHERE year > ?", (1850,))
    show("Changed", connection.execute("SELECT title, year FROM books ORDER BY year"))

    counts = "SELECT author, COUNT(*) FROM books GROUP BY author ORDER BY author"
    show("Books by author", connection.execute(counts))
    connection.close()
    print(f"The database is the file {FILE}.")


if __name__ == "__main__":
    main()
