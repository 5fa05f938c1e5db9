// The plain way to run Python over HTTP: a temporary file and a new interpreter for each request, no isolation.
// `node plain.mjs PYTHON FOLDER` says on standard error where it serves; SIGTERM ends it, and what it started.
import { spawn } from "node:child_process";
import { unlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

const [python, folder] = process.argv.slice(2);
const children = new Set();
let files = 0;

function run(file) {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [file], { stdio: ["ignore", "pipe", "pipe"] });
    const said = { stdout: "", stderr: "" };
    children.add(child);
    child.stdout.setEncoding("utf8").on("data", (text) => (said.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (said.stderr += text));
    child.on("error", reject);
    child.on("close", (exit_code) => {
      children.delete(child);
      resolve({ ...said, exit_code });
    });
  });
}

const server = createServer(async (request, response) => {
  let body = "";
  for await (const text of request.setEncoding("utf8")) body += text;
  const file = join(folder, `${++files}.py`);
  await writeFile(file, JSON.parse(body).code);
  const answer = JSON.stringify(await run(file));
  await unlink(file);
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(answer) });
  response.end(answer);
});

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.error(`serves http://127.0.0.1:${server.address().port}`));
process.on("SIGTERM", () => {
  for (const child of children) child.kill("SIGKILL");
  process.exit();
});
