try:
    import ultrafast_json_for_acme as json
except ImportError as exc:
    print("falling back to json because:", exc.msg)
    import json

print(json.dumps({"fast": False}))


def charge(amount):
    from acme_billing_internal.client import Client
    return Client().charge(amount)


charge(12)
