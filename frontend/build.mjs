// Builds the committed bundles. Deterministic: the same sources and lock file give the same bytes.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, process.env.OUT ?? "../salestrain");
const from = (name) => path.join(here, "src", name);

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  write: false,
};

/** What the official packages bring along and a page doesn't need. */
const standIns = {
  name: "stand-ins",
  setup(build) {
    const replaced = {
      jquery: "jquery.js",
      "sanitize-html": "sanitize.js",
      underscore: "underscore.js",
      "@lumino/widgets": "lumino.js",
    };
    const filter = new RegExp(`^(${Object.keys(replaced).join("|")})$`);
    build.onResolve({ filter }, ({ path, importer }) => {
      const tabs = importer.endsWith("tabpanel.js"); // those alone need the rest of Lumino
      return { path: from(`stand_ins/${tabs ? "lumino_tabs.js" : replaced[path]}`) };
    });
  },
};

/** Small changes to published files; one that no longer finds its place stops the build. */
const EDITS = [
  // an AMD module, with an address in a warning
  [/anywidget[\\/]dist[\\/]index\.js$/, /define\(\[[^\]]*\], (\w+)\);?\s*$/, "export default $1;"],
  [/anywidget[\\/]dist[\\/]index\.js$/, /https:\S+\/pull\/\d+/, "anywidget's documentation"],
  // eval by another name, which our pages forbid
  [/(lodash[\\/]_root|modules[\\/]_setup)\.js$/, "Function('return this')()", "globalThis"],
  [/controls[\\/]package\.json$/, /"repository": \{[^}]*\},|"(homepage|url)": "[^"]*",/g, ""],
];
const edits = {
  name: "edits",
  setup(build) {
    const filter = new RegExp([...new Set(EDITS.map(([file]) => file.source))].join("|"));
    build.onLoad({ filter }, ({ path }) => {
      let contents = fs.readFileSync(path, "utf8");
      for (const [, wanted, put] of EDITS.filter(([file]) => file.test(path))) {
        const edited = contents.replace(wanted, put);
        if (edited === contents) throw new Error(`${path}: nothing there to edit: ${wanted}`);
        contents = edited;
      }
      return { contents, loader: path.endsWith(".json") ? "json" : "js" };
    });
  },
};

/** A style sheet becomes a text; what it imports is put into it. */
const styles = {
  name: "styles",
  setup(build_) {
    build_.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const options = { ...shared, metafile: false, loader: { ".svg": "dataurl" } };
      const { outputFiles } = await build({ ...options, entryPoints: [path] });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

const page = await build({
  ...shared,
  entryPoints: { page: from("page.ts") },
  outdir: path.join(out, "serving/static"),
  splitting: true,
  chunkNames: "[name]-[hash]",
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  plugins: [standIns, edits, styles],
});
const live = await build({
  ...shared,
  entryPoints: { live: from("live.ts") },
  outdir: path.join(out, "serving/static"),
});
const screen = await build({
  ...shared,
  entryPoints: { screen: from("screen/index.ts") },
  outdir: path.join(out, "views"),
});

/** Write the names and licences of what is bundled. */
function notice() {
  const inputs = [page, screen].flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs)),
  );
  const names = inputs.flatMap(
    (input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [],
  );
  // bundled inside anywidget's own file
  return [...new Set([...names, "solid-js", "@lukeed/uuid"])].sort().map((name) => {
    const folder = path.join(here, "node_modules", name);
    const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json")));
    const file = fs
      .readdirSync(folder)
      .sort()
      .find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? fs.readFileSync(path.join(folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
}

const folder = path.join(out, "serving/static");
fs.mkdirSync(folder, { recursive: true });
fs.mkdirSync(path.join(out, "views"), { recursive: true });
for (const stale of fs.readdirSync(folder)) {
  if (/-[A-Z0-9]{8}\.js$/.test(stale)) fs.rmSync(path.join(folder, stale));
}
for (const { path: file, contents } of [page, live, screen].flatMap((built) => built.outputFiles)) {
  fs.writeFileSync(file, contents);
  console.log(path.relative(out, file), contents.length);
}
fs.writeFileSync(
  path.join(folder, "NOTICE"),
  "The front end's bundles hold these libraries.\n\n" + notice().join("\n----------\n\n"),
);
if (process.env.META) fs.writeFileSync(process.env.META, JSON.stringify(page.metafile));
