// Writes kzg.json: commitments, proofs and cells made by c-kzg in its WebAssembly form, kzg-wasm 1.0.0.
// usage: npm install kzg-wasm@1.0.0 && node make-kzg-vectors.mjs   (deterministic)
// A blob is named by a recipe: zeros, ones (each element 1), largest (each the order less one), last (one in the last
// place), or a seed, whose element i is SHA-256("<seed> <i>") with its two top bits cleared.
import { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { loadKZG } from 'kzg-wasm';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const word = (n) => Buffer.from(n.toString(16).padStart(64, '0'), 'hex');
const order = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;

function blob(recipe) {
  const elements = [];
  for (let i = 0; i < 4096; i++) {
    if (recipe === 'zeros') elements.push(word(0n));
    else if (recipe === 'ones') elements.push(word(1n));
    else if (recipe === 'largest') elements.push(word(order - 1n));
    else if (recipe === 'last') elements.push(word(i === 4095 ? 1n : 0n));
    else {
      const element = sha256(`${recipe} ${i}`);
      element[0] &= 0x3f;
      elements.push(element);
    }
  }
  return '0x' + Buffer.concat(elements).toString('hex');
}

const kzg = await loadKZG();
const bare = (hex) => hex.slice(2);
const blobs = [];
for (const recipe of ['zeros', 'ones', 'largest', 'last', 'koinon 1', 'koinon 2', 'koinon 3']) {
  const data = blob(recipe);
  const commitment = kzg.blobToKZGCommitment(data);
  const [cells, proofs] = kzg.computeCellsAndProofs(data);
  blobs.push({
    recipe,
    commitment: bare(commitment),
    proof: bare(kzg.computeBlobKZGProof(data, commitment)),
    cellsHash: sha256(Buffer.from(cells.map(bare).join(''), 'hex')).toString('hex'),
    cellProofs: proofs.map(bare).join(''),
  });
}
writeFileSync('kzg.json', JSON.stringify({ blobs }, null, 1) + '\n');
