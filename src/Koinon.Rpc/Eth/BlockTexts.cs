using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// The JSON of blocks; what was asked for lately is kept, since a block is asked for again and again.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="showsTotalDifficulty">
/// Whether <c>totalDifficulty</c> is shown, which clients have dropped and some old libraries still want.
/// </param>
/// <remarks>Safe from any thread. Bounded in bytes; the first that came is the first to go.</remarks>
public sealed class BlockTexts(BlockLookup blocks, bool showsTotalDifficulty = false)
{
    private const int BytesMax = 16 * 1024 * 1024;

    /// <summary>A text longer than this is made anew each time.</summary>
    private const int TextBytesMax = BytesMax / 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Hash256 Hash, bool Whole), byte[]> _texts = [];
    private readonly Queue<(Hash256 Hash, bool Whole)> _order = [];
    private int _bytes;

    /// <summary>The text of a block; null where there is none.</summary>
    /// <param name="reference">The block.</param>
    /// <param name="wholeTransactions">Whether transactions are shown whole, not by their hashes.</param>
    public RawJson Of(in BlockReference reference, bool wholeTransactions)
    {
        if (blocks.Find(reference) is not { } block)
        {
            return RawJson.Null;
        }

        if (blocks.IsPending(reference, block))
        {
            return new RawJson(Write(BlockJson.OfPending(block, wholeTransactions), block));
        }

        (Hash256, bool) key = (block.Hash, wholeTransactions);
        if (TryFind(key, out byte[]? known))
        {
            return new RawJson(known);
        }

        byte[] text = Write(BlockJson.Of(block, blocks.Ledger.Consensus.HashOf, wholeTransactions), block);
        Keep(key, text);
        return new RawJson(text);
    }

    private byte[] Write(BlockJson shape, LedgerBlock block) => JsonSerializer.SerializeToUtf8Bytes(
        showsTotalDifficulty ? shape with { TotalDifficulty = block.TotalDifficulty } : shape,
        RpcJsonContext.Default.BlockJson);

    private bool TryFind(in (Hash256, bool) key, [NotNullWhen(true)] out byte[]? text)
    {
        lock (_gate)
        {
            return _texts.TryGetValue(key, out text);
        }
    }

    private void Keep(in (Hash256, bool) key, byte[] text)
    {
        if (text.Length > TextBytesMax)
        {
            return;
        }

        lock (_gate)
        {
            if (!_texts.TryAdd(key, text))
            {
                return;
            }

            _order.Enqueue(key);
            _bytes += text.Length;
            while (_bytes > BytesMax && _order.TryDequeue(out (Hash256, bool) oldest)
                && _texts.Remove(oldest, out byte[]? gone))
            {
                _bytes -= gone.Length;
            }
        }
    }
}
