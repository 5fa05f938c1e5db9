import io
import mmap

with open("story.txt", "wb") as f:
    f.write(b"The cat sat. The cat slept. The cat dreamt of mice.\n" * 3)

with open("story.txt", "r+b") as f, mmap.mmap(f.fileno(), 0) as view:
    print("mapped", len(view), "bytes; first line:", view.readline())
    at, patched = view.find(b"cat"), 0
    while at != -1:
        view[at:at + 3] = b"dog"
        patched += 1
        at = view.find(b"cat", at + 3)
    view.flush()
    print("patched", patched, "last dog at", view.rfind(b"dog"))
    try:
        view[0:3] = b"A"
    except (IndexError, ValueError) as err:
        print(type(err).__name__)
print(open("story.txt").readline().strip())

buffer = io.BytesIO(b"0123456789")
buffer.seek(-4, io.SEEK_END)
print(buffer.read(2), buffer.tell())
window = buffer.getbuffer()
window[0:2] = b"zz"
del window
print(buffer.getvalue(), buffer.truncate(4), buffer.getvalue())
wrapper = io.TextIOWrapper(io.BytesIO("one\r\ntwo\nthrée".encode()), encoding="utf-8")
print(wrapper.readlines())
