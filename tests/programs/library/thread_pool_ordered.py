import time
from concurrent.futures import ThreadPoolExecutor, as_completed

PAGES = {"home": 3, "about": 1, "prices": 2, "contact": 0, "broken": -1}


def fetch(name):
    weight = PAGES[name]
    if weight < 0:
        raise ConnectionError(f"no route to {name}")
    time.sleep(weight * 0.005)
    return name, f"<h1>{name.title()}</h1>" * weight


with ThreadPoolExecutor(max_workers=4) as pool:
    for name, html in pool.map(fetch, ["home", "about", "prices", "contact"]):
        print(f"{name:<8}{len(html):>4} characters")

    jobs = {pool.submit(fetch, name): name for name in PAGES}
    outcome = {}
    for job in as_completed(jobs):
        error = job.exception()
        outcome[jobs[job]] = f"failed: {error}" if error else "ok"

for name in sorted(outcome):
    print(name, outcome[name])

job = ThreadPoolExecutor(1).submit(pow, 2, 64)
job.add_done_callback(lambda done: None)
print(job.result(timeout=5), job.done(), job.cancel())
