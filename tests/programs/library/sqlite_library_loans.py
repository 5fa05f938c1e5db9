import sqlite3

db = sqlite3.connect(":memory:")
db.row_factory = sqlite3.Row
db.execute("PRAGMA foreign_keys = ON")
db.executescript("""
    CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT UNIQUE, year INT);
    CREATE TABLE loan (book_id INT REFERENCES book(id), reader TEXT, days INT CHECK (days > 0));
""")
books = [("Emma", 1815), ("Dracula", 1897), ("Ulysses", 1922), ("Beloved", 1987)]
db.executemany("INSERT INTO book (title, year) VALUES (?, ?)", books)
db.executemany(
    "INSERT INTO loan VALUES (:book, :who, :days)",
    [
        {"book": 1, "who": "Ines", "days": 12},
        {"book": 2, "who": "Ines", "days": 5},
        {"book": 2, "who": "Omar", "days": 21},
    ],
)

query = """
    SELECT title, COUNT(loan.book_id) AS times, COALESCE(SUM(days), 0) AS days
    FROM book LEFT JOIN loan ON loan.book_id = book.id
    GROUP BY book.id ORDER BY days DESC, title
"""
for row in db.execute(query):
    print(f"{row['title']:<8} borrowed {row['times']} times, {row['days']} days")

for bad in ("INSERT INTO loan VALUES (99, 'Zed', 3)", "INSERT INTO loan VALUES (1, 'Zed', 0)",
            "INSERT INTO book (title) VALUES ('Emma')", "SELEC 1"):
    try:
        with db:
            db.execute(bad)
    except sqlite3.Error as err:
        print(type(err).__name__, "-", err)
print(db.execute("SELECT COUNT(*) FROM loan").fetchone()[0], "loans kept")
