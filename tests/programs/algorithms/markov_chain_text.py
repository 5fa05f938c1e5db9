# snakepen: {"args": ["1865"], "stdin": "Alice was beginning to get very tired of sitting by her sister on the bank. Once or twice she had peeped into the book her sister was reading. So she was considering in her own mind whether the pleasure of making a chain would be worth the trouble. There was nothing so very remarkable in that. The rabbit was late and the rabbit was beginning to run. So Alice was running to the bank of the river.\n"}
import random
import sys
from collections import defaultdict

random.seed(int(sys.argv[1]))
words = sys.stdin.read().split()

chain = defaultdict(list)
for here, there in zip(words, words[1:]):
    chain[here].append(there)

starts = [w for w in words if w[0].isupper()]
for number in range(1, 6):
    sentence = [random.choice(starts)]
    while not sentence[-1].endswith(".") and len(sentence) < 20:
        sentence.append(random.choice(chain[sentence[-1]]))
    print(f"{number}. {' '.join(sentence)}")

busiest = sorted(chain, key=lambda w: (-len(set(chain[w])), w))[:3]
for word in busiest:
    print(f"{word!r} can be followed by {sorted(set(chain[word]))}")
