// Bundles the tests (Node 20 reads no TypeScript) and hands them to Node's own test runner.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const tests = fs.readdirSync(here).filter((name) => name.endsWith(".test.ts"));
const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "salestrain-frontend-"));
try {
  await build({
    entryPoints: tests.map((name) => path.join(here, name)),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const files = fs.readdirSync(outdir).map((name) => path.join(outdir, name));
  const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  fs.rmSync(outdir, { recursive: true });
}
