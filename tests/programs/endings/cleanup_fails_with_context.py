class Connection:
    def __init__(self, name):
        self.name = name
        self.open = True

    def query(self, sql):
        if "DROP" in sql:
            raise PermissionError(f"not allowed on {self.name}: {sql}")
        return [(1, "row")]

    def close(self):
        if not self.open:
            raise RuntimeError("already closed")
        self.open = False


def work(conn):
    try:
        print(conn.query("SELECT 1"))
        conn.close()
        conn.query("DROP TABLE users")
    finally:
        conn.close()


try:
    work(Connection("db1"))
except RuntimeError as exc:
    print("context was:", repr(exc.__context__))
    print("cause was:", exc.__cause__, "suppressed:", exc.__suppress_context__)
    raise
