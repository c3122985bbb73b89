using System.Buffers;

namespace Koinon.Crypto.Ecdsa;

/// <summary>Public keys out of signatures, one or many (SEC 1, section 4.1.6).</summary>
internal static class K1Recovery
{
    /// <summary>Signatures that share their inversions; bounds the working room.</summary>
    private const int BatchSize = 256;

    /// <summary>Recovers one key. All spans have their exact lengths.</summary>
    internal static bool TryRecover(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, int recoveryId, Span<byte> publicKey)
    {
        if (!TryReadSignature(r, s, recoveryId, out K1Affine point, out K1Scalar scalarR, out K1Scalar scalarS))
        {
            return false;
        }

        K1Scalar.InvertVartime(in scalarR, out K1Scalar inverse);
        ComputeKey(hash, in point, in scalarS, in inverse, out K1Jacobian key);
        if (key.IsInfinity)
        {
            return false;
        }

        K1Field.InvertVartime(in key.Z, out K1Field inverseZ);
        key.ToAffine(in inverseZ, out K1Affine affine);
        affine.Write(publicKey);
        return true;
    }

    /// <summary>Recovers many keys; the inversions of r and of Z are done once a batch.</summary>
    /// <returns>How many were recovered.</returns>
    internal static int RecoverMany(
        ReadOnlySpan<byte> hashes,
        ReadOnlySpan<byte> signatures,
        ReadOnlySpan<byte> recoveryIds,
        Span<byte> publicKeys,
        Span<bool> recovered)
    {
        int size = Math.Min(recoveryIds.Length, BatchSize);
        Entry[] entries = ArrayPool<Entry>.Shared.Rent(size);
        K1Scalar[] scalars = ArrayPool<K1Scalar>.Shared.Rent(2 * size);
        K1Field[] fields = ArrayPool<K1Field>.Shared.Rent(2 * size);
        int total = 0;
        for (int start = 0; start < recoveryIds.Length; start += size)
        {
            int count = Math.Min(size, recoveryIds.Length - start);
            total += RecoverBatch(
                hashes.Slice(start * K1Scalar.Bytes, count * K1Scalar.Bytes),
                signatures.Slice(start * 2 * K1Scalar.Bytes, count * 2 * K1Scalar.Bytes),
                recoveryIds.Slice(start, count),
                publicKeys.Slice(start * K1Affine.Bytes, count * K1Affine.Bytes),
                recovered.Slice(start, count),
                entries,
                scalars,
                fields);
        }

        ArrayPool<K1Field>.Shared.Return(fields);
        ArrayPool<K1Scalar>.Shared.Return(scalars);
        ArrayPool<Entry>.Shared.Return(entries);
        return total;
    }

    private static int RecoverBatch(
        ReadOnlySpan<byte> hashes,
        ReadOnlySpan<byte> signatures,
        ReadOnlySpan<byte> recoveryIds,
        Span<byte> publicKeys,
        Span<bool> recovered,
        Span<Entry> entries,
        Span<K1Scalar> scalars,
        Span<K1Field> fields)
    {
        int count = recoveryIds.Length;
        Span<K1Scalar> inverses = scalars[..count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> signature = signatures.Slice(i * 2 * K1Scalar.Bytes, 2 * K1Scalar.Bytes);
            recovered[i] = TryReadSignature(
                signature[..K1Scalar.Bytes],
                signature[K1Scalar.Bytes..],
                recoveryIds[i],
                out entries[i].Point,
                out inverses[i],
                out entries[i].S);

            // A refused entry takes part in the common product as one.
            if (!recovered[i])
            {
                inverses[i] = new K1Scalar(1, 0, 0, 0);
            }
        }

        K1Scalar.InvertManyVartime(inverses, scalars.Slice(count, count));
        Span<K1Field> inverseZs = fields[..count];
        for (int i = 0; i < count; i++)
        {
            inverseZs[i] = K1Field.One;
            if (recovered[i])
            {
                ref Entry entry = ref entries[i];
                ReadOnlySpan<byte> hash = hashes.Slice(i * K1Scalar.Bytes, K1Scalar.Bytes);
                ComputeKey(hash, in entry.Point, in entry.S, in inverses[i], out entry.Key);
                recovered[i] = !entry.Key.IsInfinity;
                if (recovered[i])
                {
                    inverseZs[i] = entry.Key.Z;
                }
            }
        }

        K1Field.InvertManyVartime(inverseZs, fields.Slice(count, count));
        int total = 0;
        for (int i = 0; i < count; i++)
        {
            if (recovered[i])
            {
                entries[i].Key.ToAffine(in inverseZs[i], out K1Affine affine);
                affine.Write(publicKeys.Slice(i * K1Affine.Bytes, K1Affine.Bytes));
                total++;
            }
        }

        return total;
    }

    /// <summary>Checks r, s and recovery id, and finds the nonce point.</summary>
    private static bool TryReadSignature(
        ReadOnlySpan<byte> r,
        ReadOnlySpan<byte> s,
        int recoveryId,
        out K1Affine point,
        out K1Scalar scalarR,
        out K1Scalar scalarS)
    {
        point = default;
        bool fits = K1Scalar.Read(r, out scalarR) & K1Scalar.Read(s, out scalarS);
        if (!fits || scalarR.IsZero || scalarS.IsZero || (uint)recoveryId > 3)
        {
            return false;
        }

        // r is below n, hence below p. Bit 1 of the recovery id says that the nonce point's x was r + n.
        K1Field x = scalarR.ToField();
        return ((recoveryId & 2) == 0 || scalarR.TryAddOrder(out x))
            && K1Affine.TryFromX(in x, (recoveryId & 1) != 0, out point);
    }

    /// <summary>The key is s/r times the nonce point minus hash/r times G.</summary>
    private static void ComputeKey(
        ReadOnlySpan<byte> hash, in K1Affine point, in K1Scalar s, in K1Scalar inverseR, out K1Jacobian key)
    {
        K1Scalar.Read(hash, out K1Scalar z);
        K1Scalar.Multiply(in s, in inverseR, out K1Scalar pointFactor);
        K1Scalar.Multiply(in z, in inverseR, out K1Scalar generatorFactor);
        K1Scalar.Negate(in generatorFactor, out generatorFactor);
        K1PublicMultiplication.MultiplyAdd(in point, in pointFactor, in generatorFactor, out key);
    }

    /// <summary>A signature on its way to its key.</summary>
    private struct Entry
    {
        internal K1Affine Point;
        internal K1Scalar S;
        internal K1Jacobian Key;
    }
}
