// Writes abi.json, selectors.json, messages.json and typed-data.json: vectors made by ethers 6.
// usage: npm install ethers@6 && node make-vectors.mjs   (deterministic)
import { AbiCoder, TypedDataEncoder, hashMessage, hexlify, id } from 'ethers';
import { writeFileSync } from 'node:fs';

let seed = 12345n;
const pick = (n) => {
  seed = (seed * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
  return Number(seed >> 33n) % n;
};
const bytes = (n) => hexlify(Uint8Array.from({ length: n }, () => pick(256)));
const texts = ['', 'a', 'Hello, world!', 'ß€𝄞', 'The quick brown fox jumps over the lazy dog and then some more'];
const save = (file, list) => writeFileSync(file, '[\n' + list.map((item) => JSON.stringify(item)).join(',\n') + '\n]\n');

function elementary() {
  const bits = 8 * (1 + pick(32));
  return [`uint${bits}`, `int${bits}`, 'bool', 'address', `bytes${bits / 8}`, 'bytes', 'string'][pick(7)];
}

function anyType(depth) {
  switch (depth > 0 ? pick(7) : 0) {
    case 4: return anyType(depth - 1) + '[]';
    case 5: return `${anyType(depth - 1)}[${pick(4)}]`;
    case 6: return `(${Array.from({ length: 1 + pick(3) }, () => anyType(depth - 1)).join(',')})`;
    default: return elementary();
  }
}

function components(tuple) {
  const parts = [''];
  let depth = 0;
  for (const letter of tuple.slice(1, -1)) {
    depth += '(['.includes(letter) - ')]'.includes(letter);
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function integer(type) {
  const isSigned = type.startsWith('int');
  const bits = BigInt(type.slice(isSigned ? 3 : 4));
  const least = isSigned ? -(1n << (bits - 1n)) : 0n;
  const edge = [least, least + (1n << bits) - 1n][pick(6)];
  return String(edge ?? least + (BigInt(bytes(32)) % (1n << bits)));
}

function valueOf(type, structs = {}) {
  if (type.endsWith(']')) {
    const open = type.lastIndexOf('[');
    const length = type.slice(open + 1, -1);
    return Array.from({ length: length === '' ? pick(4) : +length }, () => valueOf(type.slice(0, open), structs));
  }
  if (structs[type]) return Object.fromEntries(structs[type].map((field) => [field.name, valueOf(field.type, structs)]));
  if (type.startsWith('(')) return components(type).map((component) => valueOf(component, structs));
  if (type.includes('int')) return integer(type);
  if (type === 'bool') return pick(2) === 1;
  if (type === 'address') return bytes(20);
  if (type === 'string') return texts[pick(texts.length)];
  return bytes(type === 'bytes' ? pick(70) : +type.slice(5));
}

const abi = [];
while (abi.length < 150) {
  const types = Array.from({ length: 1 + pick(4) }, () => anyType(3));
  const values = types.map((type) => valueOf(type));
  const encoded = AbiCoder.defaultAbiCoder().encode(types, values);
  if (encoded.length < 3000) abi.push({ types, values, encoded });
}
save('abi.json', abi);

save('selectors.json', [
  'transfer(address,uint256)', 'balanceOf(address)', 'Error(string)', 'Panic(uint256)', 'multicall(bytes[])',
  'foo((uint256,bytes)[2],string)', 'Transfer(address,address,uint256)',
].map((signature) => ({ signature, hash: id(signature) })));

save('messages.json', [...texts, 'x'.repeat(9), 'y'.repeat(10), 'z'.repeat(100), 'w'.repeat(1000)]
  .map((text) => ({ text, hash: hashMessage(text) })));

const typed = [];
while (typed.length < 60) {
  const names = ['Mail', 'Person', 'Alpha', 'Zeta', 'Box'].slice(0, 1 + pick(4));
  const types = {};
  names.forEach((name, at) => {
    types[name] = Array.from({ length: 1 + pick(4) }, (_, i) => {
      const later = names.slice(at + 1);
      const type = later.length > 0 && pick(2) ? later[pick(later.length)] : elementary();
      return { name: `f${i}`, type: type + ['', '', '', '[]', '[2]', '[][2]'][pick(6)] };
    });
  });
  const domain = {};
  if (pick(2)) domain.name = 'Dapp';
  if (pick(2)) domain.version = String(pick(9));
  if (pick(2)) domain.chainId = pick(100000);
  if (pick(2)) domain.verifyingContract = bytes(20);
  if (pick(2)) domain.salt = bytes(32);
  const message = valueOf('Mail', types);
  let hash;
  try { hash = TypedDataEncoder.hash(domain, types, message); } catch { continue; } // A struct that nothing refers to.
  if (TypedDataEncoder.getPrimaryType(types) !== 'Mail') continue;
  const domainHash = TypedDataEncoder.hashDomain(domain);
  typed.push({ data: { types, primaryType: 'Mail', domain, message }, domainHash, hash });
}
save('typed-data.json', typed);
