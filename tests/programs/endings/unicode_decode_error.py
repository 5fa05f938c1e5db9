data = "Crème brûlée, 4 €".encode("cp1252")

with open("menu.txt", "wb") as f:
    f.write(b"MENU\n" + data + b"\n")

print(data.decode("latin-1"))
print(data.decode("utf-8", errors="replace"))
print(data.decode("utf-8", errors="backslashreplace"))
print(data.decode("ascii", errors="ignore"))

with open("menu.txt", encoding="utf-8") as f:
    for line in f:
        print(line.rstrip())
