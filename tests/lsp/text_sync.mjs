// Random edits, made by vscode-languageserver-textdocument: a line with the changes (or a new text),
// then a line with the text after them, both JSON. Arguments: COUNT SEED.
import { createRequire } from 'node:module';
const { TextDocument } = createRequire(`${process.cwd()}/`)('vscode-languageserver-textdocument');

const [count, seed] = process.argv.slice(2).map(Number);
let state = seed;
function below(limit) {
  // xorshift32: the same edits on every machine
  state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
  return (state >>> 0) % limit;
}
const pieces = ['a', 'é', 'e\u0301', '漢', '😀', '👩‍🚀', '\n', '\r\n', '\r', '\t', '"', '\\', 'def f():\n    return 1\n', ''];
const text = (limit) => Array.from({ length: below(limit) }, () => pieces[below(pieces.length)]).join('');

// A position that may be past the end of its line or text, but in no surrogate pair: UTF-8 has no half.
function position(document) {
  const line = below(document.lineCount + 1);
  const character = below(24);
  const offset = document.offsetAt({ line, character });
  const code = document.getText().charCodeAt(offset);
  return code >= 0xdc00 && code < 0xe000 ? { line, character: character + 1 } : { line, character };
}

let document;
const out = [];
for (let step = 0; step < count; step++) {
  if (step % 200 === 0) {
    document = TextDocument.create('file:///a.py', 'python', 0, text(60));
    out.push(JSON.stringify(document.getText()), JSON.stringify(document.getText()));
    continue;
  }
  const changes = [];
  for (let n = below(3); n >= 0; n--) {
    const change = below(40) === 0 ? { text: text(60) }
      : { range: { start: position(document), end: position(document) }, text: text(6) };
    // One after another, so that each position is made for the text it is for.
    // A new document, since update() does not see that a '\r' and a '\n' that meet are one line end.
    const now = TextDocument.update(document, [change], 1).getText();
    document = TextDocument.create('file:///a.py', 'python', 0, now);
    changes.push(change);
  }
  out.push(JSON.stringify(changes), JSON.stringify(document.getText()));
}
process.stdout.write(out.join('\n') + '\n');
