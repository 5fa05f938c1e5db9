# snakepen: {"files": {"letter.tmpl": "Dear $title $name,\n\nyour order of $count item${plural} for $$${amount} has been $status.\n\nYours,\n$sender\n", "people.ini": "[smith]\ntitle = Ms\nname = Smith\ncount = 3\namount = 42.00\nstatus = shipped\n\n[jones]\ntitle = Dr\nname = Jones\ncount = 1\namount = 7.25\n"}}
import configparser
from pathlib import Path
from string import Template

template = Template(Path("letter.tmpl").read_text())
people = configparser.ConfigParser()
people.read("people.ini")

Path("out").mkdir()
for key in people.sections():
    values = dict(people[key], sender="The Shop")
    values["plural"] = "" if people.getint(key, "count") == 1 else "s"
    try:
        letter = template.substitute(values)
    except KeyError as missing:
        print(f"** {key}: no value for {missing}")
        letter = template.safe_substitute(values)
    (Path("out") / f"{key}.txt").write_text(letter)

for path in sorted(Path("out").glob("*.txt")):
    print(f"--- {path} ({path.stat().st_size} bytes)")
    print(path.read_text())
