# snakepen: {"env": {"LOG_LEVEL": "INFO"}}
import logging
import os
import sys

logging.basicConfig(
    level=os.environ.get("LOG_LEVEL", "WARNING"),
    format="%(levelname)-8s %(name)s:%(funcName)s:%(lineno)d %(message)s",
)
log = logging.getLogger("shop.orders")
out = logging.StreamHandler(sys.stdout)
out.setFormatter(logging.Formatter("{levelname[0]}| {message}", style="{"))
out.addFilter(lambda record: record.levelno >= logging.ERROR)
log.addHandler(out)


def process(order):
    log.debug("raw order %r", order)
    log.info("processing %(id)s", order)
    try:
        return order["price"] / order["qty"]
    except ZeroDivisionError:
        log.exception("order %s has no quantity", order["id"])
    except KeyError as exc:
        log.error("order %s lacks %s", order["id"], exc, extra={"user": "x"})


for order in ({"id": 1, "price": 9, "qty": 2}, {"id": 2, "price": 9, "qty": 0}, {"id": 3, "qty": 1}):
    print("unit price", process(order))
log.info("bad format %d", "text")
logging.shutdown()
