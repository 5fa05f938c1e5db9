def check_host(name):
    if not name.isascii():
        raise UnicodeError(f"{name} is not ascii")
    if "." not in name:
        raise ValueError(f"{name} has no domain")


def check_all(hosts):
    errors = []
    for host in hosts:
        try:
            check_host(host)
            print("ok", host)
        except ValueError as exc:
            errors.append(exc)
    raise ExceptionGroup("host checks failed", errors) if errors else SystemExit(0)


try:
    check_all(["example.org", "localhost", "bücher.example"])
except* UnicodeError as eg:
    raise ExceptionGroup("deployment", [eg, OSError(98, "Address already in use")])
