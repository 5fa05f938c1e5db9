# snakepen: {"stdin": "add Buy milk\nadd Call Ana\nadd Water the plants\ndone 2\nlist\nremove 1\ndone 9\ndance\nlist\nquit\n", "files": {"todo.json": "[{\"text\": \"Pay rent\", \"done\": true}]"}}
import json
from pathlib import Path

STORE = Path("todo.json")


def load():
    return json.loads(STORE.read_text()) if STORE.exists() else []


def save(tasks):
    STORE.write_text(json.dumps(tasks, indent=1))


def show(tasks):
    for i, task in enumerate(tasks, 1):
        print(f"{i}. [{'x' if task['done'] else ' '}] {task['text']}")


while True:
    command, _, rest = input("> ").partition(" ")
    tasks = load()
    try:
        if command == "add":
            tasks.append({"text": rest, "done": False})
        elif command == "done":
            tasks[int(rest) - 1]["done"] = True
        elif command == "remove":
            print("Removed", tasks.pop(int(rest) - 1)["text"])
        elif command == "list":
            show(tasks)
        elif command == "quit":
            break
        else:
            print("Unknown command:", command)
    except (IndexError, ValueError):
        print("No such task:", rest)
    save(tasks)

print("Saved", STORE.stat().st_size, "bytes")
