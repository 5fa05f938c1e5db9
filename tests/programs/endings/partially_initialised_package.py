# snakepen: {"files": {"shop/__init__.py": "print('shop package loading')\nfrom .prices import TAX\n", "shop/prices.py": "TAX = 0.2\nfrom . import discounts_2019\n"}}
import importlib.util

for name in ("json", "jsonn", "shop"):
    print(name, importlib.util.find_spec(name) is not None)

try:
    from collections import OrderedDictionary
except ImportError as exc:
    print(exc.name, "has no such thing:", "OrderedDictionary" in exc.msg)

import shop

print("never reached", shop.TAX)
