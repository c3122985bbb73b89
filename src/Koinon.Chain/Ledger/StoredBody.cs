using Koinon.Primitives.Blocks;

namespace Koinon.Chain.Ledger;

/// <summary>A canonical block's bytes, copied from the store and decoded when they are asked for.</summary>
/// <param name="number">The block's number, for the message about damage.</param>
/// <param name="block">The block's RLP.</param>
/// <param name="receipts">The receipts as <see cref="StoredReceipts"/> writes them.</param>
/// <param name="senders">The senders of the transactions, 20 bytes each.</param>
internal sealed class StoredBody(
    ulong number, ReadOnlyMemory<byte> block, ReadOnlyMemory<byte> receipts, ReadOnlyMemory<byte> senders)
{
    /// <summary>Length of the block's RLP in bytes.</summary>
    internal int Size => block.Length;

    /// <summary>About how much memory it takes when it is decoded, in bytes.</summary>
    internal long Weight => 1_024 + 4L * block.Length + 2L * receipts.Length;

    /// <summary>Decodes the block.</summary>
    /// <exception cref="LedgerException">The bytes are damaged.</exception>
    internal Block DecodeBlock() =>
        Block.TryDecode(block, senders.Span, out Block? decoded, out _)
            ? decoded
            : throw LedgerException.Damaged($"block {number} cannot be decoded");

    /// <summary>Decodes the receipts.</summary>
    /// <exception cref="LedgerException">The bytes are damaged.</exception>
    internal IReadOnlyList<Receipt> DecodeReceipts() =>
        StoredReceipts.TryDecode(receipts, out List<Receipt> decoded)
            ? decoded
            : throw LedgerException.Damaged($"the receipts of block {number} cannot be decoded");
}
