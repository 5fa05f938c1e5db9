"""A to-do list that is kept in an SQLite database."""

import sqlite3

HELP = """\
add TEXT      adds a task
list          shows all tasks
done NUMBER   marks a task as done
delete NUMBER removes a task
quit          ends (an empty line, too)"""
CHANGES = {
    "done": ("UPDATE tasks SET done = 1 WHERE id = ?", "Well done!"),
    "delete": ("DELETE FROM tasks WHERE id = ?", "Deleted."),
}


def open_list(path="todo.db"):
    """Open the database, and make its table the first time."""
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE IF NOT EXISTS tasks"
        " (id INTEGER PRIMARY KEY, text TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0)"
    )
    return database


def show(database):
    """Print all tasks, the open ones first."""
    tasks = database.execute("SELECT id, text, done FROM tasks ORDER BY done, id")
    lines = [f"{id:3} [{'x' if done else ' '}] {text}" for id, text, done in tasks]
    print("\n".join(lines) or "Nothing to do.")


def obey(database, command, rest):
    """Do what one line says."""
    # Values go into question marks, never into the text of a statement.
    if command == "add" and rest:
        task = database.execute("INSERT INTO tasks (text) VALUES (?)", (rest,))
        print(f"Added as number {task.lastrowid}.")
    elif command == "list":
        show(database)
    elif command in CHANGES and rest.isdecimal():
        statement, answer = CHANGES[command]
        changed = database.execute(statement, (rest,)).rowcount
        print(answer if changed else f"There is no task {rest}.")
    else:
        print(HELP)
    database.commit()


def main():
    database = open_list()
    print(HELP)
    while True:
        try:
            command, _, rest = input("> ").strip().partition(" ")
        except EOFError:
            break
        if command.lower() in ("", "quit"):
            break
        obey(database, command.lower(), rest.strip())
    database.close()
    print("Your list is kept in todo.db.")


if __name__ == "__main__":
    main()
