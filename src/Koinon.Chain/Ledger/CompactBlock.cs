using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;

namespace Koinon.Chain.Ledger;

/// <summary>The form in which a store keeps a block: its RLP with a shorter header.</summary>
/// <remarks>
/// In the header each hash that says "none" (no uncles, an empty trie, no requests, zero) is a string of one byte, and
/// the filter of logs the pairs of place and value of its bytes that are not zero, where they are few. A header holds
/// no hash of one byte and no filter of another length than 256, so what was shortened is known by its length. All else
/// stays as it is. A block of one payment becomes half as long.
/// </remarks>
internal static class CompactBlock
{
    private const int BloomAt = 6;

    // Parent, uncles, state, transactions, receipts, mix; withdrawals, parent beacon root, requests.
    private const uint HashesAt = 0b1_1001_0010_0000_0011_1011;

    // Where it stands is its code.
    private static readonly Hash256[] Common =
    [
        Hash256.Zero,
        BlockHeader.UnclesHashOf([]),
        BodyRoots.Empty,
        ExecutionRequests.None.ComputeHash(),
    ];

    /// <summary>Writes the short form of a block.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="rlp">The block.</param>
    internal static void Write(ref RlpWriter writer, ReadOnlySpan<byte> rlp)
    {
        if (!TryRewrite(ref writer, rlp, isShortened: false))
        {
            throw new ArgumentException("not the RLP of a block", nameof(rlp));
        }
    }

    /// <summary>Makes the block of its short form.</summary>
    /// <param name="compact">What <see cref="Write"/> wrote.</param>
    /// <param name="rlp">The block.</param>
    /// <returns>Whether it is one.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> compact, [NotNullWhen(true)] out byte[]? rlp)
    {
        RlpWriter writer = new(stackalloc byte[1_024]);
        rlp = TryRewrite(ref writer, compact, isShortened: true) ? writer.Written.ToArray() : null;
        writer.Dispose();
        return rlp is not null;
    }

    private static bool TryRewrite(ref RlpWriter writer, ReadOnlySpan<byte> from, bool isShortened)
    {
        RlpReader reader = new(from);
        if (reader.ReadList(out RlpReader parts) != RlpError.None
            || parts.ReadList(out RlpReader fields) != RlpError.None)
        {
            return false;
        }

        int block = writer.BeginList();
        int header = writer.BeginList();
        Span<byte> bloom = stackalloc byte[Bloom.Size];
        for (int i = 0; !fields.IsEmpty; i++)
        {
            RlpReader field = fields;
            if (fields.ReadEncoded(out ReadOnlySpan<byte> encoded) != RlpError.None) return false;

            bool isString = field.ReadString(out ReadOnlySpan<byte> content) == RlpError.None;
            if (i == BloomAt && isString) writer.Write(isShortened ? Expand(content, bloom) : Shorten(content, bloom));
            else if (!isString || (HashesAt >> i & 1) == 0) writer.WriteRaw(encoded);
            else if (isShortened && content.Length == 1 && content[0] < Common.Length) writer.Write(Common[content[0]]);
            else if (!isShortened && CodeOf(content) is var code && code >= 0) writer.Write([(byte)code]);
            else writer.WriteRaw(encoded);
        }

        writer.EndList(header);
        while (!parts.IsEmpty)
        {
            if (parts.ReadEncoded(out ReadOnlySpan<byte> part) != RlpError.None) return false;

            writer.WriteRaw(part);
        }

        writer.EndList(block);
        return reader.IsEmpty;
    }

    private static int CodeOf(ReadOnlySpan<byte> hash) =>
        hash.Length == Hash256.Size ? Array.IndexOf(Common, new Hash256(hash)) : -1;

    private static ReadOnlySpan<byte> Shorten(ReadOnlySpan<byte> bloom, Span<byte> pairs)
    {
        if (bloom.Length != Bloom.Size) return bloom;

        int length = 0;
        for (int i = 0; i < bloom.Length; i++)
        {
            if (bloom[i] == 0) continue;
            if (length + 2 >= pairs.Length) return bloom;

            pairs[length++] = (byte)i;
            pairs[length++] = bloom[i];
        }

        return pairs[..length];
    }

    private static ReadOnlySpan<byte> Expand(ReadOnlySpan<byte> pairs, Span<byte> bloom)
    {
        if (pairs.Length >= Bloom.Size) return pairs;

        bloom.Clear();
        for (int i = 0; i + 1 < pairs.Length; i += 2) bloom[pairs[i]] = pairs[i + 1];
        return bloom;
    }
}
