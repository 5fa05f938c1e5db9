import json
import sys

broken = json.loads('"half a smile: \\ud83d"')
whole = json.loads('"whole smile: \\ud83d\\ude00"')
print(whole, len(whole), len(broken))
print(ascii(broken), broken.encode("utf-8", "surrogatepass"))
print(broken, file=sys.stderr)
print("mixed", broken, "tail")
