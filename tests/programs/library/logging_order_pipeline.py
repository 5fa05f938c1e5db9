import logging
import sys


class Redact(logging.Filter):
    def filter(self, record):
        record.msg = str(record.msg).replace("4111-1111", "####-####")
        return True


handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("%(levelname)-8s %(name)s:%(funcName)s: %(message)s"))
handler.addFilter(Redact())
root = logging.getLogger()
root.setLevel(logging.INFO)
root.addHandler(handler)

shop = logging.getLogger("shop")
till = logging.getLogger("shop.till")
till.setLevel(logging.DEBUG)


def charge(card, amount):
    till.debug("charging card " + card)
    if amount <= 0:
        till.warning("odd amount %r", amount)
    return 100 / amount


shop.info("opening with %d items", 3)
charge("4111-1111", 25)
try:
    charge("5500-0000", 0)
except ZeroDivisionError:
    shop.exception("charge failed")
logging.getLogger("fresh").critical("stock room on fire")

print("till level:", logging.getLevelName(till.getEffectiveLevel()))
root.removeHandler(handler)
logging.warning("this one goes to standard error")
