// Writes bn254.json and bls12-381.json: vectors made by an independent implementation, @noble/curves 2.4.0.
// usage: npm install @noble/curves@2.4.0 && node make-pairing-vectors.mjs   (deterministic)
import { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { bn254 } from '@noble/curves/bn254.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';

let counter = 0;
const random = (modulus) => {
  let hex = '';
  for (let i = 0; i < 2; i++) hex += createHash('sha256').update(`koinon ${counter++}`).digest('hex');
  return BigInt('0x' + hex) % modulus;
};
const word = (n, bytes) => n.toString(16).padStart(2 * bytes, '0');

function vectors(curve, order, prime, bytes, g1, g2, shape) {
  const G1 = curve.G1.Point, G2 = curve.G2.Point;
  const P = (k) => (k % order === 0n ? G1.ZERO : G1.BASE.multiply(k % order));
  const Q = (k) => (k % order === 0n ? G2.ZERO : G2.BASE.multiply(k % order));
  const edges = [0n, 1n, 2n, 3n, order - 1n, order - 2n];
  const scalars = [...edges, ...Array.from({ length: 10 }, () => random(order))];
  const add1 = [], add2 = [], mul1 = [], mul2 = [], pairing = [];
  for (let i = 0; i < scalars.length; i++) {
    const a = scalars[i], b = scalars[(i * 7 + 3) % scalars.length];
    for (const [x, y] of [[a, b], [a, a], [a, order - a]]) {
      add1.push({ input: g1(P(x)) + g1(P(y)), expected: g1(P(x + y)) });
      add2.push({ input: g2(Q(x)) + g2(Q(y)), expected: g2(Q(x + y)) });
    }
    const wide = [b, b + order, (1n << 256n) - 1n - b].filter((n) => n < 1n << 256n);
    for (const k of wide) {
      mul1.push({ input: g1(P(a)) + word(k, 32), expected: g1(P(a * (k % order))) });
      mul2.push({ input: g2(Q(a)) + word(k, 32), expected: g2(Q(a * (k % order))) });
    }
  }
  pairing.push({ input: '', expected: true });
  for (let pairs = 1; pairs <= 4; pairs++) {
    for (const good of [true, false]) {
      let input = '', sum = 0n;
      for (let i = 0; i < pairs; i++) {
        const a = random(order), last = i === pairs - 1;
        // The last pair brings the exponent to zero, or misses it by one.
        const b = last ? 1n : random(order);
        const k = last ? (order - (sum % order) + (good ? 0n : 1n)) % order : a;
        input += g1(P(k)) + g2(Q(b));
        sum += k * b;
      }
      const points = [];
      for (let i = 0; i < pairs; i++) {
        const at = i * (shape.g1 + shape.g2) * 2;
        points.push(input.slice(at, at + (shape.g1 + shape.g2) * 2));
      }
      pairing.push({ input: points.join(''), expected: sum % order === 0n });
    }
  }
  return { add1, add2, mul1, mul2, pairing, sums: sums(curve, order, g1, g2, P, Q) };
}

function sums(curve, order, g1, g2, P, Q) {
  const msm1 = [], msm2 = [];
  for (const n of [1, 2, 3, 8, 40]) {
    for (const [list, point, encode] of [[msm1, P, g1], [msm2, Q, g2]]) {
      let input = '', total = 0n;
      for (let i = 0; i < n; i++) {
        const a = i % 5 === 4 ? 0n : random(order), k = i % 7 === 6 ? 0n : random(1n << 256n);
        input += encode(point(a)) + word(k, 32);
        total += a * (k % order);
      }
      list.push({ input, expected: encode(point(total)) });
    }
  }
  return { msm1, msm2 };
}

// Points of a curve y^2 = x^3 + b for small and for random x, none of which is in the group of prime order.
function outside(Point, Field, b, randomX, encode) {
  const points = [];
  for (let i = 0n; points.length < 8; i++) {
    const x = points.length < 4 ? Field.fromBigTuple?.([i, 0n]) ?? i : randomX();
    const right = Field.add(Field.mul(Field.sqr(x), x), b);
    let y;
    try { y = Field.sqrt(right); } catch { continue; }
    const point = Point.fromAffine({ x, y });
    if (!point.isTorsionFree()) points.push({ point: encode(point) });
  }
  return points;
}

{
  const Fp2 = bn254.fields.Fp2, prime = bn254.fields.Fp.ORDER, order = bn254.fields.Fr.ORDER;
  const g1 = (p) => { if (p.is0()) return word(0n, 64); const { x, y } = p.toAffine(); return word(x, 32) + word(y, 32); };
  const g2 = (p) => {
    if (p.is0()) return word(0n, 128);
    const { x, y } = p.toAffine();
    return word(x.c1, 32) + word(x.c0, 32) + word(y.c1, 32) + word(y.c0, 32);
  };
  const all = vectors(bn254, order, prime, 32, g1, g2, { g1: 64, g2: 128 });
  writeFileSync('bn254.json', JSON.stringify({
    add: all.add1, multiply: all.mul1, pairing: all.pairing,
    outsideG2: outside(bn254.G2.Point, Fp2, bn254.G2.Point.CURVE().b, () => Fp2.fromBigTuple([random(prime), random(prime)]), g2),
  }, null, 1) + '\n');
}
{
  const Fp2 = bls12_381.fields.Fp2, prime = bls12_381.fields.Fp.ORDER, order = bls12_381.fields.Fr.ORDER;
  const g1 = (p) => { if (p.is0()) return word(0n, 128); const { x, y } = p.toAffine(); return word(x, 64) + word(y, 64); };
  const g2 = (p) => {
    if (p.is0()) return word(0n, 256);
    const { x, y } = p.toAffine();
    return word(x.c0, 64) + word(x.c1, 64) + word(y.c0, 64) + word(y.c1, 64);
  };
  const all = vectors(bls12_381, order, prime, 64, g1, g2, { g1: 128, g2: 256 });
  const map1 = [], map2 = [];
  for (const u of [0n, 1n, prime - 1n, ...Array.from({ length: 12 }, () => random(prime))]) {
    map1.push({ input: word(u, 64), expected: g1(bls12_381.G1.mapToCurve(u)) });
    for (const v of [0n, 1n, random(prime)]) {
      map2.push({ input: word(u, 64) + word(v, 64), expected: g2(bls12_381.G2.mapToCurve([u, v])) });
    }
  }
  writeFileSync('bls12-381.json', JSON.stringify({
    g1Add: all.add1, g2Add: all.add2, g1Multiply: all.mul1, g2Multiply: all.mul2, g1Sum: all.sums.msm1,
    g2Sum: all.sums.msm2, pairing: all.pairing, mapFpToG1: map1, mapFp2ToG2: map2,
    outsideG1: outside(bls12_381.G1.Point, bls12_381.fields.Fp, 4n, () => random(prime), g1),
    outsideG2: outside(bls12_381.G2.Point, Fp2, bls12_381.G2.Point.CURVE().b, () => Fp2.fromBigTuple([random(prime), random(prime)]), g2),
  }, null, 1) + '\n');
}
