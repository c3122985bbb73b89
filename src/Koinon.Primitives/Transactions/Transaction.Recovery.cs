using System.Buffers;
using Koinon.Crypto;

namespace Koinon.Primitives.Transactions;

/// <content>Recovers the senders of many transactions together.</content>
public sealed partial class Transaction
{
    /// <summary>Signatures that are recovered in one go: inversions are shared among them.</summary>
    private const int RecoveredTogether = 64;

    private const int PublicKeySize = 64;

    private const int SignatureSize = 2 * UInt256.Size;

    /// <summary>Recovers senders that are not known yet, on all processors; each transaction keeps its own.</summary>
    /// <param name="transactions">Any; those that name no sender keep that too.</param>
    /// <remarks>Faster than one by one (<see cref="TryGetSender"/>) from a few transactions on.</remarks>
    public static void RecoverSenders(IReadOnlyList<Transaction> transactions)
    {
        List<Transaction> unknown = new(transactions.Count);
        for (int i = 0; i < transactions.Count; i++)
        {
            Transaction transaction = transactions[i];
            if (!transaction._sender.IsKnown)
            {
                if (!transaction.IsUnsigned
                    && transaction.Signature is { } signature
                    && transaction.IsRecoverable(signature))
                {
                    unknown.Add(transaction);
                }
                else
                {
                    transaction.TryGetSender(out _);
                }
            }
        }

        if (unknown.Count <= RecoveredTogether / 4)
        {
            RecoverRange(unknown, 0, unknown.Count);
            return;
        }

        // All processors get something to do, and none gets batches too small to share much.
        int size = Math.Clamp(
            (unknown.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount, 1, RecoveredTogether);
        Parallel.For(0, (unknown.Count + size - 1) / size, batch =>
        {
            int start = batch * size;
            RecoverRange(unknown, start, Math.Min(size, unknown.Count - start));
        });
    }

    private static void RecoverRange(List<Transaction> transactions, int start, int count)
    {
        if (count == 0)
        {
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(count * (Hash256.Size + SignatureSize + PublicKeySize + 1));
        bool[] recovered = ArrayPool<bool>.Shared.Rent(count);
        Span<byte> room = rented;
        Span<byte> hashes = room[..(count * Hash256.Size)];
        Span<byte> signatures = room.Slice(hashes.Length, count * SignatureSize);
        Span<byte> keys = room.Slice(hashes.Length + signatures.Length, count * PublicKeySize);
        Span<byte> ids = room.Slice(hashes.Length + signatures.Length + keys.Length, count);
        for (int i = 0; i < count; i++)
        {
            Transaction transaction = transactions[start + i];
            TransactionSignature signature = transaction.Signature!.Value;
            Hash256 hash = transaction.SigningHash;
            Hash256.AsSpan(in hash).CopyTo(hashes[(i * Hash256.Size)..]);
            signature.R.WriteBigEndian(signatures[(i * SignatureSize)..]);
            signature.S.WriteBigEndian(signatures[((i * SignatureSize) + UInt256.Size)..]);
            ids[i] = signature.YParity;
        }

        Secp256k1.RecoverMany(hashes, signatures, ids, keys, recovered);
        for (int i = 0; i < count; i++)
        {
            Address sender = default;
            if (recovered[i])
            {
                Hash256 keyHash = Hash256.Keccak(keys.Slice(i * PublicKeySize, PublicKeySize));
                sender = new Address(Hash256.AsSpan(in keyHash)[12..]);
            }

            transactions[start + i]._sender.Keep(recovered[i], sender);
        }

        ArrayPool<byte>.Shared.Return(rented);
        ArrayPool<bool>.Shared.Return(recovered);
    }
}
