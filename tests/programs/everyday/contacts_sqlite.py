import sqlite3

db = sqlite3.connect("contacts.db")
db.row_factory = sqlite3.Row
db.executescript("""
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, city TEXT);
    CREATE TABLE phone (person_id INTEGER REFERENCES person(id), kind TEXT, number TEXT);
""")

people = [("Ada Lovelace", "London"), ("Grace Hopper", "New York"), ("Radia Perlman", None)]
with db:
    db.executemany("INSERT INTO person (name, city) VALUES (?, ?)", people)
    db.executemany("INSERT INTO phone VALUES (?, ?, ?)", [
        (1, "home", "020 7946 0001"), (1, "work", "020 7946 0002"), (2, "work", "212 555 0143"),
    ])

try:
    with db:
        db.execute("INSERT INTO person (name) VALUES ('Ada Lovelace')")
except sqlite3.IntegrityError as error:
    print("error:", error)

query = """
    SELECT name, COALESCE(city, 'unknown') AS city, COUNT(number) AS phones
    FROM person LEFT JOIN phone ON person.id = phone.person_id
    GROUP BY person.id ORDER BY phones DESC, name
"""
for row in db.execute(query):
    print(f"{row['name']:<15} {row['city']:<10} {row['phones']} phone(s)")
print(db.execute("DELETE FROM phone WHERE kind = 'work'").rowcount, "numbers removed")
db.commit()
print([tuple(r) for r in db.execute("SELECT * FROM phone")])
db.close()
