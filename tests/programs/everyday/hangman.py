# snakepen: {"stdin": "e\nt\nx\nt\nq\nython\np\ny\nh\no\nn\n"}
STAGES = ["", " O ", " O \n | ", " O \n/| ", " O \n/|\\", " O \n/|\\\n/  ", " O \n/|\\\n/ \\"]

word = "python"
guessed = []
mistakes = 0

while mistakes < len(STAGES) - 1:
    shown = " ".join(c if c in guessed else "_" for c in word)
    print(shown)
    if "_" not in shown:
        print("You saved him!")
        break
    letter = input("Letter? ").strip().lower()
    if len(letter) != 1 or not letter.isalpha():
        print("One letter, please.")
    elif letter in guessed:
        print("You already tried", letter)
    else:
        guessed.append(letter)
        if letter not in word:
            mistakes += 1
            print("No", letter, "in it.")
            print(STAGES[mistakes])
else:
    print("Hanged! The word was", word)
print("Guesses:", "".join(guessed), "- mistakes:", mistakes)
