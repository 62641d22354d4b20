// Compiles Ink with inkjs. Arguments: inkjs's folder, then pairs of an .ink file and its .json.
// A story that does not compile leaves no file.
const fs = require("fs");
const path = require("path");

const [inkjs, ...files] = process.argv.slice(2);
const { Compiler, CompilerOptions } = require(path.join(inkjs, "dist", "ink-full.js"));

for (let i = 0; i < files.length; i += 2) {
  const beside = {
    ResolveInkFilename: (name) => path.join(path.dirname(files[i]), name),
    LoadInkFileContents: (name) => fs.readFileSync(name, "utf8"),
  };
  const ignore = () => {};
  const options = new CompilerOptions(files[i], [], false, ignore, beside);
  try {
    const story = new Compiler(fs.readFileSync(files[i], "utf8"), options).Compile();
    fs.writeFileSync(files[i + 1], story.ToJson() + "\n");
  } catch (error) {
    console.error(`${files[i]}: ${error.message}`);
  }
}
