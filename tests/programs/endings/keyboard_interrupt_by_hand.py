def serve(requests):
    for request in requests:
        print("serving", request)
        if request == "^C":
            raise KeyboardInterrupt
    return "drained"


try:
    serve(["/", "/favicon.ico"])
    serve(["/", "^C", "/never"])
except Exception as exc:
    print("Exception does not catch it", exc)
finally:
    print("shutting down politely")
