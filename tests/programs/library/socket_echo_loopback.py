import socket
import threading


def serve(listener):
    connection, _ = listener.accept()
    with connection, connection.makefile("rw", newline="\n") as stream:
        for line in stream:
            if line.strip() == "QUIT":
                break
            stream.write(f"{len(line.strip())}:{line.strip()[::-1]}\n")
            stream.flush()


listener = socket.create_server(("127.0.0.1", 0))
thread = threading.Thread(target=serve, args=(listener,))
thread.start()

with socket.create_connection(listener.getsockname(), timeout=5) as client:
    reader = client.makefile("r")
    for message in ("hello", "a man a plan", "ünïcode"):
        client.sendall(f"{message}\n".encode())
        print(message, "->", reader.readline().strip())
    client.sendall(b"QUIT\n")
    print("after quit:", repr(reader.read()))
thread.join()
port_was_given = listener.getsockname()[1] > 0
listener.close()
print("port chosen:", port_was_given, "| still open:", listener.fileno() != -1)

left, right = socket.socketpair()
left.send(b"ping")
print(right.recv(16), socket.inet_aton("10.1.2.3").hex(), socket.htons(1) == 256)
left.close()
right.close()
